package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Shapes that depend on values which are not known before the run: a padding that is computed, a length that is an
 * input. What is known of the shape stands, and the other extents are open dimensions of the tensor.
 */
final class OpenShapes {

    private final ResolvedNode node;
    private final OpenDimensions dimensions;
    private final String tensor;

    private OpenShapes(ResolvedNode node, OpenDimensions dimensions) {
        this.node = node;
        this.dimensions = dimensions;
        this.tensor = node.node().outputs().get(0);
    }

    /**
     * Infers a node whose rule needs values that are not known, or returns nothing if too little is known of its
     * output, or if the values are constants that cannot be read.
     */
    static Optional<Inference> of(ResolvedNode node, OpenDimensions dimensions) {
        int first = node.inputCount() == 1 || node.operator().equals("Range") ? 0 : 1;
        boolean unreadable = IntStream.range(first, node.inputCount())
                .anyMatch(input -> node.isConstant(input) && node.values(input).isEmpty());
        return unreadable ? Optional.empty() : new OpenShapes(node, dimensions).infer();
    }

    private Optional<Inference> infer() {
        return switch (node.operator()) {
            case "Range" -> open(node.type(0), -1);
            case "BlackmanWindow", "HannWindow", "HammingWindow" ->
                open(ElementwiseRules.typeOf(node, "output_datatype", ElementType.FLOAT32), -1);
            case "ConstantOfShape" ->
                open(
                        node.tensor("value").map(GeneratorRules::typeOf).orElse(ElementType.FLOAT32),
                        allOpen(node.shapeOfRank(0, 1).dimension(0)));
            case "Pad", "Resize", "Tile", "Upsample" -> open(node.type(0), allOpen(node.rank(0)));
            case "CenterCropPad" -> open(node.type(0), cropped());
            case "AffineGrid" -> open(node.type(0), grid());
            case "OneHot" -> open(node.type(2), oneHot());
            case "ImageDecoder" ->
                open(ElementType.UINT8, -1, -1, node.text("pixel_format", "RGB").equals("Grayscale") ? 1 : 3);
            case "StringSplit" -> splitText();
            case "Slice" -> Optional.of(greatest(new Output(node.type(0), node.shape(0))));
            case "TopK" ->
                Optional.of(greatest(
                        new Output(node.type(0), node.shape(0)), new Output(ElementType.INT64, node.shape(0))));
            default -> Optional.empty();
        };
    }

    private Inference greatest(Output... outputs) {
        return Inference.of(new Operator.DataMovement(node.operator()), outputs).asGreatest();
    }

    private static long[] allOpen(long rank) {
        long[] extents = new long[Math.toIntExact(rank)];
        Arrays.fill(extents, -1);
        return extents;
    }

    private long[] cropped() {
        long[] extents = ShapeArithmetic.extents(node.shape(0));
        long[] axes = node.numbers("axes")
                .orElseGet(
                        () -> IntStream.range(0, extents.length).asLongStream().toArray());
        for (long axis : axes) {
            extents[ResolvedNode.axis(axis, extents.length)] = -1;
        }
        return extents;
    }

    /** One position of two or three coordinates for each place of the output. */
    private long[] grid() {
        long rank = node.shapeOfRank(1, 1).dimension(0);
        long[] extents = allOpen(Math.max(3, rank));
        extents[extents.length - 1] = extents.length - 2L;
        return extents;
    }

    private long[] oneHot() {
        TensorShape indices = node.shape(0);
        int axis = node.axis("axis", -1, indices.rank() + 1);
        return ShapeArithmetic.extents(ShapeArithmetic.joined(
                ShapeArithmetic.part(indices, 0, axis),
                ShapeArithmetic.of(extent(axis)),
                ShapeArithmetic.part(indices, axis, indices.rank())));
    }

    private Optional<Inference> splitText() {
        TensorShape texts = node.shape(0);
        TensorShape parts = ShapeArithmetic.joined(texts, ShapeArithmetic.of(extent(texts.rank())));
        return Optional.of(Inference.of(
                new Operator.DataMovement("StringSplit"),
                new Output(ElementType.STRING, parts),
                new Output(ElementType.INT64, texts)));
    }

    private Optional<Inference> open(ElementType type, long... extents) {
        long[] taken = extents.clone();
        for (int axis = 0; axis < taken.length; axis++) {
            if (taken[axis] < 0) {
                taken[axis] = extent(axis);
            }
        }
        return Optional.of(Inference.of(new Operator.DataMovement(node.operator()), type, ShapeArithmetic.of(taken)));
    }

    private long extent(int axis) {
        return dimensions.open(tensor, axis);
    }
}
