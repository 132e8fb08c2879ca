package io.github.codnn.onnx;

import static io.github.codnn.onnx.Inference.product;

import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.Map;

/** Attention of the default domain since operator set 23, and {@code FlexAttention} of the preview domain. */
final class AttentionRules {

    static final String PREVIEW_DOMAIN = "ai.onnx.preview";

    private AttentionRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("Attention", AttentionRules::attention);
        rules.put("RotaryEmbedding", AttentionRules::rotation);
        rules.put("LinearAttention", AttentionRules::linear);
    }

    static void registerPreview(Map<String, Rule> rules) {
        rules.put("FlexAttention", AttentionRules::attention);
    }

    /** Positions turn each vector; the tables of sines and cosines are no trained weights. */
    static Inference rotation(ResolvedNode node) {
        return Inference.of(new Operator.Activation("RotaryEmbedding"), node.type(0), node.shapeOfLeastRank(0, 3));
    }

    /** Scores of every query with every key, and their weighted sum of values. */
    private static Inference attention(ResolvedNode node) {
        boolean flat = node.rank(0) == 3;
        TensorShape query = heads(node, 0, "q_num_heads");
        TensorShape key = heads(node, 1, "kv_num_heads");
        TensorShape value = heads(node, 2, "kv_num_heads");
        long past = node.has(4) ? node.shapeOfRank(4, 4).dimension(2) : 0;
        long keys = Math.addExact(key.dimension(2), past);
        long macs = product(
                query.dimension(0),
                query.dimension(1),
                query.dimension(2),
                keys,
                Math.addExact(query.dimension(3), value.dimension(3)));
        TensorShape output = ShapeArithmetic.with(query, 3, value.dimension(3));
        TensorShape shown = flat
                ? ShapeArithmetic.of(
                        query.dimension(0), query.dimension(2), product(query.dimension(1), value.dimension(3)))
                : output;
        return Inference.of(
                        new Operator.Other(node.operator()),
                        new Output(node.type(0), shown),
                        new Output(node.type(1), ShapeArithmetic.with(key, 2, keys)),
                        new Output(node.type(2), ShapeArithmetic.with(value, 2, keys)),
                        new Output(node.type(0), ShapeArithmetic.with(query, 3, keys)))
                .withMacs(macs);
    }

    /** A state of one matrix a head, which every token changes and reads; the delta rules read it once more. */
    private static Inference linear(ResolvedNode node) {
        TensorShape query = node.shapeOfRank(0, 3);
        TensorShape key = heads(node, 1, "kv_num_heads");
        TensorShape value = heads(node, 2, "kv_num_heads");
        long readers = node.number("q_num_heads", 0, 0, Integer.MAX_VALUE);
        if (product(readers, key.dimension(3)) != query.dimension(2)) {
            throw new ImportFailure("input '" + node.input(0).name() + "' of shape " + query + " cannot be split into "
                    + readers + " heads of " + key.dimension(3));
        }
        long uses = node.text("update_rule", "gated_delta").contains("delta") ? 2 : 1;
        long perToken =
                product(Math.addExact(readers, product(uses, key.dimension(1))), key.dimension(3), value.dimension(3));
        TensorShape state =
                ShapeArithmetic.of(key.dimension(0), key.dimension(1), key.dimension(3), value.dimension(3));
        return Inference.of(
                        new Operator.Other(node.operator()),
                        new Output(node.type(0), ShapeArithmetic.with(query, 2, product(readers, value.dimension(3)))),
                        new Output(node.has(3) ? node.type(3) : node.type(0), state))
                .withMacs(query.dimension(0), query.dimension(1), perToken);
    }

    /** An input as batch, heads, length and size; three axes are split by the number of heads. */
    private static TensorShape heads(ResolvedNode node, int input, String attribute) {
        TensorShape shape = node.shapeOfLeastRank(input, 3);
        if (shape.rank() == 4) {
            return shape;
        }
        long heads = node.number(attribute, 0, 0, Integer.MAX_VALUE);
        if (shape.rank() != 3 || heads == 0 || shape.dimension(2) % heads != 0) {
            throw new ImportFailure("input '" + node.input(input).name() + "' of shape " + shape
                    + " cannot be split into " + heads + " heads");
        }
        return ShapeArithmetic.of(shape.dimension(0), heads, shape.dimension(1), shape.dimension(2) / heads);
    }
}
