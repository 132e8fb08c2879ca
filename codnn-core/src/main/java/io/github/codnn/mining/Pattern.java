package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * A small connected labelled graph with at least one edge, in canonical form: patterns that differ only in the order of
 * nodes or edges are equal, have the same {@link #code()} and number their nodes in the same way.
 *
 * <p>The code lists the edges of the least depth-first traversal (Yan and Han, ICDM 2002), for example
 * {@code 0:conv -[data]> 1:relu; 1 -[data]> 2:conv}: node 0 labelled {@code conv}, an edge labelled {@code data} from
 * it to node 1, and so on; {@code <[data]-} is an edge towards the node on its left, {@code -[data]-} one without
 * direction. A backslash precedes each of {@code \ [ ] ; :} and blank in a label. It does not depend on the graph in
 * which the pattern was found.
 *
 * <p>Immutable.
 */
public final class Pattern {

    /** Largest number of edges of a pattern. */
    public static final int MAX_EDGES = SmallGraph.MAX_EDGES;

    private final boolean directed;
    private final List<String> nodeLabels;
    private final List<Edge> edges;
    private final String code;

    private Pattern(boolean directed, List<String> nodeLabels, List<Edge> edges) {
        this.directed = directed;
        this.nodeLabels = List.copyOf(nodeLabels);
        this.edges = List.copyOf(edges);
        this.code = PatternText.code(this);
    }

    /**
     * One edge of a pattern.
     *
     * @param from node it starts from, counted from 0; in an undirected pattern either end
     * @param to node it leads to, another one
     * @param label its label
     */
    public record Edge(int from, int to, String label) {
        /** Checks the ends. */
        public Edge {
            Objects.requireNonNull(label, "label");
            if (from < 0 || to < 0 || from == to) {
                throw new IllegalArgumentException(
                        "Edge from node " + from + " to node " + to + ": expected two different nodes, counted from 0");
            }
        }
    }

    /**
     * Makes a pattern from nodes and edges in any order. Takes exponential time in the worst case, as graph
     * canonisation does, but microseconds for typical mined patterns.
     *
     * @param directed whether edges have a direction
     * @param nodeLabels label of each node
     * @param edges 1 to {@value #MAX_EDGES} different edges that connect all nodes
     * @return the pattern
     * @throws IllegalArgumentException if an edge names a missing node or is repeated, or the nodes are not connected
     */
    public static Pattern of(boolean directed, List<String> nodeLabels, List<Edge> edges) {
        if (edges.isEmpty() || edges.size() > MAX_EDGES) {
            throw new IllegalArgumentException(
                    "A pattern has 1 to " + MAX_EDGES + " edges, but " + edges.size() + " are given");
        }
        Labels labels = Labels.of(nodeLabels);
        Labels edgeLabels = Labels.of(edges.stream().map(Edge::label).toList());
        SmallGraph graph = new SmallGraph(
                directed, nodeLabels.stream().mapToInt(labels::number).toArray(), rows(nodeLabels, edges, edgeLabels));
        checkSimpleAndConnected(graph, edges);
        return new PatternFactory(directed, labels, edgeLabels).pattern(CanonicalCode.codeOf(graph, edges.size()));
    }

    /** Makes a pattern whose nodes and edges are already in the order of the canonical code. */
    static Pattern ofCanonical(boolean directed, List<String> nodeLabels, List<Edge> edges) {
        return new Pattern(directed, nodeLabels, edges);
    }

    private static SmallGraph.EdgeRows rows(List<String> nodeLabels, List<Edge> edges, Labels edgeLabels) {
        for (Edge edge : edges) {
            if (Math.max(edge.from(), edge.to()) >= nodeLabels.size()) {
                throw new IllegalArgumentException(
                        edge + " names a node that does not exist: there are " + nodeLabels.size());
            }
        }
        return new SmallGraph.EdgeRows(
                edges.stream().mapToInt(Edge::from).toArray(),
                edges.stream().mapToInt(Edge::to).toArray(),
                edges.stream()
                        .mapToInt(edge -> EdgeKind.leaving(edgeLabels.number(edge.label())))
                        .toArray());
    }

    private static void checkSimpleAndConnected(SmallGraph graph, List<Edge> edges) {
        HashSet<Edge> seen = new HashSet<>();
        for (Edge edge : edges) {
            int low = Math.min(edge.from(), edge.to());
            int high = Math.max(edge.from(), edge.to());
            if (!seen.add(graph.directed ? edge : new Edge(low, high, edge.label()))) {
                throw new IllegalArgumentException(edge + " is there twice");
            }
        }
        boolean[] reached = new boolean[graph.nodes()];
        List<Integer> open = new ArrayList<>(List.of(0));
        reached[0] = true;
        for (int i = 0; i < open.size(); i++) {
            for (int neighbour : graph.neighbour[open.get(i)]) {
                if (!reached[neighbour]) {
                    reached[neighbour] = true;
                    open.add(neighbour);
                }
            }
        }
        if (open.size() < graph.nodes()) {
            throw new IllegalArgumentException("Only " + open.size() + " of " + graph.nodes()
                    + " nodes are connected; a pattern must be connected. Maybe an edge is missing.");
        }
    }

    /**
     * Tells whether edges have a direction.
     *
     * @return whether they do
     */
    public boolean isDirected() {
        return directed;
    }

    /**
     * Returns the labels of the nodes.
     *
     * @return the labels in the order of the code
     */
    public List<String> nodeLabels() {
        return nodeLabels;
    }

    /**
     * Returns the edges.
     *
     * @return the edges in the order of the code
     */
    public List<Edge> edges() {
        return edges;
    }

    /**
     * Returns the canonical code.
     *
     * @return the code; see the class comment
     */
    public String code() {
        return code;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pattern that && directed == that.directed && code.equals(that.code);
    }

    @Override
    public int hashCode() {
        return code.hashCode();
    }

    /** The canonical code. */
    @Override
    public String toString() {
        return code;
    }
}
