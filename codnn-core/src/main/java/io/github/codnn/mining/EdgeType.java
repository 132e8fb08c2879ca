package io.github.codnn.mining;

/**
 * An edge as seen from one of its ends: label of this end, kind of the edge, label of the other end.
 *
 * <p>Ordered as the first element of a {@link DfsCode}.
 *
 * @param source label of the near end
 * @param kind edge label and direction, see {@link EdgeKind}
 * @param target label of the far end
 */
record EdgeType(int source, int kind, int target) implements Comparable<EdgeType> {

    EdgeType reversed(boolean directed) {
        return new EdgeType(target, EdgeKind.reversed(kind, directed), source);
    }

    @Override
    public int compareTo(EdgeType other) {
        if (source != other.source) {
            return Integer.compare(source, other.source);
        }
        return kind != other.kind ? Integer.compare(kind, other.kind) : Integer.compare(target, other.target);
    }

    // Written by hand: the methods that the compiler generates for records are linked at run time, which is slow in
    // short runs.
    @Override
    public boolean equals(Object other) {
        return other instanceof EdgeType that && source == that.source && kind == that.kind && target == that.target;
    }

    @Override
    public int hashCode() {
        return (source * 31 + kind) * 31 + target;
    }
}
