package io.github.codnn.mining;

import java.util.Comparator;

/**
 * What an edge looks like from one of its ends: label of this end, kind of the edge, label of the other end.
 *
 * <p>Ordered as the first element of a {@link DfsCode}.
 *
 * @param source label of the near end
 * @param kind edge label and direction, see {@link EdgeKind}
 * @param target label of the far end
 */
record EdgeType(int source, int kind, int target) implements Comparable<EdgeType> {

    private static final Comparator<EdgeType> ORDER = Comparator.comparingInt(EdgeType::source)
            .thenComparingInt(EdgeType::kind)
            .thenComparingInt(EdgeType::target);

    EdgeType reversed(boolean directed) {
        return new EdgeType(target, EdgeKind.reversed(kind, directed), source);
    }

    @Override
    public int compareTo(EdgeType other) {
        return ORDER.compare(this, other);
    }
}
