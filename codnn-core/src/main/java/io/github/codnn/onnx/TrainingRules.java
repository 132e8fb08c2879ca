package io.github.codnn.onnx;

import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Losses, and the optimisers of the training preview domain. */
final class TrainingRules {

    static final String DOMAIN = "ai.onnx.preview.training";

    private TrainingRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put(
                "NegativeLogLikelihoodLoss",
                node -> Inference.of(reduction(node), new Output(node.type(0), loss(node))));
        rules.put(
                "SoftmaxCrossEntropyLoss",
                node -> Inference.of(
                        reduction(node),
                        new Output(node.type(0), loss(node)),
                        new Output(node.type(0), node.shape(0))));
    }

    static void registerPreview(Map<String, Rule> rules) {
        // Values, gradients and one or two moments of each tensor follow the rate and the count of updates.
        rules.put("Adagrad", node -> updated(node, 1));
        rules.put("Momentum", node -> updated(node, 1));
        rules.put("Adam", node -> updated(node, 2));
    }

    private static Operator reduction(ResolvedNode node) {
        return new Operator.Reduction(node.operator());
    }

    /** One number for all, or one for each position of each sample: scores without their axis of classes. */
    private static TensorShape loss(ResolvedNode node) {
        TensorShape scores = node.shapeOfLeastRank(0, 2);
        TensorShape each = ShapeArithmetic.joined(
                ShapeArithmetic.part(scores, 0, 1), ShapeArithmetic.part(scores, 2, scores.rank()));
        if (!each.equals(node.shape(1))) {
            throw new ImportFailure("labels " + node.shape(1) + " do not fit the scores " + scores);
        }
        return node.text("reduction", "mean").equals("none") ? each : TensorShape.scalar();
    }

    private static Inference updated(ResolvedNode node, int moments) {
        int count = (node.inputCount() - 2) / (2 + moments);
        if (count < 1 || node.inputCount() != 2 + count * (2 + moments)) {
            throw new ImportFailure("it has " + node.inputCount() + " inputs, which is not 2 and " + (2 + moments)
                    + " for each tensor");
        }
        List<Output> outputs = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            outputs.add(same(node, 2 + index));
        }
        for (int index = 0; index < moments * count; index++) {
            outputs.add(same(node, 2 + 2 * count + index));
        }
        return Inference.of(new Operator.Elementwise(node.operator()), outputs.toArray(Output[]::new));
    }

    private static Output same(ResolvedNode node, int input) {
        return new Output(node.type(input), node.shape(input));
    }
}
