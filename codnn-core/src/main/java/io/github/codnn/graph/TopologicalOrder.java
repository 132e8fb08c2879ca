package io.github.codnn.graph;

import io.github.codnn.internal.Checks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.NotDirectedAcyclicGraphException;
import org.jgrapht.traverse.TopologicalOrderIterator;

/** Sorts layers topologically; layers that do not depend on each other keep their order. */
final class TopologicalOrder {

    private final String network;
    private final List<Layer> layers;

    TopologicalOrder(String network, List<Layer> layers) {
        this.network = network;
        this.layers = layers;
    }

    List<Layer> layers() {
        Graph<Integer, DefaultEdge> graph = dependencies();
        List<Layer> ordered = new ArrayList<>(layers.size());
        try {
            new TopologicalOrderIterator<>(graph, Comparator.<Integer>naturalOrder())
                    .forEachRemaining(index -> ordered.add(layers.get(index)));
        } catch (NotDirectedAcyclicGraphException e) {
            throw cycle(graph);
        }
        if (ordered.size() < layers.size()) {
            throw cycle(graph);
        }
        return ordered;
    }

    private Graph<Integer, DefaultEdge> dependencies() {
        Map<String, Integer> producers = new HashMap<>();
        Graph<Integer, DefaultEdge> graph = new SimpleDirectedGraph<>(DefaultEdge.class);
        for (int index = 0; index < layers.size(); index++) {
            graph.addVertex(index);
            for (Tensor output : layers.get(index).outputs()) {
                producers.put(output.name(), index);
            }
        }
        for (int index = 0; index < layers.size(); index++) {
            for (Tensor input : layers.get(index).inputs()) {
                Integer producer = producers.get(input.name());
                if (producer != null) {
                    if (producer == index) {
                        throw cycle(List.of(layers.get(index).name()));
                    }
                    graph.addEdge(producer, index);
                }
            }
        }
        return graph;
    }

    private IllegalArgumentException cycle(Graph<Integer, DefaultEdge> graph) {
        List<String> names = new KosarajuStrongConnectivityInspector<>(graph)
                .stronglyConnectedSets().stream()
                        .filter(component -> component.size() > 1)
                        .findFirst()
                        .orElseThrow()
                        .stream()
                        .sorted()
                        .map(index -> layers.get(index).name())
                        .toList();
        return cycle(names);
    }

    private IllegalArgumentException cycle(List<String> names) {
        return new IllegalArgumentException(
                "The layers of network '" + network + "' form a cycle through " + Checks.some(names, 5));
    }
}
