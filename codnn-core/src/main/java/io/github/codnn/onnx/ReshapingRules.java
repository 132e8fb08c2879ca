package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Operators that give the same elements another shape or order. */
final class ReshapingRules {

    private ReshapingRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("Dropout", ReshapingRules::dropout);
        rules.put("Reshape", node -> moved(node, reshaped(node)));
        rules.put("Flatten", node -> moved(node, flattened(node)));
        rules.put("Squeeze", node -> moved(node, squeezed(node)));
        rules.put("Unsqueeze", node -> moved(node, unsqueezed(node)));
        rules.put("Transpose", node -> moved(node, transposed(node)));
        rules.put("DepthToSpace", node -> moved(node, depthToSpace(node)));
        rules.put("SpaceToDepth", node -> moved(node, spaceToDepth(node)));
        rules.put("ReverseSequence", node -> moved(node, node.shape(0)));
        rules.put("Trilu", node -> moved(node, node.shape(0)));
    }

    /** An operator that moves elements into a shape without computing. */
    static Inference moved(ResolvedNode node, TensorShape shape) {
        return Inference.of(new Operator.DataMovement(node.operator()), node.type(0), shape);
    }

    private static Inference dropout(ResolvedNode node) {
        ElementType mask = node.opset() < 10 ? node.type(0) : ElementType.BOOL;
        return moved(node, node.shape(0))
                .withOutputs(new Output(node.type(0), node.shape(0)), new Output(mask, node.shape(0)));
    }

    private static TensorShape reshaped(ResolvedNode node) {
        TensorShape input = node.shape(0);
        long[] wanted = node.setting("shape", 1).orElseThrow(() -> new ImportFailure("it does not say which shape"));
        boolean zeroIsZero = node.flag("allowzero");
        long known = 1;
        int open = -1;
        long[] extents = wanted.clone();
        for (int axis = 0; axis < extents.length; axis++) {
            if (extents[axis] == 0 && !zeroIsZero) {
                if (axis >= input.rank()) {
                    throw new ImportFailure("it copies extent " + axis + " of an input " + input);
                }
                extents[axis] = input.dimension(axis);
            }
            if (extents[axis] == -1 && open < 0) {
                open = axis;
            } else if (extents[axis] < 0) {
                throw new ImportFailure("it asks for the shape " + Arrays.toString(wanted));
            } else {
                known = Math.multiplyExact(known, extents[axis]);
            }
        }
        if (open >= 0) {
            extents[open] = known == 0 ? 0 : input.elements() / known;
        }
        TensorShape output = ShapeArithmetic.of(extents);
        if (output.elements() != input.elements()) {
            throw new ImportFailure("an input " + input + " cannot take the shape " + Arrays.toString(wanted));
        }
        return output;
    }

    private static TensorShape flattened(ResolvedNode node) {
        TensorShape input = node.shape(0);
        long asked = node.number("axis", 1);
        int axis = asked == input.rank() ? input.rank() : ResolvedNode.axis(asked, input.rank());
        return ShapeArithmetic.of(
                ShapeArithmetic.part(input, 0, axis).elements(),
                ShapeArithmetic.part(input, axis, input.rank()).elements());
    }

    private static TensorShape squeezed(ResolvedNode node) {
        TensorShape input = node.shape(0);
        long[] axes = node.setting("axes", 1)
                .orElseGet(() -> LongStream.range(0, input.rank())
                        .filter(axis -> input.dimension((int) axis) == 1)
                        .toArray());
        TreeSet<Integer> dropped = new TreeSet<>();
        for (long axis : axes) {
            dropped.add(ResolvedNode.axis(axis, input.rank()));
        }
        List<Long> kept = new ArrayList<>();
        for (int axis = 0; axis < input.rank(); axis++) {
            if (!dropped.contains(axis)) {
                kept.add(input.dimension(axis));
            } else if (input.dimension(axis) != 1) {
                throw new ImportFailure("axis " + axis + " of " + input + " cannot be squeezed");
            }
        }
        return new TensorShape(kept);
    }

    private static TensorShape unsqueezed(ResolvedNode node) {
        TensorShape input = node.shape(0);
        long[] axes = node.setting("axes", 1).orElseThrow(() -> new ImportFailure("it does not say which axes"));
        TreeSet<Integer> added = new TreeSet<>();
        for (long axis : axes) {
            added.add(ResolvedNode.axis(axis, input.rank() + axes.length));
        }
        if (added.size() != axes.length) {
            throw new ImportFailure("it names an axis twice: " + Arrays.toString(axes));
        }
        List<Long> extents = new ArrayList<>(input.dimensions());
        added.forEach(axis -> extents.add(axis, 1L));
        return ShapeArithmetic.of(extents.stream().mapToLong(Long::longValue).toArray());
    }

    /** Where each axis of a transposed tensor comes from. */
    static int[] permutation(ResolvedNode node) {
        int rank = node.rank(0);
        long[] axes = node.numbers("perm")
                .orElseGet(() ->
                        LongStream.range(0, rank).map(axis -> rank - 1 - axis).toArray());
        int[] permutation = Arrays.stream(axes)
                .mapToInt(axis -> ResolvedNode.axis(axis, rank))
                .toArray();
        if (Arrays.stream(permutation).distinct().count() != rank || permutation.length != rank) {
            throw new ImportFailure("attribute 'perm' " + Arrays.toString(axes) + " is no order of " + rank + " axes");
        }
        return permutation;
    }

    private static TensorShape transposed(ResolvedNode node) {
        TensorShape input = node.shape(0);
        return ShapeArithmetic.of(
                Arrays.stream(permutation(node)).mapToLong(input::dimension).toArray());
    }

    private static TensorShape depthToSpace(ResolvedNode node) {
        TensorShape input = node.shapeOfRank(0, 4);
        long block = node.number("blocksize", 1, 1, 1 << 15);
        if (input.dimension(1) % (block * block) != 0) {
            throw new ImportFailure("the channels of " + input + " cannot be spread over blocks of " + block);
        }
        return ShapeArithmetic.of(
                input.dimension(0),
                input.dimension(1) / (block * block),
                Math.multiplyExact(input.dimension(2), block),
                Math.multiplyExact(input.dimension(3), block));
    }

    private static TensorShape spaceToDepth(ResolvedNode node) {
        TensorShape input = node.shapeOfRank(0, 4);
        long block = node.number("blocksize", 1, 1, 1 << 15);
        if (input.dimension(2) % block != 0 || input.dimension(3) % block != 0) {
            throw new ImportFailure("the image " + input + " cannot be cut into blocks of " + block);
        }
        return ShapeArithmetic.of(
                input.dimension(0),
                Math.multiplyExact(input.dimension(1), block * block),
                input.dimension(2) / block,
                input.dimension(3) / block);
    }
}
