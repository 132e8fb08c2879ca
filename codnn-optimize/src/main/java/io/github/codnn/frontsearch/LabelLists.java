package io.github.codnn.frontsearch;

import io.github.codnn.chainsearch.ChainModel;
import io.github.codnn.chainsearch.DeviceSets;
import io.github.codnn.internal.Tolerances;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a {@link ParetoLabelSetting} by the cut at which their stage starts, the set of devices used with it,
 * and its class, each list without labels that others of it dominate.
 */
final class LabelLists {

    private static final int NONE = -1;

    private final FrontBounds bounds;
    private final LabelDominance order;
    private final DeviceSets sets;
    private final int classes;
    private final long[] members; // [set] its devices, as bits
    private final FrontLabels labels = new FrontLabels();
    private final int[] @Nullable [] heads; // [cut][set * classes + class] first label; nothing where there are none
    private double share;
    private int compared;

    LabelLists(ChainModel model, DeviceSets sets, FrontBounds bounds, LabelDominance order) {
        this.sets = sets;
        this.bounds = bounds;
        this.order = order;
        classes = model.classes;
        heads = new int[model.layers][];
        members = new long[sets.all + 1];
        for (int set = 0; set <= sets.all; set++) {
            int offset = 0;
            for (int deviceClass = 0; deviceClass < classes; deviceClass++) {
                members[set] |= ((1L << sets.used(set, deviceClass)) - 1) << offset;
                offset += model.count[deviceClass];
            }
        }
    }

    /** Removes all labels. From now on a label is also discarded in favour of one that is worse by at most a share. */
    void clear(double allowed) {
        Arrays.fill(heads, null);
        labels.clear();
        share = Math.max(allowed, Tolerances.EQUAL);
    }

    /** Adds a label unless another one dominates it, and removes those that it dominates. */
    void add(double[] row, int cut, int set, int deviceClass, int stage) {
        int[] lists = heads[cut];
        if (lists == null) {
            lists = new int[bounds.statesPerCut()];
            Arrays.fill(lists, NONE);
            heads[cut] = lists;
        }
        int state = set * classes + deviceClass;
        order.compare(bounds.watts(set), bounds.watts(set));
        double[] rows = labels.rows();
        for (int label = lists[state]; label >= 0; label = labels.next(label)) {
            compared++;
            if (order.dominates(rows, label * FrontLabels.COLUMNS, row, 0, share)) {
                return;
            }
        }
        // The share may apply only once per stage, so removals allow for rounding only.
        removeDominated(lists, state, row, 0);
        lists[state] = labels.add(row, stage, lists[state]);
    }

    private void removeDominated(int[] lists, int state, double[] row, int at) {
        double[] rows = labels.rows();
        int previous = NONE;
        int label = lists[state];
        while (label >= 0) {
            int next = labels.next(label);
            compared++;
            if (order.dominates(row, at, rows, label * FrontLabels.COLUMNS, Tolerances.EQUAL)) {
                lists[state] = labels.remove(lists[state], previous, label);
            } else {
                previous = label;
            }
            label = next;
        }
    }

    /** Removes labels of a cut and a class that others with fewer devices dominate. */
    void prune(int cut, int deviceClass) {
        int[] lists = heads[cut];
        for (int small = 1; lists != null && small < sets.all; small++) {
            for (int big = small + 1; big <= sets.all && lists[small * classes + deviceClass] >= 0; big++) {
                if (lists[big * classes + deviceClass] >= 0 && (members[small] & ~members[big]) == 0) {
                    order.compare(bounds.watts(small), bounds.watts(big));
                    for (int label = lists[small * classes + deviceClass]; label >= 0; label = labels.next(label)) {
                        removeDominated(lists, big * classes + deviceClass, labels.rows(), label * FrontLabels.COLUMNS);
                    }
                }
            }
        }
    }

    /** Returns the first label of a cut, a set and a class, -1 if there is none. */
    int first(int cut, int set, int deviceClass) {
        int[] lists = heads[cut];
        return lists == null ? NONE : lists[set * classes + deviceClass];
    }

    /** Returns the next label of the same list, -1 after the last one. */
    int next(int label) {
        return labels.next(label);
    }

    /** Copies the row of a label and returns the stage before. */
    int read(int label, double[] row) {
        labels.read(label, row);
        return labels.predecessor(label);
    }

    /** Releases the labels of a cut, a set and a class, so that new ones reuse their memory. */
    void release(int cut, int set, int deviceClass) {
        for (int label = first(cut, set, deviceClass); label >= 0; ) {
            label = labels.remove(label, NONE, label);
        }
    }

    /** Releases the lists of a cut. */
    void release(int cut) {
        heads[cut] = null;
    }

    /** Returns for how many labels memory is in use. */
    int size() {
        return labels.size();
    }

    /** Returns how many labels were compared since the last call. */
    int takeCompared() {
        int count = compared;
        compared = 0;
        return count;
    }
}
