package io.github.codnn.pipeline;

/**
 * Returns the greatest value of a range in O(1) time after O(n log n) preparation: a sparse table (M. A. Bender, M.
 * Farach-Colton: The LCA problem revisited, 2000).
 */
final class RangeMaximum {

    private final long[][] greatest; // [k][i]: of the 2^k values from i

    RangeMaximum(long[] values) {
        int levels = 32 - Integer.numberOfLeadingZeros(Math.max(1, values.length));
        greatest = new long[levels][];
        greatest[0] = values.clone();
        for (int level = 1; level < levels; level++) {
            int half = 1 << (level - 1);
            long[] below = greatest[level - 1];
            greatest[level] = new long[values.length - 2 * half + 1];
            for (int index = 0; index < greatest[level].length; index++) {
                greatest[level][index] = Math.max(below[index], below[index + half]);
            }
        }
    }

    /** Returns the greatest value from {@code start} to before {@code end}, which must be greater. */
    long of(int start, int end) {
        int level = 31 - Integer.numberOfLeadingZeros(end - start);
        return Math.max(greatest[level][start], greatest[level][end - (1 << level)]);
    }
}
