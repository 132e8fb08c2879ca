package io.github.codnn.dagsearch;

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

    /** Chooses light nodes: first those that run beside most others for their work. */
    static LightNodes of(DagModel model) {
        double[] gain = new double[model.size];
        for (int node = 0; node < model.size; node++) {
            gain[node] = beside(model, node) / Math.max(model.work[node], Double.MIN_NORMAL);
        }
        boolean[] leftOut = new boolean[model.size];
        double left = MAX_SHARE * model.totalWork;
        int[] byGain = IntStream.range(0, model.size)
                .filter(node -> beside(model, node) > 0)
                .boxed()
                .sorted((one, other) -> Double.compare(gain[other], gain[one]))
                .mapToInt(node -> node)
                .toArray();
        for (int node : byGain) {
            leftOut[node] = model.work[node] <= left;
            left -= leftOut[node] ? model.work[node] : 0;
        }
        return new LightNodes(model, leftOut);
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

    /** Returns the placement of the whole, where light nodes run with the next node of an order. */
    int[] placement(int[] order, int[] deviceOfRest) {
        int[] deviceOf = new int[whole.size];
        int next = -1;
        for (int node = 0; node < kept.length; node++) {
            deviceOf[kept[node]] = deviceOfRest[node];
        }
        for (int place = order.length - 1; place >= 0; place--) {
            next = leftOut[order[place]] ? next : deviceOf[order[place]];
            deviceOf[order[place]] = next < 0 ? lastDevice(order, deviceOf) : next;
        }
        return whole.placement(deviceOf);
    }

    private int lastDevice(int[] order, int[] deviceOf) {
        int last = order.length - 1;
        while (leftOut[order[last]]) {
            last--;
        }
        return deviceOf[order[last]];
    }

    /** Returns how many nodes neither depend on a node nor are needed by it. */
    private static int beside(DagModel model, int node) {
        return model.size + 1 - count(model.nodes.ahead(node)) - count(model.nodes.behind(node));
    }

    private static int count(long[] bits) {
        return Arrays.stream(bits).mapToInt(Long::bitCount).sum();
    }
}
