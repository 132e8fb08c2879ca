package io.github.codnn.collapse;

import io.github.codnn.graph.LayerGraph;

/**
 * Groups layers into blocks, so that a planner has fewer layers to place.
 *
 * <p>Implementations are immutable and thread-safe, and return the same result for the same graph.
 */
@FunctionalInterface
public interface GraphCollapser {

    /**
     * Collapses a graph.
     *
     * @param graph the graph
     * @return the collapsed graph, from which the original and its placements can be restored
     */
    CollapsedGraph collapse(LayerGraph graph);

    /**
     * Returns the collapser that leaves every graph as it is.
     *
     * @return the identity
     */
    static GraphCollapser none() {
        return graph -> new CollapsedGraph(graph, graph);
    }
}
