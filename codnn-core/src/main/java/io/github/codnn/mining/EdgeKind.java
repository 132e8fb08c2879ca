package io.github.codnn.mining;

/**
 * Edge label and direction in one {@code int}, as seen from one end: {@code 2 * label}, plus one if the edge points
 * towards that end. In undirected graphs the lowest bit is always zero.
 */
final class EdgeKind {

    private EdgeKind() {}

    static int leaving(int label) {
        return 2 * label;
    }

    static int label(int kind) {
        return kind >> 1;
    }

    static boolean isArriving(int kind) {
        return (kind & 1) == 1;
    }

    /** The same edge seen from its other end. */
    static int reversed(int kind, boolean directed) {
        return directed ? kind ^ 1 : kind;
    }
}
