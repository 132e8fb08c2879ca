package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import io.github.codnn.onnx.KnownTensor.Weights;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Model;
import io.github.codnn.onnx.ParsedModel.Node;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns nodes into layers, in the order of their dependencies: what depends only on constants becomes a constant
 * itself, everything else a layer whose shapes and costs follow from the rule of its operator.
 */
final class NodeAssembler {

    private final Model model;
    private final TensorScope scope;
    private final Inlining inlining;
    private final NodeLayers layers = new NodeLayers();
    private final List<Layer> made = new ArrayList<>();
    private final IdentityHashMap<Node, List<String>> layersOfNodes = new IdentityHashMap<>();
    private final Map<String, Integer> unknown = new TreeMap<>();
    private final Set<String> notices = new LinkedHashSet<>();
    private final List<Runnable> folded = new ArrayList<>();

    NodeAssembler(Model model, TensorScope scope, Inlining inlining) {
        this.model = model;
        this.scope = scope;
        this.inlining = inlining;
    }

    TensorScope scope() {
        return scope;
    }

    /** An assembler of the nodes in a body, which see the tensors around them. */
    NodeAssembler ofBody() {
        return new NodeAssembler(model, scope.inner(), inlining);
    }

    /** The layers so far, in the order of their dependencies. */
    List<Layer> layers() {
        return made;
    }

    /** The number of layers of each unknown operator. */
    Map<String, Integer> unknown() {
        return unknown;
    }

    Set<String> notices() {
        return notices;
    }

    /** Names the weights that several layers hold, if any. */
    Optional<String> sharedWeights() {
        return layers.notice();
    }

    /** Adds nodes after replacing the calls of functions. */
    void add(List<Node> nodes) {
        List<Node> expanded = new ArrayList<>(nodes.size());
        IdentityHashMap<Node, Node> calls = new IdentityHashMap<>();
        for (Node node : nodes) {
            for (Node inner : inlining.expanded(List.of(node))) {
                expanded.add(inner);
                calls.put(inner, node);
            }
        }
        addAll(expanded, calls);
    }

    /** The names of the layers that each node of the file has become; none for a node that became a constant. */
    IdentityHashMap<Node, List<String>> layersOfNodes() {
        return layersOfNodes;
    }

    private void addAll(List<Node> nodes, IdentityHashMap<Node, Node> calls) {
        List<Node> sorted = NodeOrder.of(nodes);
        scope.addReaders(sorted);
        for (Node node : sorted) {
            int before = made.size();
            try {
                add(node);
                note(calls.getOrDefault(node, node), made.subList(before, made.size()));
            } catch (ImportFailure e) {
                String advice = e.mayBeTooSmall() ? scope.dimensions().advice() : "";
                throw new ImportFailure(place(node) + e.getMessage() + scope.missingFiles(node.inputs()) + advice);
            } catch (IllegalArgumentException e) {
                throw new ImportFailure(place(node) + e.getMessage() + scope.missingFiles(node.inputs()));
            } catch (ArithmeticException e) {
                throw new ImportFailure(place(node) + "a number is too large");
            }
        }
    }

    private void note(Node node, List<Layer> layers) {
        List<String> names = layersOfNodes.computeIfAbsent(node, any -> new ArrayList<>());
        layers.forEach(layer -> names.add(layer.name()));
    }

    private static String place(Node node) {
        String domain = node.domain().isEmpty() ? "" : " of domain '" + node.domain() + "'";
        return "node '" + node.label() + "' (" + node.operator() + domain + "): ";
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
                addAll(branch.nodes(), new IdentityHashMap<>());
                return;
            }
        }
        if (ControlFlowRules.hasBody(node)) {
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
        boolean greatest = inference.greatest() || scope.hasGreatest(node.node().inputs());
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
            List<TensorShape> elements = inference.outputs().get(index).elements();
            if (greatest) {
                tensor = withinGreatest(node, inference, tensor);
            }
            if (constant) {
                Weights weights = ConstantFolding.weights(node, tensor, scope.isReadOnce(node.node()));
                SmallTensor values = ConstantFolding.value(node, inference, index);
                scope.put(new KnownTensor(tensor.name(), tensor.type(), tensor.shape(), weights, values, elements));
            } else {
                scope.put(KnownTensor.flowing(tensor).withElements(elements));
                outputs.add(tensor);
            }
        }
        if (!constant) {
            made.add(layers.layer(node, inference, outputs));
        } else if (scope.delivers(names)) {
            folded.add(() -> unfold(node, inference));
        }
    }

    /** Makes layers of the constants that the graph delivers, for a graph that has no other layers. */
    void unfold() {
        folded.forEach(Runnable::run);
    }

    private void unfold(ResolvedNode node, Inference inference) {
        List<Tensor> outputs = new ArrayList<>();
        for (String name : node.node().outputs()) {
            KnownTensor value = scope.get(name);
            if (value != null) {
                scope.put(KnownTensor.flowing(value.tensor()));
                outputs.add(value.tensor());
            }
        }
        Layer layer = layers.layer(node, inference, outputs);
        made.add(layer);
        note(node.node(), List.of(layer));
    }

    /** Where data decide on a shape, one that the file fixes is better than the greatest, if it is no greater. */
    private Tensor withinGreatest(ResolvedNode node, Inference inference, Tensor tensor) {
        boolean isAssumed = scope.hasAssumed(node.node().inputs());
        Optional<TensorShape> fixed = scope.fixedShape(tensor.name())
                .filter(shape -> shape.rank() == tensor.shape().rank())
                .filter(shape -> isAssumed || shape.elements() <= tensor.shape().elements());
        if (fixed.isPresent()) {
            return new Tensor(tensor.name(), fixed.get(), tensor.type());
        }
        if (isAssumed) {
            scope.markAssumed(List.of(tensor.name()));
        } else {
            scope.markGreatest(tensor.name());
        }
        if (inference.greatest()) {
            notices.add("How much node '" + node.node().label() + "' (" + node.operator()
                    + ") outputs depends on the data; the greatest possible length is taken.");
        }
        return tensor;
    }

    private Inference infer(ResolvedNode node) {
        if (ControlFlowRules.isControl(node.node())) {
            return new ControlFlowRules(this).infer(node);
        }
        Optional<Rule> rule = ShapeRules.of(node.node().domain(), node.operator());
        if (rule.isEmpty()) {
            unknown.merge(node.operator(), 1, Integer::sum);
            return declared(node, new Operator.Other(node.operator()));
        }
        SequenceRules.check(node);
        try {
            return rule.get().infer(node);
        } catch (UnknownShape e) {
            Inference declared = declared(node, new Operator.DataMovement(node.operator()));
            if (declared.outputs().get(0).shape() != null) {
                return declared;
            }
            Inference open = OpenShapes.of(node, scope.dimensions())
                    .orElseThrow(() -> new ImportFailure(String.valueOf(e.getMessage())));
            scope.markAssumed(node.node().outputs());
            return open;
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
            throw new ImportFailure(UnknownOperators.shapeMessage(node.node(), name));
        }
        return new Tensor(name, shape, output.type());
    }
}
