package io.github.codnn.mining;

/**
 * One edge that may be appended to a {@link DfsCode}.
 *
 * @param from node of the code
 * @param to node of the code, or the number of a new node
 * @param kind edge kind as seen from {@code from}
 * @param label label of node {@code to}
 */
record Extension(int from, int to, int kind, int label) {

    boolean isForward() {
        return from < to;
    }

    /** The order of sibling codes: backward before forward, near ancestors of the root first, deep growth first. */
    int compareInCode(Extension other) {
        if (isForward() != other.isForward()) {
            return isForward() ? 1 : -1;
        }
        int byPlace = isForward() ? Integer.compare(other.from, from) : Integer.compare(to, other.to);
        if (byPlace != 0) {
            return byPlace;
        }
        int byKind = Integer.compare(kind, other.kind);
        return byKind != 0 ? byKind : Integer.compare(label, other.label);
    }

    // Written by hand for the same reason as in EdgeType.
    @Override
    public boolean equals(Object other) {
        return other instanceof Extension that
                && from == that.from
                && to == that.to
                && kind == that.kind
                && label == that.label;
    }

    @Override
    public int hashCode() {
        return ((from * 31 + to) * 31 + kind) * 31 + label;
    }
}
