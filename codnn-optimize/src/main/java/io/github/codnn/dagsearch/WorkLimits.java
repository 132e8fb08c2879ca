package io.github.codnn.dagsearch;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The most work that a device can do in a time: that of a fractional knapsack, filled with the nodes that give it most
 * work per second (G. B. Dantzig: Discrete-variable extremum problems, 1957).
 */
final class WorkLimits {

    private static final double ROUNDING = 1e-9; // of all work

    private final DagModel model;
    private final double[][] secondsBefore; // [class][rank] of the nodes ranked before, best ones first
    private final double[][] workBefore;
    private final double[] mostWork; // [class] within the period
    private final int[] order; // classes by falling most work

    WorkLimits(DagModel model) {
        this.model = model;
        secondsBefore = new double[model.classes][];
        workBefore = new double[model.classes][];
        mostWork = new double[model.classes];
        order = new int[model.classes];
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            rank(deviceClass);
        }
    }

    private void rank(int deviceClass) {
        double[] seconds = model.seconds[deviceClass];
        double[] workPerSecond = new double[model.size];
        for (int node = 0; node < model.size; node++) {
            workPerSecond[node] = model.work[node] == 0 ? 0 : model.work[node] / seconds[node];
        }
        int[] ranked = IntStream.range(0, model.size)
                .filter(node -> model.allowed[deviceClass][node])
                .boxed()
                .sorted((one, other) -> Double.compare(workPerSecond[other], workPerSecond[one]))
                .mapToInt(node -> node)
                .toArray();
        secondsBefore[deviceClass] = new double[ranked.length + 1];
        workBefore[deviceClass] = new double[ranked.length + 1];
        for (int rank = 0; rank < ranked.length; rank++) {
            secondsBefore[deviceClass][rank + 1] = secondsBefore[deviceClass][rank] + seconds[ranked[rank]];
            workBefore[deviceClass][rank + 1] = workBefore[deviceClass][rank] + model.work[ranked[rank]];
        }
    }

    void prepare(double period) {
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            mostWork[deviceClass] = mostWork(deviceClass, period);
        }
        int[] sorted = IntStream.range(0, model.classes)
                .boxed()
                .sorted((one, other) -> Double.compare(mostWork[other], mostWork[one]))
                .mapToInt(deviceClass -> deviceClass)
                .toArray();
        System.arraycopy(sorted, 0, order, 0, sorted.length);
    }

    /** Returns the most work that a device of a class can do within the period. */
    double mostWork(int deviceClass) {
        return mostWork[deviceClass];
    }

    /** Returns the most work that a device of a class can do in a time. */
    double mostWork(int deviceClass, double seconds) {
        double[] before = secondsBefore[deviceClass];
        int last = before.length - 1;
        if (seconds >= before[last]) {
            return workBefore[deviceClass][last];
        }
        int low = 0;
        int high = last;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (before[middle] <= seconds) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double share = Math.max(0, seconds - before[low]) / (before[high] - before[low]);
        return workBefore[deviceClass][low] + share * (workBefore[deviceClass][high] - workBefore[deviceClass][low]);
    }

    /** Returns the most work that so many of the unused devices can do within the period. */
    double mostWork(int[] usedCount, int devices) {
        double work = 0;
        int left = devices;
        for (int rank = 0; rank < order.length && left > 0; rank++) {
            int deviceClass = order[rank];
            int here = Math.min(left, model.members.get(deviceClass).size() - usedCount[deviceClass]);
            work += here * mostWork[deviceClass];
            left -= here;
        }
        return work;
    }

    /** Returns a period that no plan can go below, by the work of all devices and by the longest node. */
    double leastPeriod() {
        double longest = Arrays.stream(model.leastSeconds).max().orElse(0);
        double low = 0;
        double high = model.longestPeriod();
        int[] unused = new int[model.classes];
        while (low < high * (1 - 1e-9)) {
            double middle = (low + high) / 2;
            prepare(middle);
            if (mostWork(unused, model.maxStages) + ROUNDING >= model.totalWork) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.max(low, longest * (1 - 1e-12));
    }
}
