package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.internal.Checks;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Model;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Assembles a {@link LayerGraph} from the main graph of a file. */
final class GraphAssembler {

    private static final long LAST_OPSET = 27;

    private final Model model;
    private final ImportSettings settings;
    private final OpenDimensions dimensions;
    private final TensorScope scope;
    private final NodeAssembler nodes;
    private final LayerGraph.Builder builder;
    private final Set<String> notices = new LinkedHashSet<>();

    GraphAssembler(Model model, String name, ImportSettings settings, ExternalData external) {
        this.model = model;
        this.settings = settings;
        this.dimensions = new OpenDimensions(settings);
        this.scope = new TensorScope(dimensions, external);
        this.nodes = new NodeAssembler(model, scope, new Inlining(model.functions()));
        this.builder = LayerGraph.builder(
                model.graph().name().isBlank() ? name : model.graph().name());
    }

    ImportedModel assemble() {
        Graph graph = model.graph();
        List<ValueInfo> inputs = graph.inputs();
        inputs.forEach(dimensions::mention);
        scope.declare(graph);
        List<ValueInfo> flowing =
                inputs.stream().filter(info -> !scope.knows(info.name())).toList();
        checkNames(settings.inputShapes().keySet(), flowing);
        checkNames(settings.inputValues().keySet(), flowing);
        settings.inputShapes()
                .forEach((name, shape) -> flowing.stream()
                        .filter(info -> info.name().equals(name))
                        .forEach(info -> InputBinding.learn(dimensions, info, shape)));
        flowing.forEach(this::addInput);
        nodes.add(graph.nodes());
        if (nodes.layers().isEmpty()) {
            nodes.unfold();
        }
        nodes.layers().forEach(builder::add);
        graph.outputs().forEach(this::deliver);
        dimensions.checkAllUsed();
        return model();
    }

    /** The names of the layers that each node has become, once assembled; none for a node that became a constant. */
    IdentityHashMap<Node, List<String>> layersOfNodes() {
        return nodes.layersOfNodes();
    }

    /** What was found out about the tensors of the main graph, once assembled. */
    TensorScope scope() {
        return scope;
    }

    private ImportedModel model() {
        long opset = model.opsets().getOrDefault("", 1L);
        if (opset > LAST_OPSET) {
            notices.add("Operator set " + opset + " is newer than " + LAST_OPSET + ", the last one known here.");
        }
        if (nodes.layers().stream().anyMatch(GraphAssembler::deliversText)) {
            notices.add("Texts are counted with 32 bytes each; their true size depends on the data.");
        }
        List<String> all = new ArrayList<>(nodes.notices());
        all.addAll(notices);
        dimensions.notice().ifPresent(all::add);
        scope.notice().ifPresent(all::add);
        nodes.sharedWeights().ifPresent(all::add);
        return new ImportedModel(builder.build(), nodes.unknown(), dimensions.all(), all);
    }

    private static boolean deliversText(Layer layer) {
        return Stream.concat(layer.inputs().stream(), layer.outputs().stream())
                .anyMatch(tensor -> tensor.type() == ElementType.STRING);
    }

    private void addInput(ValueInfo info) {
        List<Double> values = settings.inputValues().get(info.name());
        if (values != null) {
            scope.put(InputBinding.constant(info, values));
            notices.add("Input '" + info.name() + "' is taken as the constant "
                    + Checks.some(values.stream().map(InputBinding::shown).toList(), 8) + ".");
            return;
        }
        List<Long> shape = settings.inputShapes().get(info.name());
        builder.input(scope.input(shape == null ? info : InputBinding.shaped(info, shape)));
    }

    private static void checkNames(Set<String> stated, List<ValueInfo> inputs) {
        List<String> names = inputs.stream().map(ValueInfo::name).toList();
        for (String name : stated) {
            if (!names.contains(name)) {
                throw new ImportFailure("it has no input '" + name + "'. It has " + Checks.some(names, 8));
            }
        }
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
