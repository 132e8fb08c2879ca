package io.github.codnn.onnx;

import static io.github.codnn.onnx.Inference.product;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.List;
import java.util.Map;

/**
 * Operators of the domain {@code com.microsoft} that ONNX Runtime's optimiser and quantiser put into files: fused
 * layers, attention, and quantised arithmetic.
 */
final class ContributedRules {

    static final String DOMAIN = "com.microsoft";

    /** The domain of operators on images whose channels lie in blocks of 8 or 16. */
    static final String BLOCKED_DOMAIN = "com.microsoft.nchwc";

    private static final long MOST_FILL = 15;

    private ContributedRules() {}

    static void register(Map<String, Rule> rules, Map<String, Rule> standard) {
        for (String same : List.of("QuantizeLinear", "DequantizeLinear", "Gelu", "GridSample", "Trilu", "Unique")) {
            rules.put(same, rule(standard, same));
        }
        for (String kind : List.of("QuickGelu", "QLinearSigmoid", "QLinearLeakyRelu")) {
            rules.put(kind, node -> Inference.of(new Operator.Activation(kind), node.type(0), node.shape(0)));
        }
        rules.put("RotaryEmbedding", AttentionRules::rotation);
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
        rules.put(
                "QGemm",
                node -> MatrixRules.product(
                                node.flag("transA") ? swapped(node.shape(0)) : node.shape(0),
                                node.flag("transB") ? swapped(node.shape(3)) : node.shape(3),
                                node.has(8) ? node.type(8) : ElementType.FLOAT32)
                        .withTrained(3, 6));
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
        ContributedAttention.register(rules);
    }

    /** Images whose channels lie in blocks, as the optimiser of ONNX Runtime rewrites them. */
    static void registerBlocked(Map<String, Rule> rules, Map<String, Rule> standard) {
        rules.put(
                "Conv",
                node -> ConvolutionRules.convolution(node, 1, node.type(0), MOST_FILL)
                        .withTrained(1, 2));
        for (String kind : List.of("MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool", "Upsample")) {
            rules.put(kind, rule(standard, kind));
        }
        rules.put(
                "ReorderInput",
                node -> reordered(node, "channels_last", node.shape(0).dimension(1)));
        rules.put("ReorderOutput", node -> reordered(node, "", node.number("channels", 0, 1, Integer.MAX_VALUE)));
    }

    /** The same image with its channels in blocks, or in the usual order again. */
    private static Inference reordered(ResolvedNode node, String lastFlag, long channels) {
        TensorShape image = node.shapeOfRank(0, 4);
        boolean wasLast = !lastFlag.isEmpty() && node.flag(lastFlag);
        boolean isLast = lastFlag.isEmpty() && node.flag("channels_last");
        long height = image.dimension(wasLast ? 1 : 2);
        long width = image.dimension(wasLast ? 2 : 3);
        long count = wasLast ? image.dimension(3) : channels;
        return Inference.of(
                new Operator.DataMovement(node.operator()),
                node.type(0),
                isLast
                        ? ShapeArithmetic.of(image.dimension(0), height, width, count)
                        : ShapeArithmetic.of(image.dimension(0), count, height, width));
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
        long bits = node.number("bits", 4, 1, 8);
        long block = node.number("block_size", 32, 1, 1 << 20);
        long blocks = product(columns, (inner - 1) / block + 1);
        long packed =
                node.isConstant(1) ? product(inner, columns) - node.shape(1).elements() : 0;
        if (node.isConstant(3) && node.type(3) == ElementType.UINT8 && bits < 8) {
            packed += blocks - node.shape(3).elements();
        }
        return MatrixRules.product(node.shape(0), ShapeArithmetic.of(inner, columns), node.type(0))
                .withTrained(1, 2, 3, 5)
                .withPacked(packed);
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
}
