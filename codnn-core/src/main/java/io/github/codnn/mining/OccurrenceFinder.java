package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the occurrences of a pattern in a graph.
 *
 * <p>Occurrences that differ only by a symmetry of the pattern, and so have the same edges, count as one (symmetry
 * breaking as in Grochow and Kellis, RECOMB 2007). Exact; time and number of occurrences can be exponential in the size
 * of the pattern, so there is a limit. Immutable and thread-safe; uses about as much memory as the graph.
 */
public final class OccurrenceFinder {

    /**
     * One occurrence of a pattern in a graph: all nodes on different vertices, all edges of the pattern present. The
     * graph may have more edges between these vertices (the embedding is not induced).
     *
     * @param vertices for each node of the pattern the vertex of the graph
     */
    public record Occurrence(List<Integer> vertices) {

        /** Copies the list. */
        public Occurrence {
            vertices = List.copyOf(vertices);
        }
    }

    private final LabelledGraph graph;
    private final LabelIndex index;

    private OccurrenceFinder(LabelledGraph graph) {
        this.graph = graph;
        this.index = new LabelIndex(graph, 1);
    }

    /**
     * Prepares a graph for any number of patterns, in O(V + E log E).
     *
     * @param graph the graph to search
     * @return a finder for this graph
     */
    public static OccurrenceFinder in(LabelledGraph graph) {
        return new OccurrenceFinder(graph);
    }

    /**
     * Returns the occurrences of a pattern, in an order that depends only on graph and pattern.
     *
     * @param pattern the pattern to find
     * @param limit maximum number of occurrences to return, at least 1
     * @return all occurrences, or the first {@code limit}
     * @throws IllegalArgumentException if {@code limit} is not positive, or one of graph and pattern is directed and
     *     the other is not
     */
    public List<Occurrence> find(Pattern pattern, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, but is " + limit);
        }
        if (pattern.isDirected() != graph.isDirected()) {
            throw new IllegalArgumentException("The pattern is " + (pattern.isDirected() ? "directed" : "undirected")
                    + " but the graph is not. Maybe read the graph the other way.");
        }
        return isKnown(pattern) ? search(pattern, limit) : List.of();
    }

    /** Whether the graph has all kinds of edges of the pattern; unknown labels have negative numbers and no edges. */
    private boolean isKnown(Pattern pattern) {
        return pattern.edges().stream()
                .allMatch(edge -> index.hasRelation(
                        new EdgeType(labelNumber(pattern, edge.from()), kind(edge), labelNumber(pattern, edge.to()))));
    }

    private int labelNumber(Pattern pattern, int node) {
        return graph.labels().number(pattern.nodeLabels().get(node));
    }

    private int kind(Pattern.Edge edge) {
        return EdgeKind.leaving(graph.edgeLabels().number(edge.label()));
    }

    private List<Occurrence> search(Pattern pattern, int limit) {
        List<Pattern.Edge> edges = pattern.edges();
        int[] labels = pattern.nodeLabels().stream()
                .mapToInt(label -> graph.labels().number(label))
                .toArray();
        SmallGraph small = new SmallGraph(
                graph.isDirected(),
                labels,
                new SmallGraph.EdgeRows(
                        edges.stream().mapToInt(Pattern.Edge::from).toArray(),
                        edges.stream().mapToInt(Pattern.Edge::to).toArray(),
                        edges.stream().mapToInt(this::kind).toArray()));
        List<Occurrence> occurrences = new ArrayList<>();
        new Enumeration(new PatternShape(small, index), index).run(image -> {
            occurrences.add(occurrence(labels, image));
            return occurrences.size() < limit;
        });
        return List.copyOf(occurrences);
    }

    private Occurrence occurrence(int[] labels, int[] image) {
        List<Integer> vertices = new ArrayList<>();
        for (int v = 0; v < image.length; v++) {
            vertices.add(index.vertex(labels[v], image[v]));
        }
        return new Occurrence(vertices);
    }
}
