package io.github.codnn.format;

import io.github.codnn.format.OnnxInference.Output;
import io.github.codnn.format.OnnxInference.Rule;
import io.github.codnn.format.OnnxProto.Graph;
import io.github.codnn.format.OnnxProto.Model;
import io.github.codnn.format.OnnxProto.Node;
import io.github.codnn.format.OnnxProto.ValueInfo;
import io.github.codnn.format.OnnxProto.Weight;
import io.github.codnn.format.OnnxValue.Weights;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    private final Model model;
    private final OnnxDimensions dimensions;
    private final Map<String, ValueInfo> declared = new HashMap<>();
    private final Map<String, OnnxValue> values = new HashMap<>();
    private final Set<String> read = new HashSet<>();
    private final Set<String> layerNames = new HashSet<>();
    private final Map<String, String> holders = new LinkedHashMap<>();
    private final Map<String, Integer> unknown = new TreeMap<>();
    private final List<String> notices = new ArrayList<>();

    OnnxAssembler(Model model, OnnxDimensions dimensions) {
        this.model = model;
        this.dimensions = dimensions;
    }

    ImportedModel assemble(String name) {
        Graph graph = model.graph();
        LayerGraph.Builder builder = LayerGraph.builder(graph.name().isBlank() ? name : graph.name());
        graph.values().forEach(info -> declared.put(info.name(), info));
        graph.outputs().forEach(info -> declared.put(info.name(), info));
        graph.initializers().forEach(this::initializer);
        graph.inputs().stream()
                .filter(info -> !values.containsKey(info.name()))
                .forEach(info -> builder.input(input(info)));
        List<Node> nodes = OnnxOrder.of(graph.nodes());
        nodes.forEach(node -> read.addAll(OnnxOrder.reads(node)));
        graph.outputs().forEach(info -> read.add(info.name()));
        for (Node node : nodes) {
            at(node, () -> add(node, builder));
        }
        deliver(graph, builder);
        dimensions.checkAllUsed();
        dimensions.notice().ifPresent(notices::add);
        return new ImportedModel(builder.build(), unknown, notices);
    }

    /** Runs something about a node, and names the node if it fails. */
    private static void at(Node node, Runnable work) {
        try {
            work.run();
        } catch (OnnxProblem | OnnxUnknownShape | IllegalArgumentException | ArithmeticException e) {
            throw new OnnxProblem("node '" + node.label() + "' (" + node.operator() + "): " + e.getMessage());
        }
    }

    private void initializer(Weight weight) {
        Optional<ElementType> type = OnnxProto.elementType(weight.dataType());
        if (type.isPresent()) {
            TensorShape shape = OnnxShapes.of(weight.dimensions().toArray());
            values.put(weight.name(), OnnxValue.constant(weight.name(), type.get(), shape, weight.values()));
        }
    }

    private Tensor input(ValueInfo info) {
        ElementType type = OnnxProto.elementType(info.dataType())
                .orElseThrow(() -> new OnnxProblem("input '" + info.name() + "' is not a tensor of numbers"));
        TensorShape shape =
                dimensions.shape(info).orElseThrow(() -> new OnnxProblem("input '" + info.name() + "' has no shape"));
        Tensor tensor = new Tensor(info.name(), shape, type);
        values.put(info.name(), OnnxValue.flowing(tensor));
        return tensor;
    }

    private void add(Node node, LayerGraph.Builder builder) {
        OnnxNode known = new OnnxNode(node, opset(node.domain()), inputs(node));
        OnnxInference inference = infer(known);
        boolean constant = isConstant(known);
        SmallTensor folded = constant ? OnnxFolding.value(known, inference) : null;
        List<Tensor> outputs = new ArrayList<>();
        for (int index = 0; index < node.outputs().size(); index++) {
            String name = node.outputs().get(index);
            if (name.isEmpty() || (index > 0 && !read.contains(name))) {
                continue;
            }
            Output output = output(known, inference, index);
            Tensor tensor = new Tensor(name, shape(output, name), output.type());
            if (constant) {
                SmallTensor small = index == 0 ? folded : null;
                values.put(
                        name,
                        new OnnxValue(
                                name,
                                tensor.type(),
                                tensor.shape(),
                                Weights.of(name, tensor.type(), tensor.shape()),
                                small));
            } else {
                values.put(name, OnnxValue.flowing(tensor));
                outputs.add(tensor);
            }
        }
        if (!constant) {
            builder.add(layer(known, inference, outputs));
        }
    }

    private long opset(String domain) {
        return model.opsets().getOrDefault(domain, 1L);
    }

    private List<@Nullable OnnxValue> inputs(Node node) {
        List<@Nullable OnnxValue> inputs = new ArrayList<>(node.inputs().size());
        for (String name : node.inputs()) {
            OnnxValue value = values.get(name);
            if (value == null && !name.isEmpty()) {
                throw new OnnxProblem("it reads tensor '" + name + "', which nothing writes");
            }
            inputs.add(value);
        }
        return inputs;
    }

    private OnnxInference infer(OnnxNode node) {
        Optional<Rule> rule = OnnxRules.of(node.node().domain(), node.operator());
        if (rule.isEmpty()) {
            unknown.merge(node.operator(), 1, Integer::sum);
            return new OnnxInference(new Operator.Other(node.operator()), List.of(), 0, List.of());
        }
        return rule.get().infer(node);
    }

    private static boolean isConstant(OnnxNode node) {
        if (OnnxGenerators.RANDOM.contains(node.operator())) {
            return false;
        }
        if (node.operator().equals("Shape") || node.operator().equals("Size")) {
            return true;
        }
        for (int index = 0; index < node.inputCount(); index++) {
            if (node.has(index) && !node.isConstant(index)) {
                return false;
            }
        }
        return true;
    }

    private Output output(OnnxNode node, OnnxInference inference, int index) {
        if (index < inference.outputs().size()) {
            return inference.outputs().get(index);
        }
        if (!(inference.operator() instanceof Operator.Other)) {
            throw new OnnxProblem("it has more outputs than its operator, among them '"
                    + node.node().outputs().get(index) + "'");
        }
        ValueInfo info = declared.get(node.node().outputs().get(index));
        ElementType type = info == null
                ? ElementType.FLOAT32
                : OnnxProto.elementType(info.dataType()).orElse(ElementType.FLOAT32);
        return new Output(type, null);
    }

    private TensorShape shape(Output output, String name) {
        Optional<TensorShape> known = Optional.ofNullable(output.shape());
        return known.or(() -> Optional.ofNullable(declared.get(name)).flatMap(dimensions::shape))
                .orElseThrow(() -> new OnnxProblem("the shape of its output '" + name
                        + "' is not known. Maybe run shape inference on the file first."));
    }

    private Layer layer(OnnxNode node, OnnxInference inference, List<Tensor> outputs) {
        String name = layerName(node.node());
        Set<Tensor> inputs = new LinkedHashSet<>();
        for (int index = 0; index < node.inputCount(); index++) {
            if (node.has(index) && !node.isConstant(index)) {
                inputs.add(node.input(index).tensor());
            }
        }
        long count = 0;
        long bytes = 0;
        for (int index : inference.trained()) {
            Weights weights = node.has(index) ? node.input(index).weights() : null;
            if (weights != null && isTrainable(node.type(index))) {
                count = Math.addExact(count, weights.count());
                bytes = Math.addExact(bytes, weights.bytes());
                holders.putIfAbsent(weights.origin(), name);
            }
        }
        return new Layer(name, inference.operator(), List.copyOf(inputs), outputs, count, bytes, inference.macs());
    }

    private static boolean isTrainable(ElementType type) {
        return type != ElementType.INT64 && type != ElementType.BOOL;
    }

    private String layerName(Node node) {
        String name = node.label();
        if (layerNames.add(name)) {
            return name;
        }
        int number = 2;
        while (!layerNames.add(name + "#" + number)) {
            number++;
        }
        return name + "#" + number;
    }

    private void deliver(Graph graph, LayerGraph.Builder builder) {
        for (ValueInfo info : graph.outputs()) {
            OnnxValue value = values.get(info.name());
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
}
