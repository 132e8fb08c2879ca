package io.github.codnn.mining;

/**
 * All edges of one {@link EdgeType}, from the source side, in compressed rows. Vertices are numbered within their
 * label, so that the length of rows and domains does not depend on other labels.
 */
final class Relation {

    /** Row {@code u} is {@code target[offset[u]] .. target[offset[u + 1] - 1]}, ascending. */
    final int[] offset;

    final int[] target;

    /** Takes pairs {@code source << 32 | target}, sorted and distinct. */
    Relation(int sources, long[] sortedPairs) {
        offset = new int[sources + 1];
        target = new int[sortedPairs.length];
        for (int i = 0; i < sortedPairs.length; i++) {
            offset[(int) (sortedPairs[i] >>> 32) + 1]++;
            target[i] = (int) sortedPairs[i];
        }
        for (int u = 0; u < sources; u++) {
            offset[u + 1] += offset[u];
        }
    }

    int distinctSources() {
        int distinct = 0;
        for (int u = 0; u + 1 < offset.length; u++) {
            if (offset[u] < offset[u + 1]) {
                distinct++;
            }
        }
        return distinct;
    }

    boolean contains(int source, int wanted) {
        int low = offset[source];
        int high = offset[source + 1] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int value = target[middle];
            if (value == wanted) {
                return true;
            }
            if (value < wanted) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }
}
