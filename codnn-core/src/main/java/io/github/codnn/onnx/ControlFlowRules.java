package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.KnownTensor.Weights;
import io.github.codnn.onnx.ParsedModel.Attribute;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code If}, {@code Loop} and {@code Scan}: one opaque layer each. How often a body runs is known only at run time, so
 * its operations are not counted; its weights are.
 */
final class ControlFlowRules {

    private final TensorScope scope;

    ControlFlowRules(TensorScope scope) {
        this.scope = scope;
    }

    static boolean isControl(Node node) {
        return bodies(node).findAny().isPresent();
    }

    private static Stream<Graph> bodies(Node node) {
        return node.attributes().values().stream().map(Attribute::graph).flatMap(Stream::ofNullable);
    }

    /** The layer, given a node whose inputs are followed by what its bodies take from around it. */
    Inference infer(ResolvedNode node) {
        List<Output> outputs = new ArrayList<>();
        for (int index = 0; index < node.node().outputs().size(); index++) {
            outputs.add(output(node, index));
        }
        return new Inference(new Operator.Other(node.operator()), outputs, 0, weightInputs(node));
    }

    /** Which inputs are weights for an operator of which nothing is known: real constants of more than one number. */
    static List<Integer> weightInputs(ResolvedNode node) {
        return IntStream.range(0, node.inputCount())
                .filter(node::has)
                .filter(index -> SmallTensor.holdsReal(node.type(index)))
                .filter(index -> node.shape(index).elements() > 1)
                .boxed()
                .toList();
    }

    private Output output(ResolvedNode node, int index) {
        String name = node.node().outputs().get(index);
        Optional<ValueInfo> inner = innerOutput(node, index);
        ElementType type = scope.declaredType(name)
                .or(() -> inner.flatMap(info -> ParsedModel.elementType(info.dataType())))
                .or(() -> carried(node, index).map(KnownTensor::type))
                .orElse(ElementType.FLOAT32);
        TensorShape shape = scope.declaredShape(name)
                .or(() -> inner.flatMap(scope::shape).map(found -> collected(node, index, found)))
                .or(() -> carried(node, index).map(KnownTensor::shape))
                .orElse(null);
        return new Output(type, shape);
    }

    /** What the body declares of the tensor that becomes an output. */
    private static Optional<ValueInfo> innerOutput(ResolvedNode node, int index) {
        int lead = node.operator().equals("Loop") ? 1 : 0;
        return bodies(node.node())
                .filter(body -> index + lead < body.outputs().size())
                .map(body -> body.outputs().get(index + lead))
                .filter(info -> info.dimensions() != null)
                .findFirst();
    }

    /** A variable that a loop hands on keeps the type and shape of its first value. */
    private static Optional<KnownTensor> carried(ResolvedNode node, int index) {
        int input = node.operator().equals("Loop") ? index + 2 : index;
        return index < carriedCount(node) && node.has(input) ? Optional.of(node.input(input)) : Optional.empty();
    }

    private static int carriedCount(ResolvedNode node) {
        int inputs = node.node().inputs().size();
        return switch (node.operator()) {
            case "Loop" -> inputs - 2;
            case "Scan" -> inputs - node.number("num_scan_inputs", 0, 0, Integer.MAX_VALUE);
            default -> 0;
        };
    }

    /** What is gathered over the steps of a loop has one axis more than in the body. */
    private static TensorShape collected(ResolvedNode node, int index, TensorShape inner) {
        boolean gathers = node.operator().equals("Loop") || node.operator().equals("Scan");
        if (!gathers || index < carriedCount(node)) {
            return inner;
        }
        if (node.operator().equals("Scan")) {
            KnownTensor scanned = node.input(node.node().inputs().size() - 1);
            return ShapeArithmetic.joined(ShapeArithmetic.of(scanned.shape().dimension(0)), inner);
        }
        long trips = node.values(0)
                .filter(count -> count.size() == 1)
                .map(count -> count.whole(0))
                .orElse(1L);
        return ShapeArithmetic.joined(ShapeArithmetic.of(trips), inner);
    }

    /** The weights that lie in the bodies of a node. */
    static List<Weights> bodyWeights(Node node) {
        List<Weights> weights = new ArrayList<>();
        bodies(node).forEach(body -> collect(body, weights));
        return weights;
    }

    private static void collect(Graph body, List<Weights> weights) {
        for (Weight weight : body.initializers()) {
            ElementType type = ParsedModel.elementType(weight.dataType()).orElse(ElementType.BOOL);
            TensorShape shape = ShapeArithmetic.of(weight.dimensions().toArray());
            if (NodeLayers.isTrainable(type) && shape.elements() > 1) {
                weights.add(Weights.of(weight.name(), type, shape));
            }
        }
        body.nodes().forEach(node -> bodies(node).forEach(inner -> collect(inner, weights)));
    }
}
