package io.github.codnn.predict;

import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Window;
import java.util.Set;

/** The operators that files of measurements may name. */
final class KnownOperators {

    private static final Set<String> ACTIVATIONS = Set.of(
            "Relu",
            "LeakyRelu",
            "PRelu",
            "ThresholdedRelu",
            "Clip",
            "Neg",
            "Abs",
            "Sigmoid",
            "Tanh",
            "Elu",
            "Selu",
            "Celu",
            "Softplus",
            "Softsign",
            "HardSigmoid",
            "HardSwish",
            "Gelu",
            "Erf",
            "Exp",
            "Log",
            "Sqrt",
            "Mish",
            "Swish");
    private static final Set<String> ELEMENTWISE =
            Set.of("Add", "Sub", "Mul", "Div", "Pow", "Max", "Min", "Sum", "Mean", "Where");
    private static final Set<String> NORMALIZATIONS =
            Set.of("BatchNormalization", "InstanceNormalization", "LayerNormalization", "GroupNormalization", "LRN");
    private static final Set<String> SOFTMAXES = Set.of("Softmax", "LogSoftmax", "Hardmax");
    private static final Set<String> REDUCTIONS =
            Set.of("ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ArgMax", "ArgMin", "TopK");
    private static final Set<String> MOVEMENTS = Set.of(
            "Identity",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "Dropout",
            "Shape",
            "Transpose",
            "Slice",
            "Split",
            "Pad",
            "Gather",
            "Resize",
            "Upsample",
            "Tile",
            "Expand",
            "DepthToSpace",
            "SpaceToDepth");

    private KnownOperators() {}

    static Operator named(String name, Window window, long groups) {
        return switch (name) {
            case "Conv", "ConvGroup" -> new Operator.Convolution(window, groups, false);
            case "ConvTranspose" -> new Operator.Convolution(window, groups, true);
            case "Gemm" -> new Operator.FullyConnected();
            case "MatMul" -> new Operator.MatMul();
            case "MaxPool" -> new Operator.Pooling(Operator.Pooling.Function.MAX, window);
            case "AveragePool" -> new Operator.Pooling(Operator.Pooling.Function.AVERAGE, window);
            case "LpPool" -> new Operator.Pooling(Operator.Pooling.Function.LP, window);
            case "GlobalAveragePool" -> new Operator.GlobalPooling(Operator.Pooling.Function.AVERAGE);
            case "GlobalMaxPool" -> new Operator.GlobalPooling(Operator.Pooling.Function.MAX);
            case "GlobalLpPool" -> new Operator.GlobalPooling(Operator.Pooling.Function.LP);
            case "Concat" -> new Operator.Concat();
            default -> plain(name);
        };
    }

    private static Operator plain(String name) {
        if (ACTIVATIONS.contains(name)) {
            return new Operator.Activation(name);
        }
        if (ELEMENTWISE.contains(name)) {
            return new Operator.Elementwise(name);
        }
        if (NORMALIZATIONS.contains(name)) {
            return new Operator.Normalization(name);
        }
        if (SOFTMAXES.contains(name)) {
            return new Operator.Softmax(name);
        }
        if (REDUCTIONS.contains(name)) {
            return new Operator.Reduction(name);
        }
        if (MOVEMENTS.contains(name)) {
            return new Operator.DataMovement(name);
        }
        throw new IllegalArgumentException("unknown operator '" + name + "'");
    }
}
