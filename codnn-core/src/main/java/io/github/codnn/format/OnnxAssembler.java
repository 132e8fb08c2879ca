package io.github.codnn.format;

import io.github.codnn.format.OnnxInference.Output;
import io.github.codnn.format.OnnxInference.Rule;
import io.github.codnn.format.OnnxProto.Graph;
import io.github.codnn.format.OnnxProto.Model;
import io.github.codnn.format.OnnxProto.Node;
import io.github.codnn.format.OnnxProto.ValueInfo;
import io.github.codnn.format.OnnxValue.Weights;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link LayerGraph} together from the nodes of a file, in the order of their dependencies: what hangs only on
 * constants becomes a constant itself, everything else a layer whose shapes and costs its operator's rule gives.
 */
final class OnnxAssembler {

    private static final long LAST_OPSET = 22;

    private final Model model;
    private final OnnxDimensions dimensions;
    private final OnnxScope scope;
    private final OnnxInlining inlining;
    private final OnnxLayers layers = new OnnxLayers();
    private final LayerGraph.Builder builder;
    private final Map<String, Integer> unknown = new TreeMap<>();
    private final Set<String> notices = new LinkedHashSet<>();

    OnnxAssembler(Model model, String name, OnnxDimensions dimensions, OnnxExternalData external) {
        this.model = model;
        this.dimensions = dimensions;
        this.scope = new OnnxScope(dimensions, external);
        this.inlining = new OnnxInlining(model.functions());
        this.builder = LayerGraph.builder(
                model.graph().name().isBlank() ? name : model.graph().name());
    }

    ImportedModel assemble() {
        Graph graph = model.graph();
        scope.declare(graph);
        graph.inputs().stream()
                .filter(info -> !scope.knows(info.name()))
                .forEach(info -> builder.input(scope.input(info)));
        addAll(inlining.expanded(graph.nodes()));
        graph.outputs().forEach(this::deliver);
        dimensions.checkAllUsed();
        if (opset("") > LAST_OPSET) {
            notices.add("Operator set " + opset("") + " is newer than " + LAST_OPSET + ", the last one known here.");
        }
        dimensions.notice().ifPresent(notices::add);
        scope.notice().ifPresent(notices::add);
        layers.notice().ifPresent(notices::add);
        return new ImportedModel(builder.build(), unknown, new ArrayList<>(notices));
    }

    private void addAll(List<Node> nodes) {
        List<Node> sorted = OnnxOrder.of(nodes);
        scope.addReaders(sorted);
        for (Node node : sorted) {
            try {
                add(node);
            } catch (OnnxProblem | IllegalArgumentException e) {
                throw new OnnxProblem("node '" + node.label() + "' (" + node.operator() + "): " + e.getMessage());
            } catch (ArithmeticException e) {
                throw new OnnxProblem("node '" + node.label() + "' (" + node.operator() + "): a number is too large");
            }
        }
    }

    private void add(Node node) {
        if (node.outputs().stream().allMatch(String::isEmpty)) {
            throw new OnnxProblem("it delivers nothing");
        }
        List<@Nullable OnnxValue> inputs = scope.known(node.inputs());
        if (node.operator().equals("If") && node.domain().isEmpty()) {
            OnnxValue condition = inputs.isEmpty() ? null : inputs.get(0);
            SmallTensor known = condition == null ? null : condition.values();
            if (known != null && known.size() == 1) {
                Graph branch = inlining.branch(node, known.whole(0) != 0);
                scope.declare(branch);
                addAll(branch.nodes());
                return;
            }
        }
        if (OnnxControl.isControl(node)) {
            Set<String> captured = new LinkedHashSet<>(OnnxOrder.reads(node));
            captured.removeAll(node.inputs());
            inputs.addAll(scope.known(captured));
        }
        add(new OnnxNode(node, opset(node.domain()), inputs));
    }

    private long opset(String domain) {
        return model.opsets().getOrDefault(domain, 1L);
    }

    private void add(OnnxNode node) {
        OnnxInference inference = infer(node);
        boolean constant = OnnxFolding.isConstant(node);
        SmallTensor folded = constant ? OnnxFolding.value(node, inference) : null;
        List<Tensor> outputs = new ArrayList<>();
        List<String> names = node.node().outputs();
        for (int index = 0; index < names.size(); index++) {
            // An output that may be left out and that nothing reads is not computed either.
            if (names.get(index).isEmpty() || (index > 0 && !scope.isRead(names.get(index)))) {
                continue;
            }
            if (scope.knows(names.get(index))) {
                throw new OnnxProblem("it writes '" + names.get(index) + "', which is an input or weight already");
            }
            Tensor tensor = output(node, inference, index);
            if (constant) {
                Weights weights = OnnxFolding.weights(node, tensor);
                SmallTensor values = index == 0 ? folded : null;
                scope.put(new OnnxValue(tensor.name(), tensor.type(), tensor.shape(), weights, values));
            } else {
                scope.put(OnnxValue.flowing(tensor));
                outputs.add(tensor);
            }
        }
        if (!constant) {
            builder.add(layers.layer(node, inference, outputs));
        }
    }

    private OnnxInference infer(OnnxNode node) {
        if (OnnxControl.isControl(node.node())) {
            notices.add("Node '" + node.node().label() + "' (" + node.operator()
                    + ") is kept as one layer; what happens in its body is not counted.");
            return new OnnxControl(scope).infer(node);
        }
        Optional<Rule> rule = OnnxRules.of(node.node().domain(), node.operator());
        if (rule.isEmpty()) {
            unknown.merge(node.operator(), 1, Integer::sum);
            return declared(node, new Operator.Other(node.operator()));
        }
        if (OnnxDataDependent.OPERATORS.contains(node.operator())) {
            notices.add("How much node '" + node.node().label() + "' (" + node.operator()
                    + ") delivers depends on the data; the greatest possible length is taken.");
        }
        try {
            return rule.get().infer(node);
        } catch (OnnxUnknownShape e) {
            OnnxInference declared = declared(node, new Operator.DataMovement(node.operator()));
            if (declared.outputs().get(0).shape() == null) {
                throw new OnnxProblem(String.valueOf(e.getMessage()));
            }
            return declared;
        }
    }

    /** What the file says of a node's outputs, for want of anything better. */
    private OnnxInference declared(OnnxNode node, Operator operator) {
        List<Output> outputs = new ArrayList<>();
        for (String name : node.node().outputs()) {
            ElementType type =
                    scope.declaredType(name).orElseGet(() -> node.has(0) ? node.type(0) : ElementType.FLOAT32);
            outputs.add(new Output(type, scope.declaredShape(name).orElse(null)));
        }
        return new OnnxInference(operator, outputs, 0, OnnxControl.weightInputs(node));
    }

    private Tensor output(OnnxNode node, OnnxInference inference, int index) {
        String name = node.node().outputs().get(index);
        if (index >= inference.outputs().size()) {
            throw new OnnxProblem("it has more outputs than its operator, among them '" + name + "'");
        }
        Output output = inference.outputs().get(index);
        TensorShape shape = output.shape();
        if (shape == null) {
            throw new OnnxProblem("the shape of its output '" + name
                    + "' is not known. Maybe run shape inference on the file first.");
        }
        return new Tensor(name, shape, output.type());
    }

    private void deliver(ValueInfo info) {
        OnnxValue value = scope.get(info.name());
        if (value == null) {
            throw new OnnxProblem("it is to deliver tensor '" + info.name() + "', which nothing writes");
        }
        if (value.isConstant()) {
            notices.add("Output '" + info.name() + "' does not depend on any input and is left out.");
        } else {
            builder.output(info.name());
        }
    }
}
