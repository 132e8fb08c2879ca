package io.github.codnn.graph;

import java.util.List;
import org.jgrapht.Graph;
import org.jgrapht.graph.AsUnmodifiableGraph;
import org.jgrapht.graph.DirectedMultigraph;

/** Copies a network into a JGraphT graph that nobody can change. */
final class TensorEdges {

    private TensorEdges() {}

    static Graph<Layer, TensorEdge> graphOf(LayerGraph network) {
        // A multigraph: a layer may read several tensors of one other layer.
        Graph<Layer, TensorEdge> graph = new DirectedMultigraph<>(TensorEdge.class);
        List<Layer> layers = network.layers();
        layers.forEach(graph::addVertex);
        for (Layer from : layers) {
            for (Tensor tensor : from.outputs()) {
                for (int reader : network.consumersOf(tensor.name())) {
                    Layer to = layers.get(reader);
                    graph.addEdge(from, to, new TensorEdge(tensor, from, to));
                }
            }
        }
        return new AsUnmodifiableGraph<>(graph);
    }
}
