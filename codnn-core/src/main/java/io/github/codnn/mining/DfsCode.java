package io.github.codnn.mining;

import java.util.Arrays;

/**
 * A connected pattern as the sequence of edges of a depth-first traversal (Yan and Han, "gSpan: graph-based
 * substructure pattern mining", ICDM 2002). Nodes are numbered in the order of their discovery. A forward edge
 * discovers a new node; a backward edge leads from the newest node to an ancestor. Unlike in gSpan, a backward edge may
 * also lead to the parent: this represents parallel edges of different kinds and opposite directions.
 *
 * <p>Immutable; arrays are shared and never written.
 */
final class DfsCode {

    /** Edge {@code e} joins {@code from[e]} and {@code to[e]}; it is a forward edge if {@code from[e] < to[e]}. */
    final int[] from;

    final int[] to;

    /** Kind of the edge as seen from {@code from[e]}, see {@link EdgeKind}. */
    final int[] kind;

    /** Label of each node. */
    final int[] label;

    DfsCode(int[] from, int[] to, int[] kind, int[] label) {
        this.from = from;
        this.to = to;
        this.kind = kind;
        this.label = label;
    }

    static DfsCode ofEdge(EdgeType type) {
        return new DfsCode(
                new int[] {0}, new int[] {1}, new int[] {type.kind()}, new int[] {type.source(), type.target()});
    }

    int edges() {
        return from.length;
    }

    int nodes() {
        return label.length;
    }

    boolean isForward(int edge) {
        return from[edge] < to[edge];
    }

    EdgeType firstType() {
        return new EdgeType(label[0], kind[0], label[1]);
    }

    DfsCode extended(Extension extension) {
        int[] labels = extension.isForward() ? append(label, extension.label()) : label;
        return new DfsCode(
                append(from, extension.from()), append(to, extension.to()), append(kind, extension.kind()), labels);
    }

    /** Nodes from the root to the newest node. Only they may grow, so that each pattern is generated once. */
    int[] rightmostPath() {
        int[] parent = new int[nodes()];
        parent[0] = -1;
        for (int e = 0; e < edges(); e++) {
            if (isForward(e)) {
                parent[to[e]] = from[e];
            }
        }
        int length = 0;
        for (int node = nodes() - 1; node >= 0; node = parent[node]) {
            length++;
        }
        int[] path = new int[length];
        for (int node = nodes() - 1; node >= 0; node = parent[node]) {
            path[--length] = node;
        }
        return path;
    }

    private static int[] append(int[] array, int value) {
        int[] longer = Arrays.copyOf(array, array.length + 1);
        longer[array.length] = value;
        return longer;
    }
}
