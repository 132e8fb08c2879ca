package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.KnownTensor.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Computes the values of small constants, so that shapes can be computed from shapes: {@code Shape}, {@code Gather},
 * {@code Concat}, {@code Slice}, {@code Cast}, arithmetic and their like.
 */
final class ConstantFolding {

    /** How one operator makes values; it may give up by returning nothing. */
    @FunctionalInterface
    interface Fold {
        @Nullable
        SmallTensor fold(ResolvedNode node, TensorShape shape);
    }

    private static final Map<String, Fold> FOLDS = all();

    private ConstantFolding() {}

    /**
     * Returns the values of an output, or nothing if it is too large, if an input's values are not known, or if the
     * operator is not one that shapes are computed with.
     */
    static @Nullable SmallTensor value(ResolvedNode node, Inference inference, int output) {
        Fold fold = fold(node, inference, output);
        TensorShape shape = output < inference.outputs().size()
                ? inference.outputs().get(output).shape()
                : null;
        if (fold == null
                || shape == null
                || !SmallTensor.fits(shape)
                || !node.node().domain().isEmpty()) {
            return null;
        }
        boolean ofValues = !node.operator().equals("Shape") && !node.operator().equals("Size");
        if (ofValues
                && !IntStream.range(0, node.inputCount())
                        .allMatch(
                                index -> !node.has(index) || node.values(index).isPresent())) {
            return null;
        }
        SmallTensor value = fold.fold(node, shape);
        return value == null || value.shape().equals(shape) ? value : value.reshaped(shape);
    }

    private static @Nullable Fold fold(ResolvedNode node, Inference inference, int output) {
        if (node.operator().equals("Split")) {
            return (split, shape) -> FoldedIndexing.part(split, inference, output);
        }
        return output == 0 ? FOLDS.get(node.operator()) : null;
    }

    /** Tells whether what a node delivers does not depend on the data that flow. */
    static boolean isConstant(ResolvedNode node) {
        if (GeneratorRules.RANDOM.contains(node.operator()) || ControlFlowRules.hasBody(node.node())) {
            return false;
        }
        return node.operator().equals("Shape")
                || node.operator().equals("Size")
                || IntStream.range(0, node.inputCount()).allMatch(index -> !node.has(index) || node.isConstant(index));
    }

    /**
     * What it takes to hold a computed constant. One that only has another form is still the tensor it came from, and
     * so are repetitions of it. A part is the whole tensor if nothing else reads that, such as the first positions of a
     * table of embeddings; several parts are what they are.
     */
    static Weights weights(ResolvedNode node, Tensor tensor, boolean isOnlyReader) {
        Weights own = Weights.of(tensor.name(), tensor.type(), tensor.shape());
        Weights source = node.has(0) ? node.input(0).weights() : null;
        if (source == null) {
            return own;
        }
        return switch (node.operator()) {
            case "DequantizeLinear", "Expand", "Tile" -> source;
            case "Gather", "Slice" -> isOnlyReader ? source : own;
            case "Cast", "Flatten", "Identity", "Reshape", "Squeeze", "Transpose", "Unsqueeze" ->
                new Weights(source.origin(), own.count(), own.bytes());
            default -> own;
        };
    }

    private static Map<String, Fold> all() {
        Map<String, Fold> folds = new HashMap<>();
        folds.put("Shape", (node, shape) -> SmallTensor.vector(GeneratorRules.shapeOf(node)));
        folds.put(
                "Size",
                (node, shape) -> SmallTensor.ofWhole(
                        ElementType.INT64, shape, node.shape(0).elements()));
        folds.put("Constant", (node, shape) -> GeneratorRules.valueOf(node));
        folds.put("ConstantOfShape", ConstantFolding::filled);
        folds.put("Range", ConstantFolding::range);
        folds.put("Cast", ConstantFolding::cast);
        for (String same : List.of("Identity", "Dropout", "Reshape", "Flatten", "Squeeze", "Unsqueeze")) {
            folds.put(same, (node, shape) -> first(node).reshaped(shape));
        }
        FoldedIndexing.register(folds);
        FoldedArithmetic.register(folds);
        return Map.copyOf(folds);
    }

    static SmallTensor first(ResolvedNode node) {
        return values(node, 0);
    }

    /** The values of an input, which are known if the input is there: nothing else is folded. */
    static SmallTensor values(ResolvedNode node, int input) {
        String name = node.input(input).name();
        return node.values(input).orElseThrow(() -> new IllegalStateException("No values of '" + name + "'"));
    }

    private static @Nullable SmallTensor filled(ResolvedNode node, TensorShape shape) {
        int count = (int) shape.elements();
        if (node.tensor("value").isEmpty()) {
            return SmallTensor.ofReal(ElementType.FLOAT32, shape, new double[count]);
        }
        SmallTensor value = node.tensor("value").orElseThrow().values();
        return value == null || value.size() != 1 ? null : value.picked(shape, new int[count]);
    }

    private static SmallTensor range(ResolvedNode node, TensorShape shape) {
        SmallTensor start = first(node);
        SmallTensor step = values(node, 2);
        int count = (int) shape.elements();
        if (start.isReal()) {
            double[] values = new double[count];
            Arrays.setAll(values, i -> start.real(0) + i * step.real(0));
            return SmallTensor.ofReal(start.type(), shape, values);
        }
        return SmallTensor.ofWhole(
                start.type(),
                shape,
                LongStream.range(0, count)
                        .map(i -> start.whole(0) + i * step.whole(0))
                        .toArray());
    }

    private static SmallTensor cast(ResolvedNode node, TensorShape shape) {
        return first(node).cast(ElementwiseRules.castType(node));
    }
}
