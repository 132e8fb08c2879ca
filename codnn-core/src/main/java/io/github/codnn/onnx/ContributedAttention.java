package io.github.codnn.onnx;

import static io.github.codnn.onnx.Inference.product;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.Arrays;
import java.util.Map;

/** The attention operators of the domain {@code com.microsoft}. */
final class ContributedAttention {

    private ContributedAttention() {}

    static void register(Map<String, Rule> rules) {
        rules.put("Attention", node -> attention(node, 4));
        rules.put("QAttention", node -> attention(node, 8));
        rules.put("MultiHeadAttention", ContributedAttention::multiHead);
        rules.put("GroupQueryAttention", ContributedAttention::groupQuery);
    }

    /**
     * Query, key and value from one matrix, then scores of every token with every token and their weighted sum.
     *
     * @param pastInput the input that holds keys and values of earlier runs: both, batch, heads, length, size
     */
    private static Inference attention(ResolvedNode node, int pastInput) {
        TensorShape input = node.shapeOfRank(0, 3);
        TensorShape weights = node.shapeOfRank(1, 2);
        long tokens = product(input.dimension(0), input.dimension(1));
        long[] sizes = node.numbers("qkv_hidden_sizes").orElseGet(() -> {
            long[] thirds = new long[3];
            Arrays.fill(thirds, weights.dimension(1) / 3);
            return thirds;
        });
        if (sizes.length != 3 || Arrays.stream(sizes).sum() != weights.dimension(1)) {
            throw new ImportFailure("its sizes " + Arrays.toString(sizes) + " are not those of its weights " + weights);
        }
        long heads = heads(node, "num_heads", sizes[2]);
        long past = node.has(pastInput) ? node.shapeOfRank(pastInput, 5).dimension(3) : 0;
        long keys = Math.addExact(input.dimension(1), past);
        long projections = product(tokens, input.dimension(2), weights.dimension(1));
        long scores = product(tokens, keys, Math.addExact(sizes[0], sizes[2]));
        TensorShape present = ShapeArithmetic.of(2, input.dimension(0), heads, keys, sizes[2] / heads);
        ElementType type = node.operator().equals("QAttention") ? node.type(3) : node.type(0);
        return Inference.of(
                        new Operator.Other(node.operator()),
                        new Output(type, ShapeArithmetic.with(input, 2, sizes[2])),
                        new Output(type, present))
                .withMacs(Math.addExact(projections, scores))
                .withTrained(1, 2);
    }

    /** Batch, length and width over all heads of a tensor. */
    private record Sequence(long batch, long length, long width) {

        /** A tensor of batch, length and width, or of batch, heads, length and size. */
        static Sequence of(ResolvedNode node, int input) {
            TensorShape shape = node.shapeOfLeastRank(input, 3);
            return shape.rank() == 4
                    ? new Sequence(
                            shape.dimension(0), shape.dimension(2), product(shape.dimension(1), shape.dimension(3)))
                    : of(node.shapeOfRank(input, 3));
        }

        static Sequence of(TensorShape shape) {
            return new Sequence(shape.dimension(0), shape.dimension(1), shape.dimension(2));
        }

        /** A tensor of batch, length, heads, parts and size, which holds several sequences. */
        static Sequence packed(TensorShape shape) {
            return new Sequence(
                    shape.dimension(0), shape.dimension(1), product(shape.dimension(2), shape.dimension(4)));
        }
    }

    private static Inference multiHead(ResolvedNode node) {
        boolean allPacked = node.rank(0) == 5;
        boolean keysPacked = !allPacked && node.rank(1) == 5;
        Sequence query = allPacked ? Sequence.packed(node.shape(0)) : Sequence.of(node.shapeOfRank(0, 3));
        Sequence key = allPacked ? query : keysPacked ? Sequence.packed(node.shape(1)) : Sequence.of(node, 1);
        Sequence value = allPacked || keysPacked ? key : Sequence.of(node, 2);
        long heads = heads(node, "num_heads", key.width());
        long keys = Math.addExact(key.length(), past(node, 6));
        long macs = product(query.batch(), query.length(), keys, Math.addExact(query.width(), value.width()));
        return Inference.of(
                        new Operator.Other("MultiHeadAttention"),
                        new Output(node.type(0), ShapeArithmetic.of(query.batch(), query.length(), value.width())),
                        new Output(node.type(0), ShapeArithmetic.of(query.batch(), heads, keys, key.width() / heads)),
                        new Output(node.type(0), ShapeArithmetic.of(query.batch(), heads, keys, value.width() / heads)))
                .withMacs(macs)
                .withTrained(3);
    }

    /** Several heads of the query share one of the keys and values; all three may come in one tensor. */
    private static Inference groupQuery(ResolvedNode node) {
        Sequence query = Sequence.of(node.shapeOfRank(0, 3));
        long heads = node.number("num_heads", 0, 1, Integer.MAX_VALUE);
        long keyHeads = node.number("kv_num_heads", 0, 1, Integer.MAX_VALUE);
        long held = node.has(1) ? heads : Math.addExact(heads, 2 * keyHeads);
        if (query.width() % held != 0 || heads % keyHeads != 0) {
            throw new ImportFailure("a width of " + query.width() + " cannot be split into " + heads + " heads over "
                    + keyHeads + " heads of keys");
        }
        long size = query.width() / held;
        long past = past(node, 3);
        long added = node.has(1) ? Sequence.of(node, 1).length() : query.length();
        long keys = node.values(6).isPresent() ? node.knownNumber(6) : Math.addExact(past, added);
        TensorShape present = ShapeArithmetic.of(query.batch(), keyHeads, Math.max(past, keys), size);
        return Inference.of(
                        new Operator.Other("GroupQueryAttention"),
                        new Output(
                                node.type(0), ShapeArithmetic.of(query.batch(), query.length(), product(heads, size))),
                        new Output(node.type(0), present),
                        new Output(node.type(0), present))
                .withMacs(query.batch(), heads, query.length(), keys, 2 * size);
    }

    /** The length of the keys of earlier runs, if there are any: batch, heads, length, size. */
    private static long past(ResolvedNode node, int input) {
        return node.has(input) ? node.shapeOfRank(input, 4).dimension(2) : 0;
    }

    private static long heads(ResolvedNode node, String attribute, long width) {
        long heads = node.number(attribute, 1, 1, Integer.MAX_VALUE);
        if (width % heads != 0) {
            throw new ImportFailure("a width of " + width + " cannot be split into " + heads + " heads");
        }
        return heads;
    }
}
