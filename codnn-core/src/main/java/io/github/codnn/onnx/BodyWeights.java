package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.KnownTensor.Weights;
import io.github.codnn.onnx.ParsedModel.Attribute;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.util.ArrayList;
import java.util.List;

/** What a layer with bodies holds: the initialisers and constants inside them, at any depth. */
final class BodyWeights {

    private BodyWeights() {}

    /** The weights that lie in the bodies of a node. */
    static List<Weights> of(Node node) {
        List<Weights> weights = new ArrayList<>();
        ControlFlowRules.bodies(node).forEach(body -> collect(body, weights));
        return weights;
    }

    private static void collect(Graph body, List<Weights> weights) {
        for (Weight weight : body.initializers()) {
            add(weight.name(), weight, weights);
        }
        for (Node node : body.nodes()) {
            Attribute constant =
                    node.operator().equals("Constant") ? node.attributes().get("value") : null;
            Weight value = constant == null ? null : constant.tensor();
            if (value != null) {
                add(node.label(), value, weights);
            }
            ControlFlowRules.bodies(node).forEach(inner -> collect(inner, weights));
        }
    }

    private static void add(String name, Weight weight, List<Weights> weights) {
        ElementType type = ParsedModel.elementType(weight.dataType()).orElse(ElementType.BOOL);
        TensorShape shape = ShapeArithmetic.of(weight.dimensions().toArray());
        if (NodeLayers.isTrainable(type) && shape.elements() > 1) {
            weights.add(Weights.of(name, type, shape));
        }
    }
}
