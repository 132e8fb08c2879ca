package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The bound of the period by the work that devices can do; {@link LowerBound} proves it. */
final class PeriodBound {

    private static final double PRECISION = 1e-9;

    private final CompiledScenario compiled;
    private final int devices;

    PeriodBound(CompiledScenario compiled) {
        this.compiled = compiled;
        devices = compiled.deviceCount();
    }

    /** Returns a bound of the greatest period of all tasks. */
    double all() {
        return between(0, compiled.layerCount());
    }

    /** Returns a bound of the period of one task. */
    double of(int task) {
        return between(compiled.firstLayer(task), compiled.firstLayer(task + 1));
    }

    private double between(int first, int end) {
        double longest = 0;
        double[] least = new double[end - first];
        for (int layer = first; layer < end; layer++) {
            least[layer - first] = leastSeconds(layer);
            longest = Math.max(longest, least[layer - first]);
        }
        double byLeast = byWork(first, least, longest);
        return Math.max(byLeast, byWork(first, meanShares(first, end), byLeast));
    }

    private double leastSeconds(int layer) {
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < devices; device++) {
            if (LowerBound.isAllowed(compiled, layer, device)) {
                least = Math.min(least, compiled.seconds(layer, device));
            }
        }
        return least;
    }

    private double[] meanShares(int first, int end) {
        double[] shares = new double[end - first];
        for (int device = 0; device < devices; device++) {
            double whole = 0;
            for (int layer = first; layer < end; layer++) {
                whole += compiled.seconds(layer, device);
            }
            for (int layer = first; layer < end && whole > 0; layer++) {
                shares[layer - first] += compiled.seconds(layer, device) / whole;
            }
        }
        return shares;
    }

    /** Returns the greatest period, from a known bound on, within which all devices cannot do all work. */
    private double byWork(int first, double[] work, double known) {
        double all = Arrays.stream(work).sum();
        Knapsack[] knapsacks = IntStream.range(0, devices)
                .mapToObj(device -> new Knapsack(first, work, device))
                .toArray(Knapsack[]::new);
        double low = known;
        double high = known;
        for (Knapsack knapsack : knapsacks) {
            high = Math.max(high, knapsack.seconds());
        }
        while (low < high * (1 - PRECISION)) {
            double middle = (low + high) / 2;
            if (most(knapsacks, middle) >= all * (1 - PRECISION)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    private double most(Knapsack[] knapsacks, double seconds) {
        double[] most = Arrays.stream(knapsacks)
                .mapToDouble(knapsack -> knapsack.most(seconds))
                .sorted()
                .toArray();
        int fewest = Math.max(0, devices - compiled.scenario().rules().maxDevices());
        return Arrays.stream(most, fewest, devices).sum();
    }

    /** The layers that a device may run, by falling work per second. */
    private final class Knapsack {

        private final double[] secondsBefore; // [rank]
        private final double[] workBefore; // [rank]

        private Knapsack(int first, double[] work, int device) {
            double[] rate = new double[work.length];
            for (int index = 0; index < rate.length; index++) {
                rate[index] = work[index] == 0 ? 0 : work[index] / compiled.seconds(first + index, device);
            }
            int[] ranked = IntStream.range(0, work.length)
                    .filter(index -> LowerBound.isAllowed(compiled, first + index, device))
                    .boxed()
                    .sorted((one, other) -> Double.compare(rate[other], rate[one]))
                    .mapToInt(index -> index)
                    .toArray();
            secondsBefore = new double[ranked.length + 1];
            workBefore = new double[ranked.length + 1];
            for (int rank = 0; rank < ranked.length; rank++) {
                secondsBefore[rank + 1] = secondsBefore[rank] + compiled.seconds(first + ranked[rank], device);
                workBefore[rank + 1] = workBefore[rank] + work[ranked[rank]];
            }
        }

        /** Returns how long all layers take. */
        private double seconds() {
            return secondsBefore[secondsBefore.length - 1];
        }

        private double most(double seconds) {
            int last = secondsBefore.length - 1;
            if (seconds >= secondsBefore[last]) {
                return workBefore[last];
            }
            int low = 0;
            int high = last;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (secondsBefore[middle] <= seconds) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            double share = (seconds - secondsBefore[low]) / (secondsBefore[high] - secondsBefore[low]);
            return workBefore[low] + share * (workBefore[high] - workBefore[low]);
        }
    }
}
