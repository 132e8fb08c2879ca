package io.github.codnn.onnx;

import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Rule;
import java.util.Map;

/** Fourier transforms. */
final class SignalRules {

    private SignalRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("DFT", node -> Inference.of(new Operator.Reduction("DFT"), node.type(0), spectrum(node)));
        rules.put("STFT", node -> Inference.of(new Operator.Reduction("STFT"), node.type(0), frames(node)));
    }

    private static TensorShape spectrum(ResolvedNode node) {
        TensorShape input = node.shapeOfLeastRank(0, 2);
        int axis = node.has(2)
                ? ResolvedNode.axis(node.knownNumber(2), input.rank())
                : node.axis("axis", node.opset() < 20 ? 1 : -2, input.rank());
        boolean half = node.flag("onesided");
        boolean inverse = node.flag("inverse");
        long given = input.dimension(axis);
        long length = half && inverse ? Math.max(1, 2 * (given - 1)) : given;
        length = node.has(1) ? node.knownNumber(1) : length;
        TensorShape output = ShapeArithmetic.with(input, axis, half && !inverse ? length / 2 + 1 : length);
        // The inverse of half a spectrum is real, everything else is complex.
        return ShapeArithmetic.with(output, input.rank() - 1, half && inverse ? 1 : 2);
    }

    private static TensorShape frames(ResolvedNode node) {
        TensorShape signal = node.shapeOfLeastRank(0, 2);
        long step = node.knownNumber(1);
        long length = node.has(3) ? node.knownNumber(3) : node.shapeOfRank(2, 1).dimension(0);
        if (step < 1 || length < 1 || length > signal.dimension(1)) {
            throw new ImportFailure("frames of " + length + " in steps of " + step + " do not fit a signal " + signal);
        }
        long count = (signal.dimension(1) - length) / step + 1;
        boolean half = node.number("onesided", 1) != 0;
        return ShapeArithmetic.of(signal.dimension(0), count, half ? length / 2 + 1 : length, 2);
    }
}
