package io.github.codnn.chainsearch;

import java.util.Arrays;

/** Linked lists of intervals of cuts, in flat arrays. */
final class EndIntervals {

    private int[] first = new int[1024];
    private int[] last = new int[1024];
    private int[] next = new int[1024];
    private int size;

    void clear() {
        size = 0;
    }

    /** Adds an interval in front of a list; returns the new head. */
    int add(int from, int to, int others) {
        if (size == first.length) {
            first = Arrays.copyOf(first, size * 2);
            last = Arrays.copyOf(last, size * 2);
            next = Arrays.copyOf(next, size * 2);
        }
        first[size] = from;
        last[size] = to;
        next[size] = others;
        return size++;
    }

    int first(int interval) {
        return first[interval];
    }

    int last(int interval) {
        return last[interval];
    }

    int next(int interval) {
        return next[interval];
    }
}
