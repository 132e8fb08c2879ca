package io.github.codnn.mining;

import java.util.Arrays;

/** A pattern as rows of half-edges, for computations without the large graph. Never modified. */
final class SmallGraph {

    /** Edge sets and node sets are one {@code long} here and in {@link EmbeddingSearch}; the sign bit is not used. */
    static final int MAX_EDGES = 62;

    final boolean directed;
    final int[] label;

    /** {@code neighbour[v][x]}, {@code kind[v][x]} and {@code edge[v][x]} describe half-edge {@code x} of node v. */
    final int[][] neighbour;

    final int[][] kind;
    final int[][] edge;

    /**
     * The next lower leaf with the same label at the same node and by the same kind of edge, or -1. Such twins are
     * interchangeable, so that only the lowest unused one must be tried: without this, stars cost factorial time.
     */
    final int[] lowerTwin;

    SmallGraph(boolean directed, int[] label, EdgeRows edges) {
        this.directed = directed;
        this.label = label;
        int nodes = label.length;
        int[] degree = new int[nodes];
        for (int e = 0; e < edges.from.length; e++) {
            degree[edges.from[e]]++;
            degree[edges.to[e]]++;
        }
        neighbour = rows(degree);
        kind = rows(degree);
        edge = rows(degree);
        int[] size = new int[nodes];
        for (int e = 0; e < edges.from.length; e++) {
            int from = edges.from[e];
            int to = edges.to[e];
            add(size, from, to, edges.kind[e], e);
            add(size, to, from, EdgeKind.reversed(edges.kind[e], directed), e);
        }
        lowerTwin = lowerTwins();
    }

    static SmallGraph of(DfsCode code, boolean directed) {
        return new SmallGraph(directed, code.label, new EdgeRows(code.from, code.to, code.kind));
    }

    /** Edge {@code e} joins {@code from[e]} and {@code to[e]}, and is of {@code kind[e]} as seen from the former. */
    static final class EdgeRows {

        private final int[] from;
        private final int[] to;
        private final int[] kind;

        EdgeRows(int[] from, int[] to, int[] kind) {
            this.from = from;
            this.to = to;
            this.kind = kind;
        }
    }

    int nodes() {
        return label.length;
    }

    int degree(int node) {
        return neighbour[node].length;
    }

    /** The number of edges of a kind at a node. */
    int degree(int node, int wantedKind) {
        int edges = 0;
        for (int each : kind[node]) {
            edges += each == wantedKind ? 1 : 0;
        }
        return edges;
    }

    /** Whether node {@code v} has an edge of this kind to node {@code w}. */
    boolean hasEdge(int v, int w, int wantedKind) {
        for (int x = 0; x < degree(v); x++) {
            if (neighbour[v][x] == w && kind[v][x] == wantedKind) {
                return true;
            }
        }
        return false;
    }

    private static int[][] rows(int[] degree) {
        int[][] rows = new int[degree.length][];
        Arrays.setAll(rows, v -> new int[degree[v]]);
        return rows;
    }

    private void add(int[] size, int from, int to, int kindFrom, int number) {
        int x = size[from]++;
        neighbour[from][x] = to;
        kind[from][x] = kindFrom;
        edge[from][x] = number;
    }

    private int[] lowerTwins() {
        int[] twins = new int[nodes()];
        for (int v = 0; v < twins.length; v++) {
            twins[v] = -1;
            for (int w = v - 1; w >= 0 && twins[v] < 0; w--) {
                if (areTwins(v, w)) {
                    twins[v] = w;
                }
            }
        }
        return twins;
    }

    private boolean areTwins(int v, int w) {
        return degree(v) == 1
                && degree(w) == 1
                && label[v] == label[w]
                && neighbour[v][0] == neighbour[w][0]
                && kind[v][0] == kind[w][0];
    }
}
