package io.github.codnn.collapse;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph in which some layers are blocks, and its original.
 *
 * @param original the graph before
 * @param graph the graph after: the same computation, with blocks; it gets the notices of the original
 */
public record CollapsedGraph(LayerGraph original, LayerGraph graph) {

    /** Checks that every layer of the original is in exactly one place. */
    public CollapsedGraph {
        List<String> inner = new ArrayList<>();
        graph.layers().forEach(layer -> collect(layer, inner));
        Set<String> names = Set.copyOf(inner);
        boolean complete = original.layers().stream().map(Layer::name).allMatch(names::contains);
        if (!complete || inner.size() != original.layers().size()) {
            throw new IllegalArgumentException("The blocks of network '" + original.name() + "' hold " + inner.size()
                    + " layers, but must hold each of its " + original.layers().size() + " layers once");
        }
        graph = graph.withNotices(original.notices());
    }

    /**
     * Returns the original layers of a layer of the collapsed graph.
     *
     * @param layer the name of a layer of {@link #graph()}
     * @return the names of layers of {@link #original()}: those in the block, or the layer itself
     */
    public List<String> layersOf(String layer) {
        List<String> names = new ArrayList<>();
        collect(graph.layers().get(graph.indexOf(layer)), names);
        return names;
    }

    /**
     * Maps values of layers of the collapsed graph to layers of the original graph.
     *
     * @param <V> the type of the values, such as the name of a device
     * @param byLayer a value for layers of {@link #graph()}
     * @return the same value for every layer of the block, in the topological order of the original
     */
    public <V> Map<String, V> expand(Map<String, V> byLayer) {
        Map<String, V> values = new LinkedHashMap<>();
        byLayer.forEach((layer, value) -> layersOf(layer).forEach(name -> values.put(name, value)));
        Map<String, V> ordered = new LinkedHashMap<>();
        for (Layer layer : original.layers()) {
            V value = values.get(layer.name());
            if (value != null) {
                ordered.put(layer.name(), value);
            }
        }
        return ordered;
    }

    /**
     * Replaces the blocks by their layers.
     *
     * @return a graph equal to {@link #original()}, built from the layers in {@link #graph()}
     */
    public LayerGraph expand() {
        List<Layer> layers = Blocks.inOrder(original, Blocks.flat(graph.layers()));
        return Blocks.graph(graph, layers).withNotices(graph.notices());
    }

    private static void collect(Layer layer, List<String> names) {
        if (layer.operator() instanceof Operator.Block block) {
            block.body().layers().forEach(inner -> collect(inner, names));
        } else {
            names.add(layer.name());
        }
    }
}
