package io.github.codnn.format;

import io.github.codnn.format.OnnxInference.Output;
import io.github.codnn.format.OnnxProto.Attribute;
import io.github.codnn.format.OnnxProto.Graph;
import io.github.codnn.format.OnnxProto.Node;
import io.github.codnn.format.OnnxProto.ValueInfo;
import io.github.codnn.format.OnnxProto.Weight;
import io.github.codnn.format.OnnxValue.Weights;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code If}, {@code Loop} and {@code Scan}: one opaque layer each. How often a body runs is known only at run time, so its
 * operations are not counted; its weights are.
 */
final class OnnxControl {

    private final OnnxScope scope;

    OnnxControl(OnnxScope scope) {
        this.scope = scope;
    }

    static boolean isControl(Node node) {
        return bodies(node).findAny().isPresent();
    }

    private static Stream<Graph> bodies(Node node) {
        return node.attributes().values().stream().map(Attribute::graph).flatMap(Stream::ofNullable);
    }

    /** The layer, given a node whose inputs are followed by what its bodies take from around it. */
    OnnxInference infer(OnnxNode node) {
        List<Output> outputs = new ArrayList<>();
        for (int index = 0; index < node.node().outputs().size(); index++) {
            outputs.add(output(node, index));
        }
        return new OnnxInference(new Operator.Other(node.operator()), outputs, 0, weightInputs(node));
    }

    /** Which inputs are weights for an operator of which nothing is known: real constants of more than one number. */
    static List<Integer> weightInputs(OnnxNode node) {
        return IntStream.range(0, node.inputCount())
                .filter(node::has)
                .filter(index -> SmallTensor.holdsReal(node.type(index)))
                .filter(index -> node.shape(index).elements() > 1)
                .boxed()
                .toList();
    }

    private Output output(OnnxNode node, int index) {
        String name = node.node().outputs().get(index);
        Optional<ValueInfo> inner = innerOutput(node, index);
        ElementType type = scope.declaredType(name)
                .or(() -> inner.flatMap(info -> OnnxProto.elementType(info.dataType())))
                .or(() -> carried(node, index).map(OnnxValue::type))
                .orElse(ElementType.FLOAT32);
        TensorShape shape = scope.declaredShape(name)
                .or(() -> inner.flatMap(scope::shape).map(found -> collected(node, index, found)))
                .or(() -> carried(node, index).map(OnnxValue::shape))
                .orElse(null);
        return new Output(type, shape);
    }

    /** What the body declares of the tensor that becomes an output. */
    private static Optional<ValueInfo> innerOutput(OnnxNode node, int index) {
        int lead = node.operator().equals("Loop") ? 1 : 0;
        return bodies(node.node())
                .filter(body -> index + lead < body.outputs().size())
                .map(body -> body.outputs().get(index + lead))
                .filter(info -> info.dimensions() != null)
                .findFirst();
    }

    /** A variable that a loop hands on keeps the type and shape of its first value. */
    private static Optional<OnnxValue> carried(OnnxNode node, int index) {
        int input = node.operator().equals("Loop") ? index + 2 : index;
        return index < carriedCount(node) && node.has(input) ? Optional.of(node.input(input)) : Optional.empty();
    }

    private static int carriedCount(OnnxNode node) {
        int inputs = node.node().inputs().size();
        return switch (node.operator()) {
            case "Loop" -> inputs - 2;
            case "Scan" -> inputs - node.number("num_scan_inputs", 0, 0, Integer.MAX_VALUE);
            default -> 0;
        };
    }

    /** What is gathered over the steps of a loop has one axis more than in the body. */
    private static TensorShape collected(OnnxNode node, int index, TensorShape inner) {
        boolean gathers = node.operator().equals("Loop") || node.operator().equals("Scan");
        if (!gathers || index < carriedCount(node)) {
            return inner;
        }
        if (node.operator().equals("Scan")) {
            OnnxValue scanned = node.input(node.node().inputs().size() - 1);
            return OnnxShapes.joined(OnnxShapes.of(scanned.shape().dimension(0)), inner);
        }
        long trips = node.values(0)
                .filter(count -> count.size() == 1)
                .map(count -> count.whole(0))
                .orElse(1L);
        return OnnxShapes.joined(OnnxShapes.of(trips), inner);
    }

    /** The weights that lie in the bodies of a node. */
    static List<Weights> bodyWeights(Node node) {
        List<Weights> weights = new ArrayList<>();
        bodies(node).forEach(body -> collect(body, weights));
        return weights;
    }

    private static void collect(Graph body, List<Weights> weights) {
        for (Weight weight : body.initializers()) {
            ElementType type = OnnxProto.elementType(weight.dataType()).orElse(ElementType.BOOL);
            TensorShape shape = OnnxShapes.of(weight.dimensions().toArray());
            if (OnnxLayers.isTrainable(type) && shape.elements() > 1) {
                weights.add(Weights.of(weight.name(), type, shape));
            }
        }
        body.nodes().forEach(node -> bodies(node).forEach(inner -> collect(inner, weights)));
    }
}
