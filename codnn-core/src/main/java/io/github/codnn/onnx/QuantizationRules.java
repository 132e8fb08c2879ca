package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.Map;

/** Changes between real numbers and small integers; scales and zero points are settings, not trained weights. */
final class QuantizationRules {

    private QuantizationRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("QuantizeLinear", node -> Inference.of(activation(node), quantized(node), node.shape(0)));
        rules.put(
                "DequantizeLinear",
                node -> Inference.of(activation(node), node.type(1), node.shape(0))
                        .withTrained(0));
        rules.put(
                "DynamicQuantizeLinear",
                node -> Inference.of(
                        activation(node),
                        new Output(ElementType.UINT8, node.shape(0)),
                        new Output(ElementType.FLOAT32, TensorShape.scalar()),
                        new Output(ElementType.UINT8, TensorShape.scalar())));
    }

    private static Operator activation(ResolvedNode node) {
        return new Operator.Activation(node.operator());
    }

    private static ElementType quantized(ResolvedNode node) {
        if (node.has(2)) {
            return node.type(2);
        }
        return node.number("output_dtype", 0) == 0
                ? ElementType.UINT8
                : ElementwiseRules.typeOf(node, "output_dtype", ElementType.UINT8);
    }
}
