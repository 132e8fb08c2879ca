package io.github.codnn.onnx;

import static io.github.codnn.onnx.Inference.product;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.Map;

/** Recurrent layers: LSTM, GRU and the plain one. */
final class RecurrenceRules {

    private RecurrenceRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("LSTM", node -> recurrent(node, 4).withTrained(1, 2, 3, 7));
        rules.put("GRU", node -> recurrent(node, 3).withTrained(1, 2, 3));
        rules.put("RNN", node -> recurrent(node, 1).withTrained(1, 2, 3));
    }

    /** Each step multiplies the input and the last state with the matrices of all gates. */
    private static Inference recurrent(ResolvedNode node, int gates) {
        TensorShape input = node.shapeOfRank(0, 3);
        TensorShape weights = node.shapeOfRank(1, 3);
        TensorShape recurrence = node.shapeOfRank(2, 3);
        boolean batchFirst = node.flag("layout");
        long steps = input.dimension(batchFirst ? 1 : 0);
        long batch = input.dimension(batchFirst ? 0 : 1);
        long hidden = node.number("hidden_size", recurrence.dimension(2));
        int directions = node.text("direction", "forward").equals("bidirectional") ? 2 : 1;
        TensorShape fitting = ShapeArithmetic.of(directions, Math.multiplyExact(gates, hidden), input.dimension(2));
        if (!weights.equals(fitting) || !recurrence.equals(ShapeArithmetic.with(fitting, 2, hidden))) {
            throw new ImportFailure("weights " + weights + " and " + recurrence + " do not fit " + directions
                    + " direction(s), hidden size " + hidden + " and input " + input);
        }
        long macs = product(steps, batch, directions, gates, hidden, Math.addExact(input.dimension(2), hidden));
        ElementType type = node.type(0);
        Output sequence = new Output(
                type,
                batchFirst
                        ? ShapeArithmetic.of(batch, steps, directions, hidden)
                        : ShapeArithmetic.of(steps, directions, batch, hidden));
        Output last = new Output(
                type,
                batchFirst
                        ? ShapeArithmetic.of(batch, directions, hidden)
                        : ShapeArithmetic.of(directions, batch, hidden));
        return Inference.of(new Operator.Recurrent(node.operator(), hidden, directions), sequence, last, last)
                .withMacs(macs);
    }
}
