package io.github.codnn.chainsearch;

import java.util.Arrays;

/** Stages that are to start at a cut when all that end there have ended. */
final class LabelBatch {

    private int[] count = new int[64];
    private int[] each = new int[64];
    private int[] before = new int[64];
    private double[] occupied = new double[64];
    private double[] arrival = new double[64];
    private int size;

    void add(int theCount, int theClass, int theBefore, double theOccupied, double theArrival) {
        if (size == count.length) {
            count = Arrays.copyOf(count, size * 2);
            each = Arrays.copyOf(each, size * 2);
            before = Arrays.copyOf(before, size * 2);
            occupied = Arrays.copyOf(occupied, size * 2);
            arrival = Arrays.copyOf(arrival, size * 2);
        }
        count[size] = theCount;
        each[size] = theClass;
        before[size] = theBefore;
        occupied[size] = theOccupied;
        arrival[size++] = theArrival;
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    int count(int entry) {
        return count[entry];
    }

    int each(int entry) {
        return each[entry];
    }

    /** Returns the label of the stage before. */
    int before(int entry) {
        return before[entry];
    }

    /** Returns for how long transfers occupy the device of the stage before its layers run, in seconds. */
    double occupied(int entry) {
        return occupied[entry];
    }

    /** Returns when a frame arrives that finds the pipeline empty, in seconds. */
    double arrival(int entry) {
        return arrival[entry];
    }
}
