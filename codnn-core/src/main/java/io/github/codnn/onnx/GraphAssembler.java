package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import io.github.codnn.onnx.KnownTensor.Weights;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Model;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
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
final class GraphAssembler {

    private static final long LAST_OPSET = 22;

    private final Model model;
    private final OpenDimensions dimensions;
    private final TensorScope scope;
    private final Inlining inlining;
    private final NodeLayers layers = new NodeLayers();
    private final LayerGraph.Builder builder;
    private final Map<String, Integer> unknown = new TreeMap<>();
    private final Set<String> notices = new LinkedHashSet<>();

    GraphAssembler(Model model, String name, OpenDimensions dimensions, ExternalData external) {
        this.model = model;
        this.dimensions = dimensions;
        this.scope = new TensorScope(dimensions, external);
        this.inlining = new Inlining(model.functions());
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
        List<Node> sorted = NodeOrder.of(nodes);
        scope.addReaders(sorted);
        for (Node node : sorted) {
            try {
                add(node);
            } catch (ImportFailure | IllegalArgumentException e) {
                throw new ImportFailure("node '" + node.label() + "' (" + node.operator() + "): " + e.getMessage());
            } catch (ArithmeticException e) {
                throw new ImportFailure("node '" + node.label() + "' (" + node.operator() + "): a number is too large");
            }
        }
    }

    private void add(Node node) {
        if (node.outputs().stream().allMatch(String::isEmpty)) {
            throw new ImportFailure("it delivers nothing");
        }
        List<@Nullable KnownTensor> inputs = scope.known(node.inputs());
        if (node.operator().equals("If") && node.domain().isEmpty()) {
            KnownTensor condition = inputs.isEmpty() ? null : inputs.get(0);
            SmallTensor known = condition == null ? null : condition.values();
            if (known != null && known.size() == 1) {
                Graph branch = inlining.branch(node, known.whole(0) != 0);
                scope.declare(branch);
                addAll(branch.nodes());
                return;
            }
        }
        if (ControlFlowRules.isControl(node)) {
            Set<String> captured = new LinkedHashSet<>(NodeOrder.reads(node));
            captured.removeAll(node.inputs());
            inputs.addAll(scope.known(captured));
        }
        add(new ResolvedNode(node, opset(node.domain()), inputs));
    }

    private long opset(String domain) {
        return model.opsets().getOrDefault(domain, 1L);
    }

    private void add(ResolvedNode node) {
        Inference inference = infer(node);
        boolean constant = ConstantFolding.isConstant(node);
        SmallTensor folded = constant ? ConstantFolding.value(node, inference) : null;
        List<Tensor> outputs = new ArrayList<>();
        List<String> names = node.node().outputs();
        for (int index = 0; index < names.size(); index++) {
            // An output that may be left out and that nothing reads is not computed either.
            if (names.get(index).isEmpty() || (index > 0 && !scope.isRead(names.get(index)))) {
                continue;
            }
            if (scope.knows(names.get(index))) {
                throw new ImportFailure("it writes '" + names.get(index) + "', which is an input or weight already");
            }
            Tensor tensor = output(node, inference, index);
            if (constant) {
                Weights weights = ConstantFolding.weights(node, tensor);
                SmallTensor values = index == 0 ? folded : null;
                scope.put(new KnownTensor(tensor.name(), tensor.type(), tensor.shape(), weights, values));
            } else {
                scope.put(KnownTensor.flowing(tensor));
                outputs.add(tensor);
            }
        }
        if (!constant) {
            builder.add(layers.layer(node, inference, outputs));
        }
    }

    private Inference infer(ResolvedNode node) {
        if (ControlFlowRules.isControl(node.node())) {
            notices.add("Node '" + node.node().label() + "' (" + node.operator()
                    + ") is kept as one layer; what happens in its body is not counted.");
            return new ControlFlowRules(scope).infer(node);
        }
        Optional<Rule> rule = ShapeRules.of(node.node().domain(), node.operator());
        if (rule.isEmpty()) {
            unknown.merge(node.operator(), 1, Integer::sum);
            return declared(node, new Operator.Other(node.operator()));
        }
        if (DataDependentRules.OPERATORS.contains(node.operator())) {
            notices.add("How much node '" + node.node().label() + "' (" + node.operator()
                    + ") delivers depends on the data; the greatest possible length is taken.");
        }
        try {
            return rule.get().infer(node);
        } catch (UnknownShape e) {
            Inference declared = declared(node, new Operator.DataMovement(node.operator()));
            if (declared.outputs().get(0).shape() == null) {
                throw new ImportFailure(String.valueOf(e.getMessage()));
            }
            return declared;
        }
    }

    /** What the file says of a node's outputs, for want of anything better. */
    private Inference declared(ResolvedNode node, Operator operator) {
        List<Output> outputs = new ArrayList<>();
        for (String name : node.node().outputs()) {
            ElementType type =
                    scope.declaredType(name).orElseGet(() -> node.has(0) ? node.type(0) : ElementType.FLOAT32);
            outputs.add(new Output(type, scope.declaredShape(name).orElse(null)));
        }
        return new Inference(operator, outputs, 0, ControlFlowRules.weightInputs(node));
    }

    private Tensor output(ResolvedNode node, Inference inference, int index) {
        String name = node.node().outputs().get(index);
        if (index >= inference.outputs().size()) {
            throw new ImportFailure("it has more outputs than its operator, among them '" + name + "'");
        }
        Output output = inference.outputs().get(index);
        TensorShape shape = output.shape();
        if (shape == null) {
            throw new ImportFailure("the shape of its output '" + name
                    + "' is not known. Maybe run shape inference on the file first.");
        }
        return new Tensor(name, shape, output.type());
    }

    private void deliver(ValueInfo info) {
        KnownTensor value = scope.get(info.name());
        if (value == null) {
            throw new ImportFailure("it is to deliver tensor '" + info.name() + "', which nothing writes");
        }
        if (value.isConstant()) {
            notices.add("Output '" + info.name() + "' does not depend on any input and is left out.");
        } else {
            builder.output(info.name());
        }
    }
}
