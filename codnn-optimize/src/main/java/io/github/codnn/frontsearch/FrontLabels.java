package io.github.codnn.frontsearch;

import java.util.Arrays;

/**
 * The labels of a {@link ParetoLabelSetting}: stages that are to start, as rows of one array, those of a state linked
 * in a list. Rows are used again once a label is removed.
 */
final class FrontLabels {

    // The columns of a row: time and cost of a frame until the stage starts, and what is needed to extend it.
    static final int RESPONSE = 0; // seconds until the device can begin
    static final int PERIOD = 1; // the greatest load that is final, or that every completion has
    static final int JOULES = 2; // of the batch, but for waiting
    static final int PRICE = 3; // of the batch
    static final int RECEIVING = 4; // seconds for which receiving blocks the device
    static final int UPLOAD = 5; // seconds, while they may still add to the load of a device or a link
    static final int SINK = 6; // seconds that load the sink before it receives the results
    static final int MAKESPAN = 7; // seconds, at the least, of every completion
    static final int BOUND = 8; // of the first objective, for every completion; those of the others follow
    static final int COLUMNS = 11;

    private double[] figures = new double[1024 * COLUMNS];
    private int[] next = new int[1024];
    private int[] predecessors = new int[1024]; // the stage before
    private int size;
    private int freed = -1;

    void clear() {
        size = 0;
        freed = -1;
    }

    /** Adds a label in front of a list and returns it. */
    int add(double[] row, int predecessor, int head) {
        int label = freed;
        if (label >= 0) {
            freed = next[label];
        } else {
            label = size++;
            ensureCapacity();
        }
        System.arraycopy(row, 0, figures, label * COLUMNS, COLUMNS);
        next[label] = head;
        predecessors[label] = predecessor;
        return label;
    }

    private void ensureCapacity() {
        if (size > next.length) {
            int capacity = Math.multiplyExact(next.length, 2);
            figures = Arrays.copyOf(figures, Math.multiplyExact(capacity, COLUMNS));
            next = Arrays.copyOf(next, capacity);
            predecessors = Arrays.copyOf(predecessors, capacity);
        }
    }

    /** Takes a label out of a list and returns the list's head; its row may be used again by the next label. */
    int remove(int head, int previous, int label) {
        int after = next[label];
        next[label] = freed;
        freed = label;
        if (previous < 0) {
            return after;
        }
        next[previous] = after;
        return head;
    }

    /** Copies the row of a label. */
    void read(int label, double[] row) {
        System.arraycopy(figures, label * COLUMNS, row, 0, COLUMNS);
    }

    /** Returns the rows of all labels, until the next one is added. */
    double[] rows() {
        return figures;
    }

    int next(int label) {
        return next[label];
    }

    int predecessor(int label) {
        return predecessors[label];
    }

    /** Returns for how many labels memory is in use. */
    int size() {
        return size;
    }
}
