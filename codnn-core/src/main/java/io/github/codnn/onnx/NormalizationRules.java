package io.github.codnn.onnx;

import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Normalisations; their outputs have the shape of their first input. */
final class NormalizationRules {

    private NormalizationRules() {}

    static void register(Map<String, Rule> rules) {
        for (String kind : List.of("LRN", "LpNormalization", "MeanVarianceNormalization")) {
            rules.put(kind, NormalizationRules::same);
        }
        for (String kind : List.of("InstanceNormalization", "GroupNormalization")) {
            rules.put(kind, node -> same(node).withTrained(1, 2));
        }
        rules.put("RMSNormalization", node -> same(node).withTrained(1));
        rules.put("SimplifiedLayerNormalization", NormalizationRules::layer);
        rules.put("BatchNormalization", NormalizationRules::batch);
        rules.put("LayerNormalization", NormalizationRules::layer);
    }

    private static Inference same(ResolvedNode node) {
        return Inference.of(new Operator.Normalization(node.operator()), node.type(0), node.shape(0));
    }

    /** Scale and bias are trained; mean and variance are statistics, which the usual counts leave out. */
    private static Inference batch(ResolvedNode node) {
        TensorShape input = node.shapeOfLeastRank(0, 1);
        long channels = input.rank() == 1 ? 1 : input.dimension(1);
        for (int index = 1; index <= 4; index++) {
            if (node.shape(index).elements() != channels && node.number("spatial", 1) != 0) {
                throw new ImportFailure("input '" + node.input(index).name() + "' of shape " + node.shape(index)
                        + " does not fit the " + channels + " channels of " + input);
            }
        }
        Output values = new Output(node.type(0), input);
        Output statistics = new Output(node.type(3), node.shape(3));
        return same(node)
                .withOutputs(values, statistics, statistics, statistics, statistics)
                .withTrained(1, 2);
    }

    /** Mean and inverse deviation are optional outputs in addition to the values. */
    private static Inference layer(ResolvedNode node) {
        TensorShape input = node.shapeOfLeastRank(0, 1);
        int axis = node.axis("axis", -1, input.rank());
        long[] extents = ShapeArithmetic.extents(input);
        Arrays.fill(extents, axis, extents.length, 1);
        Output statistics = new Output(node.type(0), ShapeArithmetic.of(extents));
        return same(node)
                .withOutputs(new Output(node.type(0), input), statistics, statistics)
                .withTrained(1, 2);
    }
}
