package io.github.codnn.onnx;

import static io.github.codnn.onnx.Inference.product;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.Map;
import java.util.Set;

/** Operators whose output is as long as the data make it; the greatest length that the shapes allow is taken. */
final class DataDependentRules {

    static final Set<String> OPERATORS = Set.of("NonZero", "Compress", "NonMaxSuppression", "Unique");

    private DataDependentRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put(
                "NonZero",
                node -> selected(
                        node,
                        ElementType.INT64,
                        ShapeArithmetic.of(
                                Math.max(1, node.rank(0)), node.shape(0).elements())));
        rules.put("Compress", node -> selected(node, node.type(0), compressed(node)));
        rules.put("NonMaxSuppression", node -> selected(node, ElementType.INT64, boxes(node)));
        rules.put("Unique", DataDependentRules::unique);
    }

    private static Inference selected(ResolvedNode node, ElementType type, TensorShape shape) {
        return Inference.of(new Operator.Reduction(node.operator()), type, shape)
                .asGreatest();
    }

    private static TensorShape compressed(ResolvedNode node) {
        TensorShape input = node.shape(0);
        long most = node.shapeOfRank(1, 1).dimension(0);
        if (!node.hasAttribute("axis")) {
            return ShapeArithmetic.of(Math.min(most, input.elements()));
        }
        int axis = node.axis("axis", 0, input.rank());
        return ShapeArithmetic.with(input, axis, Math.min(most, input.dimension(axis)));
    }

    private static TensorShape boxes(ResolvedNode node) {
        TensorShape boxes = node.shapeOfRank(0, 3);
        TensorShape scores = node.shapeOfRank(1, 3);
        // Without known values every box may be selected.
        long most = boxes.dimension(1);
        if (!node.has(2)) {
            most = 0;
        } else if (node.values(2).isPresent()) {
            most = Math.min(node.knownNumber(2), most);
        }
        return ShapeArithmetic.of(product(scores.dimension(0), scores.dimension(1), Math.max(0, most)), 3);
    }

    private static Inference unique(ResolvedNode node) {
        TensorShape input = node.shape(0);
        boolean flat = !node.hasAttribute("axis");
        long most = flat ? input.elements() : input.dimension(node.axis("axis", 0, input.rank()));
        TensorShape values = flat ? ShapeArithmetic.of(most) : input;
        Output positions = new Output(ElementType.INT64, ShapeArithmetic.of(most));
        Output inverse = new Output(ElementType.INT64, ShapeArithmetic.of(most));
        return Inference.of(
                        new Operator.Reduction("Unique"),
                        new Output(node.type(0), values),
                        positions,
                        inverse,
                        positions)
                .asGreatest();
    }
}
