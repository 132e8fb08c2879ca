package io.github.codnn.format;

import static io.github.codnn.format.OnnxInference.product;

import io.github.codnn.format.OnnxInference.Output;
import io.github.codnn.format.OnnxInference.Rule;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import java.util.Map;

/** Recurrent layers: LSTM, GRU and the plain one. */
final class OnnxRecurrence {

    private OnnxRecurrence() {}

    static void register(Map<String, Rule> rules) {
        rules.put("LSTM", node -> recurrent(node, 4).withTrained(1, 2, 3, 7));
        rules.put("GRU", node -> recurrent(node, 3).withTrained(1, 2, 3));
        rules.put("RNN", node -> recurrent(node, 1).withTrained(1, 2, 3));
    }

    /** Each step multiplies the input and the last state with the matrices of all gates. */
    private static OnnxInference recurrent(OnnxNode node, int gates) {
        TensorShape input = node.shapeOfRank(0, 3);
        TensorShape weights = node.shapeOfRank(1, 3);
        TensorShape recurrence = node.shapeOfRank(2, 3);
        boolean batchFirst = node.flag("layout");
        long steps = input.dimension(batchFirst ? 1 : 0);
        long batch = input.dimension(batchFirst ? 0 : 1);
        long hidden = node.number("hidden_size", recurrence.dimension(2));
        int directions = node.text("direction", "forward").equals("bidirectional") ? 2 : 1;
        TensorShape fitting = OnnxShapes.of(directions, Math.multiplyExact(gates, hidden), input.dimension(2));
        if (!weights.equals(fitting) || !recurrence.equals(OnnxShapes.with(fitting, 2, hidden))) {
            throw new OnnxProblem("weights " + weights + " and " + recurrence + " do not fit " + directions
                    + " direction(s), hidden size " + hidden + " and input " + input);
        }
        long macs = product(steps, batch, directions, gates, hidden, Math.addExact(input.dimension(2), hidden));
        ElementType type = node.type(0);
        Output sequence = new Output(
                type,
                batchFirst
                        ? OnnxShapes.of(batch, steps, directions, hidden)
                        : OnnxShapes.of(steps, directions, batch, hidden));
        Output last = new Output(
                type, batchFirst ? OnnxShapes.of(batch, directions, hidden) : OnnxShapes.of(directions, batch, hidden));
        return OnnxInference.of(new Operator.Recurrent(node.operator(), hidden, directions), sequence, last, last)
                .withMacs(macs);
    }
}
