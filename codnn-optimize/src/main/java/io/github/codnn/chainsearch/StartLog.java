package io.github.codnn.chainsearch;

import java.util.Arrays;

/** Records which stages started at which cut, so that a path can be read back without predecessor links. */
final class StartLog {

    private final int[] firstEntry; // [cut], one more at the end
    private int[] counts = new int[1024]; // increasing within a cut
    private long[] classes = new long[1024];
    private int size;

    StartLog(int layers) {
        firstEntry = new int[layers + 1];
    }

    void clear() {
        size = 0;
        Arrays.fill(firstEntry, 0);
    }

    void add(int count, long started) {
        if (size == counts.length) {
            counts = Arrays.copyOf(counts, size * 2);
            classes = Arrays.copyOf(classes, size * 2);
        }
        counts[size] = count;
        classes[size++] = started;
    }

    void endCut(int cut) {
        firstEntry[cut + 1] = size;
    }

    /** Returns the latest cut before another at which a class started with a count, or -1. */
    int latestStart(int count, int deviceClass, int before) {
        for (int cut = before - 1; cut >= 0; cut--) {
            int from = firstEntry[cut];
            int to = firstEntry[cut + 1];
            int entry = to > from ? Arrays.binarySearch(counts, from, to, count) : -1;
            if (entry >= 0 && (classes[entry] & 1L << deviceClass) != 0) {
                return cut;
            }
        }
        return -1;
    }
}
