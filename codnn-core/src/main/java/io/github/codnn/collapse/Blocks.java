package io.github.codnn.collapse;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Builds blocks from layers. */
final class Blocks {

    private Blocks() {}

    /** Returns a network of the same inputs and outputs with other layers. */
    static LayerGraph graph(LayerGraph original, List<Layer> layers) {
        LayerGraph.Builder graph = LayerGraph.builder(original.name());
        original.inputs().forEach(graph::input);
        layers.forEach(graph::add);
        original.outputs().forEach(output -> graph.output(output.name()));
        return graph.build();
    }

    /** Returns layers in the order of a graph that holds them. */
    static List<Layer> inOrder(LayerGraph graph, List<Layer> layers) {
        return layers.stream()
                .sorted(Comparator.comparingInt(layer -> graph.indexOf(layer.name())))
                .toList();
    }

    /** Returns layers, and in place of blocks the layers in them. */
    static List<Layer> flat(List<Layer> layers) {
        List<Layer> flat = new ArrayList<>();
        for (Layer layer : layers) {
            if (layer.operator() instanceof Operator.Block block) {
                flat.addAll(flat(block.body().layers()));
            } else {
                flat.add(layer);
            }
        }
        return flat;
    }

    /**
     * Builds one block from layers.
     *
     * @param graph the graph that they are part of
     * @param label what the block is
     * @param layers the layers, in topological order
     * @return a layer that reads what the layers read from outside, and writes what is read or delivered outside
     */
    static Layer block(LayerGraph graph, String label, List<Layer> layers) {
        return block(graph, label, layers, layers);
    }

    /**
     * Builds one block from layers, some of which are already in inner blocks.
     *
     * @param graph the graph that they are part of
     * @param label what the block is
     * @param layers the layers, in topological order
     * @param parts the same layers, single or in inner blocks
     * @return a layer that reads what the layers read from outside, and writes what is read or delivered outside
     */
    static Layer block(LayerGraph graph, String label, List<Layer> layers, List<Layer> parts) {
        Set<Integer> inside = new HashSet<>();
        Set<Tensor> written = new LinkedHashSet<>();
        for (Layer layer : layers) {
            inside.add(graph.indexOf(layer.name()));
            written.addAll(layer.outputs());
        }
        Set<Tensor> inputs = new LinkedHashSet<>();
        layers.forEach(layer -> layer.inputs().stream()
                .filter(input -> !written.contains(input))
                .forEach(inputs::add));
        List<Tensor> outputs = written.stream()
                .filter(tensor ->
                        graph.outputs().contains(tensor) || !inside.containsAll(graph.consumersOf(tensor.name())))
                .toList();
        String name =
                layers.get(0).name() + ".." + layers.get(layers.size() - 1).name();
        LayerGraph.Builder body = LayerGraph.builder(name);
        inputs.forEach(body::input);
        parts.forEach(body::add);
        outputs.forEach(output -> body.output(output.name()));
        LayerGraph built = body.build();
        return Layer.of(name, new Operator.Block(label, built), List.copyOf(inputs), outputs)
                .withParameters(built.parameters(), built.parameterBytes())
                .withMacs(built.macs());
    }
}
