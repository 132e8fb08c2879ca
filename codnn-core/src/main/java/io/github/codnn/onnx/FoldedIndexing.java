package io.github.codnn.onnx;

import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.ConstantFolding.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Values of small constants that are parts, joins, repetitions or other orders of others. */
final class FoldedIndexing {

    private FoldedIndexing() {}

    static void register(Map<String, Fold> folds) {
        folds.put("Concat", FoldedIndexing::concat);
        folds.put("Gather", FoldedIndexing::gather);
        folds.put("Slice", FoldedIndexing::slice);
        folds.put("Transpose", FoldedIndexing::transpose);
        folds.put("Expand", (node, shape) -> stretched(ConstantFolding.first(node), shape));
        folds.put("Tile", FoldedIndexing::tile);
        folds.put("ScatterND", FoldedIndexing::scatter);
    }

    /** Fills a shape from another tensor, given where each position comes from. */
    private static SmallTensor from(SmallTensor source, TensorShape shape, ToIntFunction<long[]> origin) {
        int[] picked = new int[(int) shape.elements()];
        long[] position = new long[shape.rank()];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = origin.applyAsInt(position);
            advance(position, shape);
        }
        return source.picked(shape, picked);
    }

    private static void advance(long[] position, TensorShape shape) {
        for (int axis = position.length - 1; axis >= 0; axis--) {
            if (++position[axis] < shape.dimension(axis)) {
                return;
            }
            position[axis] = 0;
        }
    }

    /** Where a position lies in a dense tensor. */
    private static int offset(TensorShape shape, long[] position) {
        int offset = 0;
        for (int axis = 0; axis < position.length; axis++) {
            offset = (int) (offset * shape.dimension(axis) + position[axis]);
        }
        return offset;
    }

    /** A tensor repeated along the axes in which it has extent 1. */
    static SmallTensor stretched(SmallTensor source, TensorShape shape) {
        if (source.shape().equals(shape)) {
            return source;
        }
        int lead = shape.rank() - source.shape().rank();
        return from(source, shape, position -> {
            long[] inner = Arrays.copyOfRange(position, lead, position.length);
            Arrays.setAll(inner, axis -> source.shape().dimension(axis) == 1 ? 0 : inner[axis]);
            return offset(source.shape(), inner);
        });
    }

    private static @Nullable SmallTensor concat(ResolvedNode node, TensorShape shape) {
        int axis = node.axis("axis", node.opset() < 4 ? 1 : 0, shape.rank());
        List<SmallTensor> parts = new ArrayList<>();
        for (int input = 0; input < node.inputCount(); input++) {
            parts.add(ConstantFolding.values(node, input));
            if (parts.get(input).type() != parts.get(0).type()) {
                return null;
            }
        }
        int[] base = new int[parts.size()];
        SmallTensor joined = parts.get(0);
        for (int part = 1; part < base.length; part++) {
            base[part] = joined.size();
            joined = joined.followedBy(parts.get(part));
        }
        return from(joined, shape, position -> {
            long[] inner = position.clone();
            int part = 0;
            while (inner[axis] >= parts.get(part).shape().dimension(axis)) {
                inner[axis] -= parts.get(part).shape().dimension(axis);
                part++;
            }
            return base[part] + offset(parts.get(part).shape(), inner);
        });
    }

    private static SmallTensor gather(ResolvedNode node, TensorShape shape) {
        SmallTensor data = ConstantFolding.first(node);
        SmallTensor indices = ConstantFolding.values(node, 1);
        int axis = node.axis("axis", 0, data.shape().rank());
        int indexRank = indices.shape().rank();
        return from(data, shape, position -> {
            long[] source = new long[data.shape().rank()];
            System.arraycopy(position, 0, source, 0, axis);
            source[axis] = ResolvedNode.axis(
                    indices.whole(offset(indices.shape(), Arrays.copyOfRange(position, axis, axis + indexRank))),
                    (int) data.shape().dimension(axis));
            System.arraycopy(position, axis + indexRank, source, axis + 1, source.length - axis - 1);
            return offset(data.shape(), source);
        });
    }

    private static SmallTensor slice(ResolvedNode node, TensorShape shape) {
        SmallTensor data = ConstantFolding.first(node);
        SliceRanges slices = SliceRanges.of(node);
        return from(data, shape, position -> {
            long[] source = position.clone();
            Arrays.setAll(source, axis -> slices.source(axis, position[axis]));
            return offset(data.shape(), source);
        });
    }

    /** One of the parts that a tensor is split into. */
    static @Nullable SmallTensor part(ResolvedNode node, Inference inference, int output) {
        SmallTensor data = ConstantFolding.first(node);
        int axis = node.axis("axis", 0, data.shape().rank());
        TensorShape shape = inference.outputs().get(output).shape();
        long start = 0;
        for (int before = 0; before < output; before++) {
            TensorShape earlier = inference.outputs().get(before).shape();
            if (earlier == null) {
                return null;
            }
            start += earlier.dimension(axis);
        }
        long first = start;
        return shape == null
                ? null
                : from(data, shape, position -> {
                    long[] source = position.clone();
                    source[axis] += first;
                    return offset(data.shape(), source);
                });
    }

    private static SmallTensor transpose(ResolvedNode node, TensorShape shape) {
        SmallTensor data = ConstantFolding.first(node);
        int[] permutation = ReshapingRules.permutation(node);
        return from(data, shape, position -> {
            long[] source = new long[position.length];
            for (int axis = 0; axis < source.length; axis++) {
                source[permutation[axis]] = position[axis];
            }
            return offset(data.shape(), source);
        });
    }

    private static SmallTensor tile(ResolvedNode node, TensorShape shape) {
        SmallTensor data = ConstantFolding.first(node);
        return from(data, shape, position -> {
            long[] source = position.clone();
            Arrays.setAll(source, axis -> position[axis] % data.shape().dimension(axis));
            return offset(data.shape(), source);
        });
    }

    /** Whole numbers put into a vector at given places, as exporters do to change one extent of a shape. */
    private static @Nullable SmallTensor scatter(ResolvedNode node, TensorShape shape) {
        SmallTensor data = ConstantFolding.first(node);
        SmallTensor places = ConstantFolding.values(node, 1);
        SmallTensor updates = ConstantFolding.values(node, 2);
        if (data.isReal() || shape.rank() != 1 || places.size() != updates.size()) {
            return null;
        }
        long[] values = data.toWhole();
        for (int i = 0; i < places.size(); i++) {
            values[ResolvedNode.axis(places.whole(i), values.length)] = updates.whole(i);
        }
        return SmallTensor.ofWhole(data.type(), shape, values);
    }
}
