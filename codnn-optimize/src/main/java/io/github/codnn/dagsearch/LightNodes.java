package io.github.codnn.dagsearch;

import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Nodes that take little time and can run at many places of an order, such as the initial states of a decoder. Each of
 * them may double the number of down-sets. Any plan of a network is a plan of the rest of it once they are gone, so a
 * bound without them holds with them, and loses no more than their share of the work.
 */
final class LightNodes {

    private static final double MAX_SHARE = 0.01; // of the work, of all of them together

    private final DagModel whole;
    private final boolean[] leftOut; // [node]
    private final int[] kept; // [node of the rest] node of the whole

    private LightNodes(DagModel whole, boolean[] leftOut) {
        this.whole = whole;
        this.leftOut = leftOut;
        kept = IntStream.range(0, whole.size).filter(node -> !leftOut[node]).toArray();
    }

    /** Leaves no node out. */
    static LightNodes none(DagModel model) {
        return new LightNodes(model, new boolean[model.size]);
    }

    /**
     * Chooses as few light nodes as leave no more than a number of down-sets, first those that run beside most others
     * for their work; all of them if that does not suffice.
     */
    static LightNodes of(DagModel model, int most, StopSignal signal) {
        int[] byGain = byGain(model);
        int low = 0; // so few leave too many down-sets
        int high = byGain.length;
        while (high - low > 1) {
            int middle = (low + high) / 2;
            LightNodes first = new LightNodes(model, flags(model, byGain, middle));
            if (DownSets.of(first.rest(), most, signal).isPresent()) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return new LightNodes(model, flags(model, byGain, high));
    }

    private static boolean[] flags(DagModel model, int[] nodes, int count) {
        boolean[] flags = new boolean[model.size];
        for (int index = 0; index < count; index++) {
            flags[nodes[index]] = true;
        }
        return flags;
    }

    /** Returns the nodes that may be left out together, the best ones first. */
    private static int[] byGain(DagModel model) {
        StageTransfers transfers = new StageTransfers(model);
        double[] gain = new double[model.size];
        for (int node = 0; node < model.size; node++) {
            double seconds = model.leastSeconds[node];
            for (int tensor : model.nodes.writes(node)) {
                seconds += transfers.leastOut[tensor];
            }
            gain[node] = beside(model, node) / Math.max(seconds, Double.MIN_NORMAL);
        }
        double[] left = {MAX_SHARE * model.totalWork};
        return IntStream.range(0, model.size)
                .filter(node -> beside(model, node) > 0)
                .boxed()
                .sorted((one, other) -> Double.compare(gain[other], gain[one]))
                .mapToInt(node -> node)
                .takeWhile(node -> (left[0] -= model.work[node]) >= 0)
                .toArray();
    }

    /** Returns the network without them. */
    DagModel rest() {
        return kept.length == whole.size ? whole : whole.without(leftOut);
    }

    /** Puts them into an order of the rest, each as late as possible; returns an order of the whole. */
    int[] restore(int[] order) {
        int[] restored = new int[whole.size];
        boolean[] isPlaced = new boolean[whole.size];
        int end = 0;
        for (int node : order) {
            end = place(kept[node], restored, isPlaced, end);
        }
        for (int node = 0; node < whole.size; node++) {
            end = place(node, restored, isPlaced, end);
        }
        return restored;
    }

    /** Places a node after all those that it needs; returns the end of the order. */
    private int place(int node, int[] restored, boolean[] isPlaced, int from) {
        int end = from;
        long[] ahead = whole.nodes.ahead(node);
        for (int before = 0; before <= node; before++) {
            if ((ahead[before >> 6] & 1L << before) != 0 && !isPlaced[before]) {
                isPlaced[before] = true;
                restored[end++] = before;
            }
        }
        return end;
    }

    /** Returns the placement of the whole, where each light node runs in the first stage that needs it. */
    int[] placement(PlannedStages rest) {
        int[] stageOf = new int[whole.size];
        Arrays.fill(stageOf, rest.count() - 1);
        for (int node = 0; node < kept.length; node++) {
            stageOf[kept[node]] = rest.stageOf(node);
        }
        for (int node = whole.size - 1; node >= 0; node--) {
            for (int successor : whole.nodes.successors(node)) {
                stageOf[node] = leftOut[node] ? Math.min(stageOf[node], stageOf[successor]) : stageOf[node];
            }
        }
        return whole.placement(IntStream.of(stageOf).map(rest::deviceOf).toArray());
    }

    /** Returns how many nodes neither depend on a node nor are needed by it. */
    private static int beside(DagModel model, int node) {
        return model.size + 1 - count(model.nodes.ahead(node)) - count(model.nodes.behind(node));
    }

    private static int count(long[] bits) {
        return Arrays.stream(bits).mapToInt(Long::bitCount).sum();
    }
}
