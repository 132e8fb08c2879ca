package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
            rules.put(kind, ReductionRules::reduced);
        }
        for (String kind : List.of("ArgMax", "ArgMin")) {
            rules.put(kind, node -> reduced(node, ElementType.INT64, selected(node)));
        }
        rules.put("TopK", ReductionRules::top);
    }

    private static Inference reduced(ResolvedNode node, ElementType type, TensorShape shape) {
        return Inference.of(new Operator.Reduction(node.operator()), type, shape);
    }

    private static Inference reduced(ResolvedNode node) {
        if (node.hasAttribute("axes") || !node.has(1) || node.values(1).isPresent()) {
            return reduced(node, node.type(0), overKnownAxes(node));
        }
        return reduced(node, node.type(0), overUnknownAxes(node)).asGreatest();
    }

    /** Of axes that are not known before the run, at least their number is: they are taken as the shortest ones. */
    private static TensorShape overUnknownAxes(ResolvedNode node) {
        TensorShape input = node.shape(0);
        long count = node.shapeOfRank(1, 1).dimension(0);
        if (count == 0 && node.flag("noop_with_empty_axes")) {
            return input;
        }
        Set<Integer> shortest = IntStream.range(0, input.rank())
                .boxed()
                .sorted(Comparator.comparingLong(input::dimension))
                .limit(count == 0 ? input.rank() : count)
                .collect(Collectors.toSet());
        return without(input, shortest, node.number("keepdims", 1) != 0);
    }

    private static TensorShape overKnownAxes(ResolvedNode node) {
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
