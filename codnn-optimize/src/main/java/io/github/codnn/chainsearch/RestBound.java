package io.github.codnn.chainsearch;

import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;

/**
 * The first cut from which a set of devices can run the rest of a chain within a period: a relaxation that ignores
 * which device sends to which. One number for each set is enough, since an earlier cut always leaves less to the
 * devices before. O(S C) time for S sets and C classes.
 */
final class RestBound {

    private static final int SETS_PER_CHECK = 1 << 15;

    private final ChainModel model;
    private final DeviceSets sets;
    private final StageReach reach;
    private final CutTables cuts;
    private final int[] from; // [set]
    private final int[][] reaching; // [class][cut] first cut from which a stage reaches it
    private final int[][]
            starts; // [class][cut] the first of these at which it may start; the cut itself if there is none

    RestBound(ChainModel model, DeviceSets sets, StageReach reach, CutTables cuts) {
        this.model = model;
        this.sets = sets;
        this.reach = reach;
        this.cuts = cuts;
        from = new int[sets.all + 1];
        reaching = new int[model.classes][model.layers + 1];
        starts = new int[model.classes][model.layers + 1];
    }

    /**
     * Computes all cuts unless the signal is raised; the reach must be prepared for the same period; this method
     * prepares the tables.
     */
    void prepare(double period, PathEnds ends, StopSignal signal) {
        cuts.prepare(period);
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            findStarts(deviceClass);
            boolean first = ends.mayBegin(model, deviceClass, period);
            for (int cut = 0; first && cut <= model.layers && reaching[deviceClass][cut] == 0; cut++) {
                starts[deviceClass][cut] = 0;
            }
            if (!ends.mayEnd(model, deviceClass, period)) {
                starts[deviceClass][model.layers] = model.layers;
            }
        }
        from[0] = model.layers;
        for (int set = 1; set <= sets.all; set++) {
            if (set % SETS_PER_CHECK == 0 && signal.isRaised(SETS_PER_CHECK)) {
                return;
            }
            int least = model.layers;
            for (int rest = sets.classes[set]; rest != 0; rest &= rest - 1) {
                int deviceClass = Integer.numberOfTrailingZeros(rest);
                int start = starts[deviceClass][from[set - sets.stride[deviceClass]]];
                least = start < least ? start : least;
            }
            from[set] = least;
        }
    }

    private void findStarts(int deviceClass) {
        int[] startable = new int[model.layers + 1];
        Arrays.fill(startable, model.layers);
        for (int before = 0; before < model.classes; before++) {
            int[] next = cuts.next(before, deviceClass);
            for (int cut = 0; cut < model.layers; cut++) {
                startable[cut] = next[cut] < startable[cut] ? next[cut] : startable[cut];
            }
        }
        int start = 0;
        for (int cut = 0; cut <= model.layers; cut++) {
            while (reach.end(deviceClass, start) < cut) {
                start++;
            }
            reaching[deviceClass][cut] = start;
            starts[deviceClass][cut] = startable[start] < cut ? startable[start] : cut;
        }
    }

    /** Returns from which cut on a set of devices can do the rest; the number of layers if they can do nothing. */
    int from(int set) {
        return from[set];
    }

    /** Returns the first cut from which a stage reaches another cut. */
    int reaching(int deviceClass, int cut) {
        return reaching[deviceClass][cut];
    }
}
