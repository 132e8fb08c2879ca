package io.github.codnn.format;

import io.github.codnn.format.OnnxInference.Output;
import io.github.codnn.format.OnnxInference.Rule;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import java.util.Map;

/** Changes between real numbers and small integers; scales and zero points are settings, not trained weights. */
final class OnnxQuantization {

    private OnnxQuantization() {}

    static void register(Map<String, Rule> rules) {
        rules.put("QuantizeLinear", node -> OnnxInference.of(activation(node), quantized(node), node.shape(0)));
        rules.put(
                "DequantizeLinear",
                node -> OnnxInference.of(activation(node), node.type(1), node.shape(0))
                        .withTrained(0));
        rules.put(
                "DynamicQuantizeLinear",
                node -> OnnxInference.of(
                        activation(node),
                        new Output(ElementType.UINT8, node.shape(0)),
                        new Output(ElementType.FLOAT32, TensorShape.scalar()),
                        new Output(ElementType.UINT8, TensorShape.scalar())));
    }

    private static Operator activation(OnnxNode node) {
        return new Operator.Activation(node.operator());
    }

    private static ElementType quantized(OnnxNode node) {
        if (node.has(2)) {
            return node.type(2);
        }
        return node.number("output_dtype", 0) == 0
                ? ElementType.UINT8
                : OnnxElementwise.typeOf(node, "output_dtype", ElementType.UINT8);
    }
}
