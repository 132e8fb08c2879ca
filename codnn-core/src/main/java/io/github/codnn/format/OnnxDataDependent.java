package io.github.codnn.format;

import static io.github.codnn.format.OnnxInference.product;

import io.github.codnn.format.OnnxInference.Output;
import io.github.codnn.format.OnnxInference.Rule;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import java.util.Map;
import java.util.Set;

/** Operators whose output is as long as the data make it; the greatest length that the shapes allow is taken. */
final class OnnxDataDependent {

    static final Set<String> OPERATORS = Set.of("NonZero", "Compress", "NonMaxSuppression", "Unique");

    private OnnxDataDependent() {}

    static void register(Map<String, Rule> rules) {
        rules.put(
                "NonZero",
                node -> selected(
                        node,
                        ElementType.INT64,
                        OnnxShapes.of(Math.max(1, node.rank(0)), node.shape(0).elements())));
        rules.put("Compress", node -> selected(node, node.type(0), compressed(node)));
        rules.put("NonMaxSuppression", node -> selected(node, ElementType.INT64, boxes(node)));
        rules.put("Unique", OnnxDataDependent::unique);
    }

    private static OnnxInference selected(OnnxNode node, ElementType type, TensorShape shape) {
        return OnnxInference.of(new Operator.Reduction(node.operator()), type, shape);
    }

    private static TensorShape compressed(OnnxNode node) {
        TensorShape input = node.shape(0);
        long most = node.shapeOfRank(1, 1).dimension(0);
        if (!node.hasAttribute("axis")) {
            return OnnxShapes.of(Math.min(most, input.elements()));
        }
        int axis = node.axis("axis", 0, input.rank());
        return OnnxShapes.with(input, axis, Math.min(most, input.dimension(axis)));
    }

    private static TensorShape boxes(OnnxNode node) {
        TensorShape boxes = node.shapeOfRank(0, 3);
        TensorShape scores = node.shapeOfRank(1, 3);
        long most = node.has(2) ? Math.min(node.knownNumber(2), boxes.dimension(1)) : 0;
        return OnnxShapes.of(product(scores.dimension(0), scores.dimension(1), Math.max(0, most)), 3);
    }

    private static OnnxInference unique(OnnxNode node) {
        TensorShape input = node.shape(0);
        boolean flat = !node.hasAttribute("axis");
        long most = flat ? input.elements() : input.dimension(node.axis("axis", 0, input.rank()));
        TensorShape values = flat ? OnnxShapes.of(most) : input;
        Output positions = new Output(ElementType.INT64, OnnxShapes.of(most));
        Output inverse = new Output(ElementType.INT64, OnnxShapes.of(most));
        return OnnxInference.of(
                new Operator.Reduction("Unique"), new Output(node.type(0), values), positions, inverse, positions);
    }
}
