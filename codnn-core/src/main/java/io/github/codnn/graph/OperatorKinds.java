package io.github.codnn.graph;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one table of operator names that cost models, fits and collapsers share.
 *
 * <p>A name is the ONNX operator name, as of {@link Operator#kind()}; unknown names are in no list. Lists begin with
 * the most common kind. All methods take O(1) time. Immutable and thread-safe.
 */
public final class OperatorKinds {

    /** Functions of one tensor that need a comparison or a multiplication for each element. */
    public static final List<String> CHEAP_ACTIVATIONS =
            List.of("Relu", "LeakyRelu", "PRelu", "Clip", "Relu6", "ThresholdedRelu", "Neg", "Abs");

    /** Functions of one tensor that need an exponential or the like for each element. */
    public static final List<String> COSTLY_ACTIVATIONS = List.of(
            "Sigmoid",
            "Tanh",
            "Elu",
            "Selu",
            "Celu",
            "Softplus",
            "HardSigmoid",
            "HardSwish",
            "Gelu",
            "Erf",
            "Exp",
            "Log",
            "Sqrt",
            "Mish",
            "Swish",
            "Silu");

    /** Functions of several tensors, element by element. */
    public static final List<String> ELEMENTWISE =
            List.of("Add", "Mul", "Sub", "Div", "Max", "Min", "Sum", "Mean", "Pow", "Where");

    /** Normalisations by mean and variance. */
    public static final List<String> NORMALIZATIONS =
            List.of("BatchNormalization", "InstanceNormalization", "LayerNormalization", "GroupNormalization");

    /** The softmax and its relatives. */
    public static final List<String> SOFTMAXES = List.of("Softmax", "LogSoftmax", "Hardmax");

    /** Operators that change names or shapes only, so that no element moves at inference. */
    public static final List<String> RESHAPING =
            List.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Dropout", "Shape");

    /** Operators of one data input that copy elements to another place. */
    public static final List<String> COPYING =
            List.of("Transpose", "Slice", "Split", "Pad", "Gather", "Resize", "Upsample", "Tile", "Expand");

    // Names of other frameworks, which are no ONNX operators.
    private static final Set<String> FOREIGN = Set.of("Relu6", "Silu");
    private static final Set<String> ACTIVATIONS =
            union(List.of(CHEAP_ACTIVATIONS, COSTLY_ACTIVATIONS, List.of("Softsign")));
    private static final Set<String> ALL_NORMALIZATIONS = union(List.of(NORMALIZATIONS, List.of("LRN")));
    private static final Set<String> REDUCTIONS =
            Set.of("ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ArgMax", "ArgMin", "TopK");
    private static final Set<String> MOVEMENTS =
            union(List.of(RESHAPING, COPYING, List.of("DepthToSpace", "SpaceToDepth")));

    private OperatorKinds() {}

    /**
     * Finds the operator of a name, for names that need no more figures: activations, element-wise functions,
     * normalisations, softmaxes, reductions and data movements.
     *
     * @param kind the name
     * @return the operator, or nothing for names that are not ONNX operators or need figures, such as {@code Conv}
     */
    public static Optional<Operator> plain(String kind) {
        if (ACTIVATIONS.contains(kind) && !FOREIGN.contains(kind)) {
            return Optional.of(new Operator.Activation(kind));
        }
        if (ELEMENTWISE.contains(kind)) {
            return Optional.of(new Operator.Elementwise(kind));
        }
        if (ALL_NORMALIZATIONS.contains(kind)) {
            return Optional.of(new Operator.Normalization(kind));
        }
        if (SOFTMAXES.contains(kind)) {
            return Optional.of(new Operator.Softmax(kind));
        }
        if (REDUCTIONS.contains(kind)) {
            return Optional.of(new Operator.Reduction(kind));
        }
        return MOVEMENTS.contains(kind) ? Optional.of(new Operator.DataMovement(kind)) : Optional.empty();
    }

    /**
     * Tells whether an inference engine runs an operator as a kernel of its own. It fuses activations and batch
     * normalisations into the layer before, and counts no kernel for data movements.
     *
     * @param operator the operator
     * @return whether it is a kernel
     */
    public static boolean isKernel(Operator operator) {
        Objects.requireNonNull(operator, "operator");
        if (operator instanceof Operator.Normalization) {
            return !operator.kind().equals("BatchNormalization");
        }
        return !(operator instanceof Operator.Activation || operator instanceof Operator.DataMovement);
    }

    private static Set<String> union(List<List<String>> lists) {
        return lists.stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
    }
}
