package io.github.codnn.dagsearch;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What the stages on both sides of a cut surely transfer to each other. The stage that ends at a down-set has one of
 * its last nodes, so if there is a single one, that stage writes its tensors; and the next stage has one of the nodes
 * that are ready, so it reads what all of them read. Such a cut has a load for each pair of classes, instead of the
 * least one over all devices. Not thread-safe.
 */
final class CutTransfers {

    private static final long MAX_PAIRS = 1 << 22; // of all sets; takes some 150 MB at most

    private static final double[] NO_LOAD = {0};
    private static final byte FORBIDDEN = -1;

    private final DagModel model;
    private final DownSets sets;
    private final int[] lastNode; // [set] the only one of its nodes that no other one needs, -1 if there are several
    private final int[][] tensors; // [set] that surely cross
    private final double[][][] loads; // [set][class of the sender][level] seconds, increasing
    private final byte[][] levels; // [set][class of the sender * classes + class of the receiver]
    private final double[][] leastIn; // [set][class] to receive them over its fastest links, as in StageArcs
    private final double[][] leastOut; // [set][class] to send them
    private double limit;

    CutTransfers(DagModel model, DownSets sets) {
        this.model = model;
        this.sets = sets;
        lastNode = lastNodes();
        tensors = new int[sets.count()][];
        loads = new double[sets.count()][][];
        levels = new byte[sets.count()][];
        leastIn = new double[sets.count()][];
        leastOut = new double[sets.count()][];
        StageTransfers transfers = new StageTransfers(model);
        long pairs = 0;
        for (int set = 0; set < sets.count(); set++) {
            tensors[set] = pairs < MAX_PAIRS ? sureTensors(set) : new int[0];
            loads[set] = new double[0][];
            levels[set] = new byte[0];
            if (tensors[set].length > 0) {
                measure(set);
                leastIn[set] = sum(transfers.in, tensors[set]);
                leastOut[set] = sum(transfers.out, tensors[set]);
                pairs += levels[set].length;
            }
        }
    }

    private static double[] sum(double[][] seconds, int[] tensors) {
        return Arrays.stream(seconds)
                .mapToDouble(ofClass -> IntStream.of(tensors)
                        .mapToDouble(tensor -> ofClass[tensor])
                        .sum())
                .toArray();
    }

    private int[] lastNodes() {
        int[] last = new int[sets.count()];
        boolean[] isReached = new boolean[sets.count()];
        for (int edge = 0; edge < sets.firstEdge(sets.count() - 1); edge++) {
            int to = sets.edgeTo(edge);
            last[to] = isReached[to] ? -1 : sets.edgeNode(edge);
            isReached[to] = true;
        }
        last[0] = -1;
        return last;
    }

    private int[] sureTensors(int set) {
        if (lastNode[set] < 0 || set == sets.count() - 1) {
            return new int[0];
        }
        return IntStream.of(model.nodes.writes(lastNode[set]))
                .filter(tensor -> isReadByAll(tensor, set))
                .toArray();
    }

    private boolean isReadByAll(int tensor, int set) {
        return IntStream.range(sets.firstEdge(set), sets.firstEdge(set + 1))
                .map(sets::edgeNode)
                .allMatch(node -> IntStream.of(model.nodes.readers(tensor)).anyMatch(reader -> reader == node));
    }

    private void measure(int set) {
        int classes = model.classes;
        loads[set] = new double[classes][];
        levels[set] = new byte[classes * classes];
        double[] seconds = new double[classes];
        for (int from = 0; from < classes; from++) {
            for (int to = 0; to < classes; to++) {
                seconds[to] = load(set, from, to);
            }
            double[] all = Arrays.stream(seconds)
                    .filter(each -> each < Double.POSITIVE_INFINITY)
                    .sorted()
                    .distinct()
                    .toArray();
            loads[set][from] = all.length == 0 ? NO_LOAD : all;
            for (int to = 0; to < classes; to++) {
                levels[set][from * classes + to] = (byte)
                        (seconds[to] < Double.POSITIVE_INFINITY
                                ? Arrays.binarySearch(loads[set][from], seconds[to])
                                : FORBIDDEN);
            }
        }
    }

    private double load(int set, int from, int to) {
        int sender = model.members.get(from).get(0);
        if (from == to && model.members.get(from).size() == 1) {
            return Double.POSITIVE_INFINITY;
        }
        int receiver = model.members.get(to).get(from == to ? 1 : 0);
        double seconds = 0;
        for (int tensor : tensors[set]) {
            seconds += model.compiled.transferSeconds(tensor, sender, receiver);
        }
        return seconds;
    }

    /** Prepares for another period. */
    void clear(double newLimit) {
        limit = newLimit;
    }

    /** Tells whether anything surely crosses the end of a set. */
    boolean isSure(int set) {
        return tensors[set].length > 0;
    }

    /** Returns how long a class receives at least what surely crosses. */
    double leastIn(int set, int ofClass) {
        return isSure(set) ? leastIn[set][ofClass] : 0;
    }

    /** Returns how long a class sends at least what surely crosses. */
    double leastOut(int set, int ofClass) {
        return isSure(set) ? leastOut[set][ofClass] : 0;
    }

    /** Returns the greatest number of loads that a class has as a sender. */
    int mostLevels(int set) {
        return isSure(set)
                ? Arrays.stream(loads[set]).mapToInt(each -> each.length).max().orElse(1)
                : 1;
    }

    /** Returns the loads that a class may have as a sender, in seconds, increasing; 0 if nothing is sure. */
    double[] loads(int set, int from) {
        return isSure(set) ? loads[set][from] : NO_LOAD;
    }

    /** Returns which load it is for a pair of classes, or -1 if a device of one class cannot follow the other. */
    int level(int set, int from, int to) {
        if (isSure(set)) {
            int level = levels[set][from * model.classes + to];
            return level >= 0 && loads[set][from][level] <= limit ? level : FORBIDDEN;
        }
        return from == to && model.members.get(from).size() == 1 ? FORBIDDEN : 0;
    }
}
