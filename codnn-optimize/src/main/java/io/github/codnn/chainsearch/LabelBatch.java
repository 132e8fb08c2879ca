package io.github.codnn.chainsearch;

import java.util.Arrays;

/** Stages that start at a cut once all stages that end there have been expanded; one array per column. */
final class LabelBatch {

    private int[] counts = new int[64];
    private int[] deviceClasses = new int[64];
    private int[] predecessors = new int[64];
    private double[] occupied = new double[64];
    private double[] arrivals = new double[64];
    private int size;

    void add(int count, int deviceClass, int predecessor, double occupiedSeconds, double arrivalSeconds) {
        if (size == counts.length) {
            counts = Arrays.copyOf(counts, size * 2);
            deviceClasses = Arrays.copyOf(deviceClasses, size * 2);
            predecessors = Arrays.copyOf(predecessors, size * 2);
            occupied = Arrays.copyOf(occupied, size * 2);
            arrivals = Arrays.copyOf(arrivals, size * 2);
        }
        counts[size] = count;
        deviceClasses[size] = deviceClass;
        predecessors[size] = predecessor;
        occupied[size] = occupiedSeconds;
        arrivals[size++] = arrivalSeconds;
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    int count(int entry) {
        return counts[entry];
    }

    int deviceClass(int entry) {
        return deviceClasses[entry];
    }

    /** Returns the label of the stage before, -1 for none. */
    int predecessor(int entry) {
        return predecessors[entry];
    }

    /** Returns for how many seconds transfers occupy the device of the stage before its layers run. */
    double occupied(int entry) {
        return occupied[entry];
    }

    /** Returns when a frame arrives if the pipeline is otherwise empty, in seconds. */
    double arrival(int entry) {
        return arrivals[entry];
    }
}
