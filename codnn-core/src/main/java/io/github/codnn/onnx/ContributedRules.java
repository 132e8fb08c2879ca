package io.github.codnn.onnx;

import static io.github.codnn.onnx.Inference.product;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Operators of the domain {@code com.microsoft} that ONNX Runtime's optimiser and quantiser put into files: fused
 * layers, attention, and quantised arithmetic.
 */
final class ContributedRules {

    static final String DOMAIN = "com.microsoft";

    private ContributedRules() {}

    static void register(Map<String, Rule> rules, Map<String, Rule> standard) {
        for (String same : List.of("QuantizeLinear", "DequantizeLinear", "Gelu", "GridSample", "Trilu", "Unique")) {
            rules.put(same, rule(standard, same));
        }
        for (String kind : List.of("QuickGelu", "QLinearSigmoid", "QLinearLeakyRelu", "RotaryEmbedding")) {
            rules.put(kind, node -> Inference.of(new Operator.Activation(kind), node.type(0), node.shape(0)));
        }
        for (String kind : List.of("FastGelu", "BiasGelu")) {
            rules.put(
                    kind,
                    node -> Inference.of(new Operator.Activation(kind), node.type(0), node.shape(0))
                            .withTrained(1));
        }
        rules.put(
                "QLinearSoftmax",
                node -> Inference.of(new Operator.Softmax("QLinearSoftmax"), node.type(0), node.shape(0)));
        rules.put("QLinearAdd", ContributedRules::quantizedSum);
        rules.put("QLinearMul", ContributedRules::quantizedSum);
        rules.put("QLinearConcat", ContributedRules::quantizedConcat);
        rules.put("QLinearAveragePool", rule(standard, "AveragePool"));
        rules.put("QLinearGlobalAveragePool", rule(standard, "GlobalAveragePool"));
        rules.put("FusedConv", rule(standard, "Conv"));
        rules.put("FusedGemm", rule(standard, "Gemm"));
        rules.put("FusedMatMul", ContributedRules::fusedProduct);
        rules.put(
                "DynamicQuantizeMatMul",
                node -> MatrixRules.product(node, 1, ElementType.FLOAT32).withTrained(1, 4));
        rules.put(
                "MatMulIntegerToFloat",
                node -> MatrixRules.product(node, 1, ElementType.FLOAT32).withTrained(1, 6));
        rules.put("MatMulNBits", ContributedRules::blockQuantizedProduct);
        for (String kind : List.of("SkipLayerNormalization", "SkipSimplifiedLayerNormalization")) {
            rules.put(kind, ContributedRules::skipNormalization);
        }
        rules.put("EmbedLayerNormalization", ContributedRules::embedding);
        rules.put("Attention", ContributedRules::attention);
        rules.put("MultiHeadAttention", ContributedRules::multiHeadAttention);
    }

    private static Rule rule(Map<String, Rule> standard, String operator) {
        Rule rule = standard.get(operator);
        if (rule == null) {
            throw new IllegalStateException("There is no rule for " + operator);
        }
        return rule;
    }

    private static Inference quantizedSum(ResolvedNode node) {
        return Inference.of(
                new Operator.Elementwise(node.operator()),
                node.type(0),
                ShapeArithmetic.broadcast(node.shape(0), node.shape(3)));
    }

    /** Scale and zero point of the result, then each tensor with its own. */
    private static Inference quantizedConcat(ResolvedNode node) {
        TensorShape first = node.shapeOfLeastRank(2, 1);
        int axis = node.axis("axis", 0, first.rank());
        long extent = 0;
        for (int input = 2; input < node.inputCount(); input += 3) {
            extent = Math.addExact(extent, node.shapeOfRank(input, first.rank()).dimension(axis));
        }
        return Inference.of(new Operator.Concat(), node.type(2), ShapeArithmetic.with(first, axis, extent));
    }

    private static Inference fusedProduct(ResolvedNode node) {
        TensorShape a = node.flag("transA") ? swapped(node.shape(0)) : node.shape(0);
        TensorShape b = node.flag("transB") ? swapped(node.shape(1)) : node.shape(1);
        if (node.flag("transBatchA") || node.flag("transBatchB")) {
            throw new ImportFailure("it exchanges batch axes, which is not understood here");
        }
        return MatrixRules.product(a, b, node.type(0)).withTrained(0, 1);
    }

    private static TensorShape swapped(TensorShape shape) {
        if (shape.rank() < 2) {
            return shape;
        }
        long[] extents = ShapeArithmetic.extents(shape);
        extents[extents.length - 1] = shape.dimension(-2);
        extents[extents.length - 2] = shape.dimension(-1);
        return ShapeArithmetic.of(extents);
    }

    /** Weights in blocks of few bits, whose true extents are attributes. */
    private static Inference blockQuantizedProduct(ResolvedNode node) {
        long inner = node.number("K", 0);
        long columns = node.number("N", 0);
        if (inner < 1 || columns < 1) {
            throw new ImportFailure("its weights are " + inner + " x " + columns);
        }
        return MatrixRules.product(node.shape(0), ShapeArithmetic.of(inner, columns), node.type(0))
                .withTrained(1);
    }

    private static Inference skipNormalization(ResolvedNode node) {
        TensorShape input = node.shapeOfLeastRank(0, 2);
        Output values = new Output(node.type(0), input);
        Output statistics = new Output(ElementType.FLOAT32, ShapeArithmetic.with(input, input.rank() - 1, 1));
        return Inference.of(new Operator.Normalization(node.operator()), values, statistics, statistics, values)
                .withTrained(2, 3, 4);
    }

    /** Word, position and segment embeddings, added and normalised. */
    private static Inference embedding(ResolvedNode node) {
        TensorShape tokens = node.shapeOfRank(0, 2);
        TensorShape output = ShapeArithmetic.joined(
                tokens, ShapeArithmetic.of(node.shapeOfRank(2, 2).dimension(1)));
        Output values = new Output(node.type(2), output);
        Output mask = new Output(ElementType.INT32, ShapeArithmetic.of(tokens.dimension(0)));
        return Inference.of(new Operator.Normalization("EmbedLayerNormalization"), values, mask, values)
                .withTrained(2, 3, 4, 5, 6);
    }

    /** Query, key and value from one matrix, then scores of every token with every token and their weighted sum. */
    private static Inference attention(ResolvedNode node) {
        TensorShape input = node.shapeOfRank(0, 3);
        TensorShape weights = node.shapeOfRank(1, 2);
        long tokens = product(input.dimension(0), input.dimension(1));
        long[] sizes = node.numbers("qkv_hidden_sizes").orElseGet(() -> {
            long[] thirds = new long[3];
            Arrays.fill(thirds, weights.dimension(1) / 3);
            return thirds;
        });
        if (sizes.length != 3 || Arrays.stream(sizes).sum() != weights.dimension(1) || node.has(4)) {
            throw new ImportFailure("its sizes " + Arrays.toString(sizes) + " or its past are not understood here");
        }
        long projections = product(tokens, input.dimension(2), weights.dimension(1));
        long scores = product(tokens, input.dimension(1), Math.addExact(sizes[0], sizes[2]));
        return Inference.of(new Operator.Other("Attention"), node.type(0), ShapeArithmetic.with(input, 2, sizes[2]))
                .withMacs(Math.addExact(projections, scores))
                .withTrained(1, 2);
    }

    private static Inference multiHeadAttention(ResolvedNode node) {
        TensorShape query = node.shapeOfRank(0, 3);
        TensorShape key = node.shapeOfRank(1, 3);
        TensorShape value = node.shapeOfRank(2, 3);
        long macs = product(
                query.dimension(0),
                query.dimension(1),
                key.dimension(1),
                Math.addExact(query.dimension(2), value.dimension(2)));
        return Inference.of(
                        new Operator.Other("MultiHeadAttention"),
                        node.type(0),
                        ShapeArithmetic.with(query, 2, value.dimension(2)))
                .withMacs(macs)
                .withTrained(3);
    }
}
