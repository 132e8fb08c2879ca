package io.github.codnn.chainsearch;

import io.github.codnn.internal.Tolerances;
import java.util.Arrays;

/**
 * How far a stage reaches within a period if its device only runs its layers, and the work that remains for other
 * devices.
 *
 * <p>This gives a bound: a stage within the period does at most the greatest work of all such stages, for any measure
 * of work, and the unused devices of a path must be able to do the remaining work.
 */
final class StageReach {

    // Relative to the least period; searches narrow it further.
    private static final double PRECISION = 1e-3;
    private static final int MAX_STEPS = 400; // more than the range of times needs

    private final ChainModel model;
    private final int[][] reach; // [class][start]
    private final double[] maxWork; // [class] of a stage within the period

    StageReach(ChainModel model) {
        this.model = model;
        reach = new int[model.classes][model.layers + 1];
        maxWork = new double[model.classes];
    }

    /** Computes all ends in O(L C) time. */
    void prepare(double period) {
        for (int deviceClass = 0; deviceClass < model.classes; deviceClass++) {
            int[] limit = model.limit[deviceClass];
            int end = 0;
            double most = 0;
            for (int start = 0; start <= model.layers; start++) {
                end = Math.max(end, start);
                while (end < limit[start] && model.seconds(deviceClass, start, end + 1) <= period) {
                    end++;
                }
                reach[deviceClass][start] = end;
                double work = model.workAfter[start] - model.workAfter[end];
                most = work > most ? work : most;
            }
            maxWork[deviceClass] = most;
        }
    }

    /** Returns the furthest end of a stage, {@code start} itself if not even one layer fits. */
    int end(int deviceClass, int start) {
        return reach[deviceClass][start];
    }

    /** Returns the most work that a device of a class can do within the period. */
    double maxWork(int deviceClass) {
        return maxWork[deviceClass];
    }

    /**
     * Returns how much work all devices that are unused before a stage starts must be able to do together: the device
     * of the stage is one of them, and the others must do what it cannot reach.
     */
    double workNeeded(int deviceClass, int start) {
        return model.workAfter[reach[deviceClass][start]] + maxWork[deviceClass] - Tolerances.BOUND;
    }

    /**
     * Returns a lower bound of the period in seconds: with any shorter one, all devices together cannot do all work.
     * O(L C) time for each of some ten steps.
     */
    double leastPeriod() {
        double low = 0;
        double high = Arrays.stream(model.prefix)
                .mapToDouble(ofClass -> ofClass[model.layers])
                .max()
                .orElse(0);
        for (int step = 0; step < MAX_STEPS && low < high * (1 - PRECISION); step++) {
            double middle = (low + high) / 2;
            prepare(middle);
            if (canDoAll()) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    private boolean canDoAll() {
        double[] most = new double[model.chain.devices()];
        for (int device = 0; device < most.length; device++) {
            most[device] = -maxWork[model.chain.classOf(device)];
        }
        Arrays.sort(most);
        double sum = Tolerances.BOUND;
        for (int rank = 0; rank < Math.min(most.length, model.maxStages); rank++) {
            sum -= most[rank];
        }
        return sum >= model.workAfter[0];
    }
}
