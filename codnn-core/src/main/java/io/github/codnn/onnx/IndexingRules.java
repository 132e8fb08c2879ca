package io.github.codnn.onnx;

import static io.github.codnn.onnx.ReshapingRules.moved;

import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that take parts of tensors, join them, repeat them and look them up. */
final class IndexingRules {

    private IndexingRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("Concat", IndexingRules::concat);
        rules.put("Slice", node -> moved(node, SliceRanges.shape(node)));
        rules.put("Split", IndexingRules::split);
        rules.put("Pad", node -> moved(node, padded(node)));
        rules.put(
                "Expand",
                node -> moved(node, ShapeArithmetic.broadcast(node.shape(0), ShapeArithmetic.of(node.known(1)))));
        rules.put("Tile", node -> moved(node, tiled(node)));
        rules.put("Gather", node -> moved(node, gathered(node)).withTrained(0));
        rules.put("GatherElements", node -> moved(node, node.shape(1)).withTrained(0));
        rules.put("GatherND", node -> moved(node, gatheredByPosition(node)).withTrained(0));
        for (String kind : List.of("Scatter", "ScatterElements", "ScatterND", "TensorScatter")) {
            rules.put(kind, node -> moved(node, node.shape(0)).withTrained(0));
        }
        rules.put("OneHot", IndexingRules::oneHot);
        rules.put("CenterCropPad", node -> moved(node, cropped(node)));
        rules.put("Crop", node -> moved(node, croppedBorder(node)));
    }

    /** A constant part is trained, such as the class token of a vision transformer. */
    private static Inference concat(ResolvedNode node) {
        TensorShape first = node.shapeOfLeastRank(0, 1);
        int axis = node.axis("axis", node.opset() < 4 ? 1 : 0, first.rank());
        long extent = 0;
        for (int input = 0; input < node.inputCount(); input++) {
            TensorShape shape = node.shapeOfRank(input, first.rank());
            if (!ShapeArithmetic.with(shape, axis, 0).equals(ShapeArithmetic.with(first, axis, 0))) {
                throw new ImportFailure("shapes " + first + " and " + shape + " cannot be joined along axis " + axis);
            }
            extent = Math.addExact(extent, shape.dimension(axis));
        }
        Integer[] parts = IntStream.range(0, node.inputCount()).boxed().toArray(Integer[]::new);
        return Inference.of(new Operator.Concat(), node.type(0), ShapeArithmetic.with(first, axis, extent))
                .withTrained(parts);
    }

    private static Inference split(ResolvedNode node) {
        TensorShape input = node.shapeOfLeastRank(0, 1);
        int axis = node.axis("axis", 0, input.rank());
        long extent = input.dimension(axis);
        int count = node.number("num_outputs", node.node().outputs().size(), 1, 1 << 16);
        long[] parts = node.setting("split", 1).orElseGet(() -> even(extent, count));
        if (Arrays.stream(parts).anyMatch(part -> part < 0)
                || Arrays.stream(parts).sum() != extent) {
            throw new ImportFailure("an extent of " + extent + " cannot be split into " + Arrays.toString(parts));
        }
        return moved(node, input)
                .withOutputs(Arrays.stream(parts)
                        .mapToObj(part -> new Output(node.type(0), ShapeArithmetic.with(input, axis, part)))
                        .toArray(Output[]::new));
    }

    /** Parts of one size, the last one smaller where the extent does not divide. */
    private static long[] even(long extent, int count) {
        long size = extent / count + (extent % count == 0 ? 0 : 1);
        long[] parts = new long[count];
        long left = extent;
        for (int part = 0; part < count; part++) {
            parts[part] = Math.min(size, left);
            left -= parts[part];
        }
        return parts;
    }

    private static TensorShape padded(ResolvedNode node) {
        TensorShape input = node.shape(0);
        String attribute = node.hasAttribute("paddings") ? "paddings" : "pads";
        long[] pads = node.setting(attribute, 1).orElseThrow(() -> new ImportFailure("it does not say how much"));
        int[] axes = node.has(3)
                ? Arrays.stream(node.known(3))
                        .mapToInt(axis -> ResolvedNode.axis(axis, input.rank()))
                        .toArray()
                : IntStream.range(0, input.rank()).toArray();
        if (pads.length != 2 * axes.length) {
            throw new ImportFailure("pads " + Arrays.toString(pads) + " do not fit " + axes.length + " axes");
        }
        long[] extents = ShapeArithmetic.extents(input);
        for (int i = 0; i < axes.length; i++) {
            extents[axes[i]] = Math.addExact(extents[axes[i]], Math.addExact(pads[i], pads[i + axes.length]));
        }
        return ShapeArithmetic.of(extents);
    }

    private static TensorShape tiled(ResolvedNode node) {
        TensorShape input = node.shape(0);
        long[] repeats = node.known(1);
        if (node.opset() < 6 && node.has(2)) {
            int axis = ResolvedNode.axis(node.knownNumber(2), input.rank());
            return ShapeArithmetic.with(input, axis, Math.multiplyExact(input.dimension(axis), repeats[0]));
        }
        if (repeats.length != input.rank()) {
            throw new ImportFailure("repeats " + Arrays.toString(repeats) + " do not fit an input " + input);
        }
        long[] extents = ShapeArithmetic.extents(input);
        Arrays.setAll(extents, axis -> Math.multiplyExact(extents[axis], repeats[axis]));
        return ShapeArithmetic.of(extents);
    }

    private static TensorShape gathered(ResolvedNode node) {
        TensorShape data = node.shapeOfLeastRank(0, 1);
        int axis = node.axis("axis", 0, data.rank());
        return ShapeArithmetic.joined(
                ShapeArithmetic.part(data, 0, axis), node.shape(1), ShapeArithmetic.part(data, axis + 1, data.rank()));
    }

    private static TensorShape gatheredByPosition(ResolvedNode node) {
        TensorShape data = node.shapeOfLeastRank(0, 1);
        TensorShape indices = node.shapeOfLeastRank(1, 1);
        int batch = node.number("batch_dims", 0, 0, Math.min(data.rank(), indices.rank()) - 1);
        long depth = indices.dimension(-1);
        if (depth < 0 || batch + depth > data.rank()) {
            throw new ImportFailure("indices " + indices + " do not fit data " + data);
        }
        return ShapeArithmetic.joined(
                ShapeArithmetic.part(indices, 0, indices.rank() - 1),
                ShapeArithmetic.part(data, (int) (batch + depth), data.rank()));
    }

    private static Inference oneHot(ResolvedNode node) {
        List<Long> extents = new ArrayList<>(node.shape(0).dimensions());
        int axis = node.axis("axis", -1, extents.size() + 1);
        extents.add(axis, node.knownNumber(1));
        return moved(node, node.shape(0))
                .withOutputs(new Output(
                        node.type(2),
                        ShapeArithmetic.of(
                                extents.stream().mapToLong(Long::longValue).toArray())));
    }

    private static TensorShape cropped(ResolvedNode node) {
        TensorShape shape = node.shape(0);
        long[] wanted = node.known(1);
        long[] axes = node.numbers("axes")
                .orElseGet(() -> LongStream.range(0, node.rank(0)).toArray());
        if (axes.length != wanted.length) {
            throw new ImportFailure("extents " + Arrays.toString(wanted) + " do not fit axes " + Arrays.toString(axes));
        }
        for (int i = 0; i < axes.length; i++) {
            shape = ShapeArithmetic.with(shape, ResolvedNode.axis(axes[i], shape.rank()), wanted[i]);
        }
        return shape;
    }

    /** The experimental operator of the first exporters: border left, top, right, bottom, or a scale. */
    private static TensorShape croppedBorder(ResolvedNode node) {
        TensorShape input = node.shapeOfRank(0, 4);
        long[] border = node.numbers("border", 4, 0);
        if (node.hasAttribute("scale")) {
            long[] scale = node.numbers("scale", 2, 1);
            return ShapeArithmetic.of(input.dimension(0), input.dimension(1), scale[0], scale[1]);
        }
        return ShapeArithmetic.of(
                input.dimension(0),
                input.dimension(1),
                Math.subtractExact(input.dimension(2), Math.addExact(border[1], border[3])),
                Math.subtractExact(input.dimension(3), Math.addExact(border[0], border[2])));
    }
}
