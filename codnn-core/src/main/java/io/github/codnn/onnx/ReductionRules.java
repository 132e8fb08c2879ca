package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reductions over axes, and selections by size. */
final class ReductionRules {

    private static final List<String> REDUCTIONS = List.of(
            "ReduceL1",
            "ReduceL2",
            "ReduceLogSum",
            "ReduceLogSumExp",
            "ReduceMax",
            "ReduceMean",
            "ReduceMin",
            "ReduceProd",
            "ReduceSum",
            "ReduceSumSquare");

    private ReductionRules() {}

    static void register(Map<String, Rule> rules) {
        for (String kind : REDUCTIONS) {
            rules.put(kind, node -> reduced(node, node.type(0), reduced(node)));
        }
        for (String kind : List.of("ArgMax", "ArgMin")) {
            rules.put(kind, node -> reduced(node, ElementType.INT64, selected(node)));
        }
        rules.put("TopK", ReductionRules::top);
    }

    private static Inference reduced(ResolvedNode node, ElementType type, TensorShape shape) {
        return Inference.of(new Operator.Reduction(node.operator()), type, shape);
    }

    private static TensorShape reduced(ResolvedNode node) {
        int rank = node.rank(0);
        TreeSet<Integer> axes = new TreeSet<>();
        for (long axis : node.setting("axes", 1).orElse(new long[0])) {
            axes.add(ResolvedNode.axis(axis, rank));
        }
        if (axes.isEmpty()) {
            if (node.flag("noop_with_empty_axes")) {
                return node.shape(0);
            }
            for (int axis = 0; axis < rank; axis++) {
                axes.add(axis);
            }
        }
        return without(node.shape(0), axes, node.number("keepdims", 1) != 0);
    }

    private static TensorShape selected(ResolvedNode node) {
        int axis = node.axis("axis", 0, node.rank(0));
        return without(node.shape(0), Set.of(axis), node.number("keepdims", 1) != 0);
    }

    private static TensorShape without(TensorShape shape, Set<Integer> axes, boolean keep) {
        List<Long> extents = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!axes.contains(axis)) {
                extents.add(shape.dimension(axis));
            } else if (keep) {
                extents.add(1L);
            }
        }
        return new TensorShape(extents);
    }

    private static Inference top(ResolvedNode node) {
        TensorShape input = node.shapeOfLeastRank(0, 1);
        int axis = node.axis("axis", -1, input.rank());
        long count = node.hasAttribute("k") ? node.number("k", 1) : node.knownNumber(1);
        if (count < 0 || count > input.dimension(axis)) {
            throw new ImportFailure("it asks for " + count + " of " + input.dimension(axis) + " elements");
        }
        TensorShape output = ShapeArithmetic.with(input, axis, count);
        return Inference.of(
                new Operator.Reduction("TopK"),
                new Output(node.type(0), output),
                new Output(ElementType.INT64, output));
    }
}
