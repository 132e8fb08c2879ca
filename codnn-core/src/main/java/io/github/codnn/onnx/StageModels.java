package io.github.codnn.onnx;

import io.github.codnn.onnx.ModelIndex.ByteRange;
import io.github.codnn.onnx.ModelIndex.IndexedFunction;
import io.github.codnn.onnx.ModelIndex.IndexedNode;
import io.github.codnn.onnx.ModelIndex.IndexedValue;
import io.github.codnn.onnx.ModelIndex.IndexedWeight;
import io.github.codnn.onnx.ParsedModel.Attribute;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Node;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts together the ONNX model of each stage from runs of bytes of the whole model. */
final class StageModels {

    private final Path file;
    private final ModelIndex index;
    private final SplitGraph graph;
    private final StageParts parts;
    private final CrossingTensors tensors;
    private final StageWeights weights;
    private final Map<String, IndexedFunction> functions = new HashMap<>();
    private final List<IndexedValue> overridable = new ArrayList<>(); // weights that are optional inputs

    /** The model of a stage and the values of its weights that lie in a file of their own, if any. */
    record Content(StageBytes model, StageBytes data) {}

    StageModels(
            Path file,
            ModelIndex index,
            SplitGraph graph,
            StageParts parts,
            CrossingTensors tensors,
            ExternalData external) {
        this.file = file;
        this.index = index;
        this.graph = graph;
        this.parts = parts;
        this.tensors = tensors;
        this.weights = new StageWeights(file, external);
        index.functions().forEach(each -> functions.put(key(each.function()), each));
        index.inputs().stream()
                .filter(input -> graph.weights().containsKey(input.info().name()))
                .forEach(overridable::add);
    }

    /**
     * Puts together a stage.
     *
     * @param dataFile the name of the file for values of weights; they go there if that is asked for, or if the model
     *     would be larger than a protobuf message can be
     */
    Content stage(int stage, String dataFile, boolean externalData) {
        if (!externalData) {
            Content inline = content(stage, Optional.empty());
            if (inline.model().size() <= Integer.MAX_VALUE) {
                return inline;
            }
        }
        Content external = content(stage, Optional.of(dataFile));
        if (external.model().size() > Integer.MAX_VALUE) {
            throw new ImportFailure("stage " + (stage + 1) + " has more than 2 GB besides values of weights that can "
                    + "lie in a file of their own");
        }
        return external;
    }

    /** ModelProto: graph 7, functions 25. */
    private Content content(int stage, Optional<String> dataFile) {
        StageBytes model = new StageBytes();
        StageBytes data = new StageBytes();
        index.header().forEach(field -> model.copy(file, field));
        model.message(7, graph(stage, dataFile, data));
        usedFunctions(stage).forEach(field -> model.copy(file, field));
        return new Content(model, data);
    }

    /** GraphProto: node 1, initializer 5, input 11, output 12, value_info 13, quantization_annotation 14. */
    private StageBytes graph(int stage, Optional<String> dataFile, StageBytes data) {
        StageBytes bytes = new StageBytes();
        StageParts.Part part = parts.part(stage);
        part.nodes().forEach(node -> bytes.copy(file, graph.node(node).field()));
        index.graphHeader().forEach(field -> bytes.copy(file, field));
        for (IndexedWeight weight : index.weights()) {
            if (part.weights().contains(weight.weight().name())) {
                if (dataFile.isPresent()) {
                    weights.addExternal(weight, bytes, dataFile.get(), data);
                } else {
                    weights.addInline(weight, bytes);
                }
            }
        }
        parts.inputs(stage).forEach(tensor -> addEnd(11, tensor, bytes));
        overridable.stream()
                .filter(value -> part.weights().contains(value.info().name()))
                .forEach(value -> bytes.copy(file, value.field()));
        parts.outputs(stage).forEach(tensor -> addEnd(12, tensor, bytes));
        addInner(stage, bytes);
        return bytes;
    }

    /** Appends an input or output of the stage: as the model declares it, if it is one of the model, too. */
    private void addEnd(int field, String tensor, StageBytes bytes) {
        Map<String, IndexedValue> same = field == 11 ? graph.inputs() : graph.outputs();
        IndexedValue declared = same.get(tensor);
        if (declared == null) {
            bytes.message(field, CrossingTensors.valueInfo(tensors.tensor(tensor)));
        } else {
            bytes.copy(file, declared.field());
        }
    }

    private void addInner(int stage, StageBytes bytes) {
        Set<String> inner = new HashSet<>();
        parts.part(stage)
                .nodes()
                .forEach(node -> inner.addAll(graph.node(node).node().outputs()));
        inner.remove("");
        parts.outputs(stage).forEach(inner::remove);
        index.values().stream()
                .filter(value -> inner.contains(value.info().name()))
                .forEach(value -> bytes.copy(file, value.field()));
        inner.addAll(parts.outputs(stage));
        inner.addAll(parts.inputs(stage));
        inner.addAll(parts.part(stage).weights());
        index.annotations().stream()
                .filter(annotation -> inner.contains(annotation.tensor()))
                .forEach(annotation -> bytes.copy(file, annotation.field()));
    }

    /** The functions that a stage calls, directly or not, in the order of the file. */
    private List<ByteRange> usedFunctions(int stage) {
        Set<String> used = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>();
        parts.part(stage).nodes().stream()
                .map(graph::node)
                .map(IndexedNode::node)
                .forEach(open::add);
        while (!open.isEmpty()) {
            Node node = open.removeFirst();
            for (Attribute attribute : node.attributes().values()) {
                checkInner(node, attribute);
                Graph body = attribute.graph();
                if (body != null) {
                    open.addAll(body.nodes());
                }
            }
            IndexedFunction function = functions.get(key(node));
            if (function != null && used.add(key(node))) {
                checkDefaults(node, function.function().defaults().values());
                open.addAll(function.function().nodes());
            }
        }
        List<ByteRange> fields = new ArrayList<>();
        for (IndexedFunction function : index.functions()) {
            if (used.contains(key(function.function()))) {
                fields.add(function.field());
            }
        }
        return fields;
    }

    private static void checkDefaults(Node node, Collection<Attribute> defaults) {
        defaults.forEach(attribute -> checkInner(node, attribute));
    }

    private static void checkInner(Node node, Attribute attribute) {
        Graph body = attribute.graph();
        boolean external = attribute.tensor() != null && attribute.tensor().external() != null;
        if (external || (body != null && body.initializers().stream().anyMatch(weight -> weight.external() != null))) {
            throw new ImportFailure("node '" + node.label() + "' (" + node.operator()
                    + ") holds a tensor whose values are in another file. Only weights of the main graph can have "
                    + "external data. Maybe store the model in one file first.");
        }
    }

    private static String key(Node node) {
        return node.domain() + ":" + node.operator() + ":" + node.overload();
    }

    private static String key(ParsedModel.Function function) {
        return function.domain() + ":" + function.name() + ":" + function.overload();
    }
}
