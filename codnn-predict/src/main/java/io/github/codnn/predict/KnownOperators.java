package io.github.codnn.predict;

import io.github.codnn.graph.Operator;
import io.github.codnn.graph.OperatorKinds;
import io.github.codnn.graph.Window;

/** The operators that files of measurements can name. */
final class KnownOperators {

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
            default ->
                OperatorKinds.plain(name)
                        .orElseThrow(() -> new IllegalArgumentException("unknown operator '" + name + "'"));
        };
    }
}
