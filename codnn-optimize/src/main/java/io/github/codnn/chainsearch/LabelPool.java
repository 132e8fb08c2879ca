package io.github.codnn.chainsearch;

import java.util.Arrays;

/**
 * The running stages of a {@link LeastResponsePath} in parallel arrays, those of a state linked in a list.
 */
final class LabelPool {

    private int[] start = new int[1024];
    private int[] each = new int[1024];
    private double[] origin = new double[1024];
    private double[] offset = new double[1024];
    private int[] before = new int[1024];
    private int[] next = new int[1024];
    private int size;

    void clear() {
        size = 0;
    }

    /** Adds a label in front of a list and returns it. */
    int add(int theStart, int theClass, double theOrigin, double theOffset, int theBefore, int head) {
        if (size == start.length) {
            int capacity = Math.multiplyExact(size, 2);
            start = Arrays.copyOf(start, capacity);
            each = Arrays.copyOf(each, capacity);
            origin = Arrays.copyOf(origin, capacity);
            offset = Arrays.copyOf(offset, capacity);
            before = Arrays.copyOf(before, capacity);
            next = Arrays.copyOf(next, capacity);
        }
        start[size] = theStart;
        each[size] = theClass;
        origin[size] = theOrigin;
        offset[size] = theOffset;
        before[size] = theBefore;
        next[size] = head;
        return size++;
    }

    /** Tells whether a label of a list is at least as good as one that is to start now. */
    boolean isDominated(int head, double newOrigin, double newOffset, int newLimit, int[] limit) {
        for (int label = head; label >= 0; label = next[label]) {
            if (offset[label] <= newOffset && origin[label] >= newOrigin && limit[start[label]] >= newLimit) {
                return true;
            }
        }
        return false;
    }

    /** Returns a list without what a label that starts now dominates; whatever ends now has ended already. */
    int withoutDominated(int head, double newOrigin, double newOffset) {
        int kept = head;
        int previous = -1;
        for (int label = head; label >= 0; label = next[label]) {
            if (newOffset <= offset[label] && newOrigin >= origin[label]) {
                kept = unlink(kept, previous, label);
            } else {
                previous = label;
            }
        }
        return kept;
    }

    /** Takes a label out of a list and returns the list's head; the label still knows its next one. */
    int unlink(int head, int previous, int label) {
        if (previous < 0) {
            return next[label];
        }
        next[previous] = next[label];
        return head;
    }

    int next(int label) {
        return next[label];
    }

    int start(int label) {
        return start[label];
    }

    int each(int label) {
        return each[label];
    }

    double origin(int label) {
        return origin[label];
    }

    double offset(int label) {
        return offset[label];
    }

    ChainPath readBack(int last, int layers) {
        PathBuilder path = new PathBuilder();
        int end = layers;
        for (int label = last; label >= 0; label = before[label]) {
            path.prepend(each[label], end);
            end = start[label];
        }
        return path.build();
    }
}
