package io.github.codnn.chainsearch;

import java.util.Arrays;

/**
 * The running stages of a {@link LeastResponsePath}, as labels. The labels of a state form a linked list.
 *
 * <p>One array per column: label setting reads two or three columns of many labels, so rows as objects would cost an
 * extra memory access per label. The other label stores of the engines are written out for the same reason: their
 * columns have other types, and a shared store would add an indirection to each access.
 */
final class LabelPool {

    private int[] starts = new int[1024];
    private int[] deviceClasses = new int[1024];
    private double[] origins = new double[1024];
    private double[] offsets = new double[1024];
    private int[] predecessors = new int[1024];
    private int[] next = new int[1024];
    private final int media;
    private double[] mediumLoads; // [label * media + medium]
    private int size;

    /**
     * Makes an empty pool.
     *
     * @param media how many media there are, whose loads are part of each label
     */
    LabelPool(int media) {
        this.media = media;
        mediumLoads = new double[1024 * media];
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /**
     * Adds a label in front of a list and returns it; {@code predecessor} is the stage before, -1 for none. Its media
     * have the loads of an entry of a batch.
     */
    int add(int start, double origin, double offset, LabelBatch batch, int entry, int head) {
        if (size == starts.length) {
            int capacity = Math.multiplyExact(size, 2);
            starts = Arrays.copyOf(starts, capacity);
            deviceClasses = Arrays.copyOf(deviceClasses, capacity);
            origins = Arrays.copyOf(origins, capacity);
            offsets = Arrays.copyOf(offsets, capacity);
            predecessors = Arrays.copyOf(predecessors, capacity);
            next = Arrays.copyOf(next, capacity);
            mediumLoads = Arrays.copyOf(mediumLoads, Math.multiplyExact(capacity, media));
        }
        starts[size] = start;
        deviceClasses[size] = batch.deviceClass(entry);
        origins[size] = origin;
        offsets[size] = offset;
        predecessors[size] = batch.predecessor(entry);
        next[size] = head;
        for (int medium = 0; medium < media; medium++) {
            mediumLoads[size * media + medium] = batch.mediumLoad(entry, medium);
        }
        return size++;
    }

    /** Tells whether a label of a list is at least as good as one that starts now. */
    boolean isDominated(
            int head, double newOrigin, double newOffset, int newLimit, int[] limit, LabelBatch batch, int entry) {
        for (int label = head; label >= 0; label = next[label]) {
            if (offsets[label] <= newOffset
                    && origins[label] >= newOrigin
                    && limit[starts[label]] >= newLimit
                    && isNoMoreLoaded(label, batch, entry)) {
                return true;
            }
        }
        return false;
    }

    /** Returns a list without the labels that a label that starts now dominates. */
    int withoutDominated(int head, double newOrigin, double newOffset, LabelBatch batch, int entry) {
        int kept = head;
        int previous = -1;
        for (int label = head; label >= 0; label = next[label]) {
            if (newOffset <= offsets[label] && newOrigin >= origins[label] && isNoLessLoaded(label, batch, entry)) {
                kept = unlink(kept, previous, label);
            } else {
                previous = label;
            }
        }
        return kept;
    }

    private boolean isNoMoreLoaded(int label, LabelBatch batch, int entry) {
        for (int medium = 0; medium < media; medium++) {
            if (mediumLoads[label * media + medium] > batch.mediumLoad(entry, medium)) {
                return false;
            }
        }
        return true;
    }

    private boolean isNoLessLoaded(int label, LabelBatch batch, int entry) {
        for (int medium = 0; medium < media; medium++) {
            if (mediumLoads[label * media + medium] < batch.mediumLoad(entry, medium)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the load of a medium by the transfers before a stage in seconds, 0 for no medium. */
    double mediumLoad(int label, int medium) {
        return medium < 0 ? 0 : mediumLoads[label * media + medium];
    }

    /** Removes a label from a list and returns the head of the list; the label still knows its next one. */
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
        return starts[label];
    }

    int deviceClass(int label) {
        return deviceClasses[label];
    }

    double origin(int label) {
        return origins[label];
    }

    double offset(int label) {
        return offsets[label];
    }

    ChainPath readBack(int last, int layers) {
        PathBuilder path = new PathBuilder();
        int end = layers;
        for (int label = last; label >= 0; label = predecessors[label]) {
            path.prepend(deviceClasses[label], end);
            end = starts[label];
        }
        return path.build();
    }
}
