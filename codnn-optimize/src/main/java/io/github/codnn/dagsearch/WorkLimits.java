package io.github.codnn.dagsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.problem.FractionalKnapsack;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The most work that devices can do within a period, and the bound of the period that follows from it. */
final class WorkLimits {

    private static final int MAX_STEPS = 400; // more than the range of times needs

    private final DagModel model;
    private final FractionalKnapsack[] knapsacks; // [class]
    private final double[] maxWork; // [class] within the period
    private final int[] order; // classes by falling most work

    WorkLimits(DagModel model) {
        this.model = model;
        knapsacks = new FractionalKnapsack[model.classes];
        maxWork = new double[model.classes];
        order = new int[model.classes];
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            boolean[] allowed = model.allowed[deviceClass];
            knapsacks[deviceClass] =
                    new FractionalKnapsack(model.seconds[deviceClass], model.work, node -> allowed[node]);
        }
    }

    void prepare(double period) {
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            maxWork[deviceClass] = maxWork(deviceClass, period);
        }
        int[] sorted = IntStream.range(0, model.classes)
                .boxed()
                .sorted((one, other) -> Double.compare(maxWork[other], maxWork[one]))
                .mapToInt(deviceClass -> deviceClass)
                .toArray();
        System.arraycopy(sorted, 0, order, 0, sorted.length);
    }

    /** Returns the most work that a device of a class can do within the period. */
    double maxWork(int deviceClass) {
        return maxWork[deviceClass];
    }

    /** Returns the most work that a device of a class can do in a time. */
    double maxWork(int deviceClass, double seconds) {
        return knapsacks[deviceClass].maxWork(seconds);
    }

    /** Returns the most work that a number of unused devices can do within the period. */
    double maxWork(int[] usedCount, int devices) {
        double work = 0;
        int left = devices;
        for (int rank = 0; rank < order.length && left > 0; rank++) {
            int deviceClass = order[rank];
            int here = Math.min(left, model.members.get(deviceClass).size() - usedCount[deviceClass]);
            work += here * maxWork[deviceClass];
            left -= here;
        }
        return work;
    }

    /** Returns a lower bound of the period in seconds, by the work of all devices and by the longest node. */
    double leastPeriod() {
        double longest = Arrays.stream(model.leastSeconds).max().orElse(0);
        double low = 0;
        double high = model.longestPeriod();
        int[] unused = new int[model.classes];
        for (int step = 0; step < MAX_STEPS && low < high * (1 - 1e-9); step++) {
            double middle = (low + high) / 2;
            prepare(middle);
            if (maxWork(unused, model.maxStages) + Tolerances.BOUND >= model.totalWork) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.max(low, longest * (1 - 1e-12));
    }
}
