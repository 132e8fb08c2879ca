package io.github.codnn.chainsearch;

import java.util.Arrays;

/** Stages that start at a cut once all stages that end there have been expanded; one array per column. */
final class LabelBatch {

    private int[] counts = new int[64];
    private int[] deviceClasses = new int[64];
    private int[] predecessors = new int[64];
    private double[] occupied = new double[64];
    private double[] arrivals = new double[64];
    private final int media;
    private double[] mediumLoads; // [entry * media + medium]
    private int size;

    /**
     * Makes an empty batch.
     *
     * @param media how many media there are
     */
    LabelBatch(int media) {
        this.media = media;
        mediumLoads = new double[64 * media];
    }

    void add(int count, int deviceClass, int predecessor, double occupiedSeconds, double arrivalSeconds) {
        if (size == counts.length) {
            counts = Arrays.copyOf(counts, size * 2);
            deviceClasses = Arrays.copyOf(deviceClasses, size * 2);
            predecessors = Arrays.copyOf(predecessors, size * 2);
            occupied = Arrays.copyOf(occupied, size * 2);
            arrivals = Arrays.copyOf(arrivals, size * 2);
            mediumLoads = Arrays.copyOf(mediumLoads, size * 2 * media);
        }
        counts[size] = count;
        deviceClasses[size] = deviceClass;
        predecessors[size] = predecessor;
        occupied[size] = occupiedSeconds;
        arrivals[size++] = arrivalSeconds;
    }

    /** Loads the media of the last entry: as the stage before left them, and with one more transfer. */
    void loadMedia(LabelPool labels, int before, int used, double seconds) {
        for (int medium = 0; medium < media; medium++) {
            double load = before < 0 ? 0 : labels.mediumLoad(before, medium);
            mediumLoads[(size - 1) * media + medium] = medium == used ? load + seconds : load;
        }
    }

    double mediumLoad(int entry, int medium) {
        return mediumLoads[entry * media + medium];
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
