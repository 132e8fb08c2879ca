package io.github.codnn.mining;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * One large graph, directed or not, with a label on every vertex and every edge: the input of a
 * {@link FrequentSubgraphMiner}.
 *
 * <pre>{@code
 * LabelledGraph graph = LabelledGraph.undirected()
 *         .vertex("conv").vertex("relu").vertex("conv")
 *         .edge(0, 1, "data").edge(1, 2, "data")
 *         .build();
 * }</pre>
 *
 * <p>Vertices are numbered from 0 in the order in which they were added. Two vertices may be joined by several edges of
 * different labels and, in a directed graph, of both directions; a repeated edge is stored once. Loops are rejected,
 * because patterns have none. Immutable, thread-safe, equal by content. Uses about 12 bytes per edge and 4 per vertex.
 */
public final class LabelledGraph {

    private final boolean directed;
    private final Labels labels;
    private final Labels edgeLabels;
    private final int[] vertexLabel;
    private final int[] source;
    private final int[] target;
    private final int[] edgeLabel;

    private LabelledGraph(Builder builder) {
        directed = builder.directed;
        labels = Labels.of(builder.vertexLabels.names());
        edgeLabels = Labels.of(builder.edgeLabels.names());
        int[] newVertexNumber = builder.vertexLabels.renumbered(labels);
        int[] newEdgeNumber = builder.edgeLabels.renumbered(edgeLabels);
        vertexLabel = builder.vertexLabel.toArray();
        Arrays.setAll(vertexLabel, v -> newVertexNumber[vertexLabel[v]]);
        EdgeArrays edges = EdgeArrays.sortedDistinct(builder, newEdgeNumber);
        source = edges.source;
        target = edges.target;
        edgeLabel = edges.label;
    }

    /**
     * Starts a directed graph.
     *
     * @return a builder without vertices
     */
    public static Builder directed() {
        return new Builder(true);
    }

    /**
     * Starts an undirected graph.
     *
     * @return a builder without vertices
     */
    public static Builder undirected() {
        return new Builder(false);
    }

    /**
     * Reads a directed graph in the {@code .lg} format of GraMi and gSpan: lines {@code t # NAME} (optional),
     * {@code v NUMBER LABEL} with numbers 0, 1, 2, ... and {@code e FROM TO LABEL}; text is UTF-8, blank lines and
     * lines that start with {@code #} are skipped.
     *
     * <p>Time and memory grow with the file; lines over 4,096 characters are rejected, so that a file of another kind
     * fails early.
     *
     * @param file the file
     * @return the graph
     * @throws io.github.codnn.CodnnException if the file cannot be read or a line is wrong; the message names file,
     *     line and reason
     */
    public static LabelledGraph readDirected(Path file) {
        return LgReader.read(file, directed());
    }

    /**
     * Reads an undirected graph; see {@link #readDirected(Path)}. An edge that the file lists in both directions is one
     * edge.
     *
     * @param file the file
     * @return the graph
     * @throws io.github.codnn.CodnnException if the file cannot be read or a line is wrong
     */
    public static LabelledGraph readUndirected(Path file) {
        return LgReader.read(file, undirected());
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
     * Returns the number of vertices.
     *
     * @return the number of vertices
     */
    public int vertexCount() {
        return vertexLabel.length;
    }

    /**
     * Returns the number of distinct edges.
     *
     * @return the number of edges
     */
    public int edgeCount() {
        return source.length;
    }

    /**
     * Returns the label of a vertex.
     *
     * @param vertex the vertex, counted from 0
     * @return its label
     */
    public String vertexLabel(int vertex) {
        return labels.name(vertexLabel[vertex]);
    }

    /**
     * Returns where an edge starts.
     *
     * @param edge the edge, counted from 0
     * @return the vertex; in an undirected graph the lower end
     */
    public int edgeSource(int edge) {
        return source[edge];
    }

    /**
     * Returns where an edge ends.
     *
     * @param edge the edge, counted from 0
     * @return the vertex; in an undirected graph the higher end
     */
    public int edgeTarget(int edge) {
        return target[edge];
    }

    /**
     * Returns the label of an edge.
     *
     * @param edge the edge, counted from 0
     * @return its label
     */
    public String edgeLabel(int edge) {
        return edgeLabels.name(edgeLabel[edge]);
    }

    Labels labels() {
        return labels;
    }

    Labels edgeLabels() {
        return edgeLabels;
    }

    int vertexLabelNumber(int vertex) {
        return vertexLabel[vertex];
    }

    int edgeLabelNumber(int edge) {
        return edgeLabel[edge];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelledGraph that
                && directed == that.directed
                && labels.equals(that.labels)
                && edgeLabels.equals(that.edgeLabels)
                && Arrays.equals(vertexLabel, that.vertexLabel)
                && Arrays.equals(source, that.source)
                && Arrays.equals(target, that.target)
                && Arrays.equals(edgeLabel, that.edgeLabel);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                directed,
                labels,
                edgeLabels,
                Arrays.hashCode(vertexLabel),
                Arrays.hashCode(source),
                Arrays.hashCode(target),
                Arrays.hashCode(edgeLabel));
    }

    @Override
    public String toString() {
        return "LabelledGraph[" + (directed ? "directed" : "undirected") + ", " + vertexCount() + " vertices, "
                + edgeCount() + " edges]";
    }

    /** Collects vertices and edges; can be used further after {@link #build()}. Not thread-safe. */
    public static final class Builder {

        private final boolean directed;
        private final LabelRegister vertexLabels = new LabelRegister();
        private final LabelRegister edgeLabels = new LabelRegister();
        private final IntList vertexLabel = new IntList();
        private final IntList edgeSource = new IntList();
        private final IntList edgeTarget = new IntList();
        private final IntList edgeLabel = new IntList();

        private Builder(boolean directed) {
            this.directed = directed;
        }

        /**
         * Adds the next vertex.
         *
         * @param label its label
         * @return this builder
         */
        public Builder vertex(String label) {
            vertexLabel.add(vertexLabels.number(label));
            return this;
        }

        /**
         * Adds an edge between two vertices that were added before.
         *
         * @param from the vertex where it starts
         * @param to the vertex where it ends
         * @param label its label
         * @return this builder
         * @throws IllegalArgumentException if a vertex does not exist or both are the same
         */
        public Builder edge(int from, int to, String label) {
            checkVertex(from);
            checkVertex(to);
            if (from == to) {
                throw new IllegalArgumentException("Edge from vertex " + from
                        + " to itself: patterns have no loops. Maybe express it by a vertex label of its own.");
            }
            edgeSource.add(directed ? from : Math.min(from, to));
            edgeTarget.add(directed ? to : Math.max(from, to));
            edgeLabel.add(edgeLabels.number(label));
            return this;
        }

        /**
         * Builds the graph of all vertices and edges added so far; O(V + E log E).
         *
         * @return the graph
         */
        public LabelledGraph build() {
            return new LabelledGraph(this);
        }

        int vertexCount() {
            return vertexLabel.size();
        }

        private void checkVertex(int vertex) {
            if (vertex < 0 || vertex >= vertexLabel.size()) {
                throw new IllegalArgumentException("Vertex " + vertex + " does not exist: there are "
                        + vertexLabel.size() + " vertices, counted from 0.");
            }
        }
    }

    /** Edges by source, target and label, each once. */
    private static final class EdgeArrays {

        private final int[] source;
        private final int[] target;
        private final int[] label;

        private EdgeArrays(int[] source, int[] target, int[] label) {
            this.source = source;
            this.target = target;
            this.label = label;
        }

        static EdgeArrays sortedDistinct(Builder builder, int[] newLabel) {
            int vertices = builder.vertexCount();
            int edges = builder.edgeSource.size();
            int[] start = new int[vertices + 1];
            for (int e = 0; e < edges; e++) {
                start[builder.edgeSource.get(e) + 1]++;
            }
            for (int v = 0; v < vertices; v++) {
                start[v + 1] += start[v];
            }
            // One row per source, each edge packed as target and label: sorts without an object per edge.
            long[] packed = new long[edges];
            int[] next = start.clone();
            for (int e = 0; e < edges; e++) {
                int from = builder.edgeSource.get(e);
                packed[next[from]++] = ((long) builder.edgeTarget.get(e) << 32) | newLabel[builder.edgeLabel.get(e)];
            }
            int[] source = new int[edges];
            int kept = 0;
            for (int v = 0; v < vertices; v++) {
                Arrays.sort(packed, start[v], start[v + 1]);
                int firstOfRow = kept;
                for (int i = start[v]; i < start[v + 1]; i++) {
                    if (kept == firstOfRow || packed[i] != packed[kept - 1]) {
                        source[kept] = v;
                        packed[kept++] = packed[i];
                    }
                }
            }
            return unpack(Arrays.copyOf(source, kept), packed);
        }

        private static EdgeArrays unpack(int[] source, long[] packed) {
            int[] target = new int[source.length];
            int[] label = new int[source.length];
            for (int e = 0; e < source.length; e++) {
                target[e] = (int) (packed[e] >>> 32);
                label[e] = (int) packed[e];
            }
            return new EdgeArrays(source, target, label);
        }
    }
}
