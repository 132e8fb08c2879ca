package io.github.codnn.format;

import io.github.codnn.format.OnnxInference.Output;
import io.github.codnn.format.OnnxInference.Rule;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Normalisations; their outputs have the shape of their first input. */
final class OnnxNormalizations {

    private OnnxNormalizations() {}

    static void register(Map<String, Rule> rules) {
        for (String kind : List.of("LRN", "LpNormalization", "MeanVarianceNormalization")) {
            rules.put(kind, OnnxNormalizations::same);
        }
        for (String kind : List.of("InstanceNormalization", "GroupNormalization")) {
            rules.put(kind, node -> same(node).withTrained(1, 2));
        }
        rules.put("BatchNormalization", OnnxNormalizations::batch);
        rules.put("LayerNormalization", OnnxNormalizations::layer);
    }

    private static OnnxInference same(OnnxNode node) {
        return OnnxInference.of(new Operator.Normalization(node.operator()), node.type(0), node.shape(0));
    }

    /** Scale and bias are trained; mean and variance are statistics, which the usual counts leave out. */
    private static OnnxInference batch(OnnxNode node) {
        TensorShape input = node.shapeOfLeastRank(0, 1);
        long channels = input.rank() == 1 ? 1 : input.dimension(1);
        for (int index = 1; index <= 4; index++) {
            if (node.shape(index).elements() != channels && node.number("spatial", 1) != 0) {
                throw new OnnxProblem("input '" + node.input(index).name() + "' of shape " + node.shape(index)
                        + " does not fit the " + channels + " channels of " + input);
            }
        }
        Output values = new Output(node.type(0), input);
        Output statistics = new Output(node.type(3), node.shape(3));
        return same(node)
                .withOutputs(values, statistics, statistics, statistics, statistics)
                .withTrained(1, 2);
    }

    /** Mean and inverse deviation may be asked for beside the values. */
    private static OnnxInference layer(OnnxNode node) {
        TensorShape input = node.shapeOfLeastRank(0, 1);
        int axis = node.axis("axis", -1, input.rank());
        long[] extents = OnnxShapes.extents(input);
        Arrays.fill(extents, axis, extents.length, 1);
        Output statistics = new Output(node.type(0), OnnxShapes.of(extents));
        return same(node)
                .withOutputs(new Output(node.type(0), input), statistics, statistics)
                .withTrained(1, 2);
    }
}
