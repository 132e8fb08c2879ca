package io.github.codnn.frontsearch;

import io.github.codnn.chainsearch.ChainPath;
import io.github.codnn.chainsearch.PathBuilder;
import java.util.Arrays;

/** Stages with the one before each: what is left of labels once their figures are not needed any more. */
final class StageLog {

    private int[] before = new int[1024];
    private int[] start = new int[1024];
    private byte[] each = new byte[1024];
    private int size;

    /** Adds a stage and returns it; {@code theBefore} is -1 for the first one of a path. */
    int add(int theBefore, int theStart, int theClass) {
        if (size == before.length) {
            int capacity = Math.multiplyExact(size, 2);
            before = Arrays.copyOf(before, capacity);
            start = Arrays.copyOf(start, capacity);
            each = Arrays.copyOf(each, capacity);
        }
        before[size] = theBefore;
        start[size] = theStart;
        each[size] = (byte) theClass;
        return size++;
    }

    int size() {
        return size;
    }

    /** Returns the path that ends with a stage. */
    ChainPath path(int last, int layers) {
        PathBuilder path = new PathBuilder();
        int end = layers;
        for (int stage = last; stage >= 0; stage = before[stage]) {
            path.prepend(each[stage], end);
            end = start[stage];
        }
        return path.build();
    }
}
