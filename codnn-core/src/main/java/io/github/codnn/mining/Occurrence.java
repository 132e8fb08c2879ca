package io.github.codnn.mining;

import java.util.List;

/**
 * One occurrence of a pattern in a graph: all nodes on different vertices, all edges of the pattern present. The graph
 * may have more edges between these vertices (the embedding is not induced).
 *
 * @param vertices for each node of the pattern the vertex of the graph
 */
public record Occurrence(List<Integer> vertices) {

    /** Copies the list. */
    public Occurrence {
        vertices = List.copyOf(vertices);
    }
}
