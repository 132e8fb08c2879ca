package io.github.codnn.onnx;

import io.github.codnn.graph.ImportedModel;
import io.github.codnn.onnx.ParsedModel.Function;
import io.github.codnn.onnx.ParsedModel.Model;
import io.github.codnn.onnx.ParsedModel.Node;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model as the splitter needs it: where its parts lie, and what the reader of networks makes of it.
 *
 * @param index where the parts lie
 * @param model the same as the reader sees it
 * @param external the files beside the model
 * @param network the layers of each node and what is known of the tensors; nothing if shapes cannot be told
 */
record ReadModel(ModelIndex index, Model model, ExternalData external, Optional<Network> network) {

    /**
     * What the reader makes of a model.
     *
     * @param layersOfNodes the names of the layers of each node; none for constants and shape arithmetic
     * @param tensors what is known of the tensors
     * @param isExact whether the inferred shapes hold for every frame
     * @param imported the network itself
     */
    record Network(
            IdentityHashMap<Node, List<String>> layersOfNodes,
            TensorScope tensors,
            boolean isExact,
            ImportedModel imported) {
        List<String> layers(Node node) {
            return layersOfNodes.getOrDefault(node, List.of());
        }
    }

    /** Infers shapes; fails if that cannot be done. */
    static Network network(Model model, String name, ImportSettings settings, ExternalData external) {
        GraphAssembler assembler = new GraphAssembler(model, name, settings, external);
        ImportedModel imported = assembler.assemble();
        boolean isExact = imported.openDimensions().isEmpty()
                && imported.unknownOperators().isEmpty()
                && settings.inputValues().isEmpty()
                && settings.inputShapes().isEmpty()
                && !assembler.scope().hasGreatest()
                && Stream.concat(
                                model.graph().nodes().stream(),
                                model.functions().stream().map(Function::nodes).flatMap(List::stream))
                        .noneMatch(ReadModel::mayVary);
        return new Network(assembler.layersOfNodes(), assembler.scope(), isExact, imported);
    }

    private static boolean mayVary(Node node) {
        return DataDependentRules.OPERATORS.contains(node.operator()) || ControlFlowRules.hasBody(node);
    }

    CrossingTensors tensors() {
        return network.isEmpty()
                ? new CrossingTensors(index, name -> null, false)
                : new CrossingTensors(
                        index, network.get().tensors()::get, network.get().isExact());
    }

    /** The layers of a node, where the reader could read the model. */
    List<String> layers(Node node) {
        return network.map(known -> known.layers(node)).orElse(List.of());
    }

    /** Which nodes are constants or shape arithmetic. */
    SplitGraph graph() {
        return new SplitGraph(index, network.isPresent() ? node -> layers(node).isEmpty() : FreeNodes.of(model));
    }
}
