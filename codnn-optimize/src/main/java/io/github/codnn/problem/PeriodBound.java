package io.github.codnn.problem;

import io.github.codnn.plan.CompiledScenario;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The bound of the period by the work that devices can do; {@link LowerBound} proves it. */
final class PeriodBound {

    private static final double PRECISION = 1e-9;
    private static final int MAX_STEPS = 400; // more than the range of times needs

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
            least[layer - first] = LowerBound.leastSeconds(compiled, layer);
            longest = Math.max(longest, least[layer - first]);
        }
        double byLeast = byWork(first, least, longest);
        return Math.max(byLeast, byWork(first, meanShares(first, end), byLeast));
    }

    private double[] meanShares(int first, int end) {
        double[] shares = new double[end - first];
        for (int device = 0; device < devices; device++) {
            double whole = 0;
            for (int layer = first; layer < end; layer++) {
                whole += share(layer, device);
            }
            for (int layer = first; layer < end && whole > 0; layer++) {
                shares[layer - first] += share(layer, device) / whole;
            }
        }
        return shares;
    }

    /** Returns the time of a layer, 0 where it cannot run: any weights make a bound. */
    private double share(int layer, int device) {
        double seconds = compiled.seconds(layer, device);
        return seconds < Double.POSITIVE_INFINITY ? seconds : 0;
    }

    /** Returns the greatest period, from a known bound on, within which all devices cannot do all work. */
    private double byWork(int first, double[] work, double known) {
        double all = Arrays.stream(work).sum();
        FractionalKnapsack[] knapsacks = IntStream.range(0, devices)
                .mapToObj(device -> knapsack(first, work, device))
                .toArray(FractionalKnapsack[]::new);
        double low = known;
        double high = known;
        for (FractionalKnapsack knapsack : knapsacks) {
            high = Math.max(high, knapsack.allSeconds());
        }
        for (int step = 0; step < MAX_STEPS && low < high * (1 - PRECISION); step++) {
            double middle = (low + high) / 2;
            if (most(knapsacks, middle) >= all * (1 - PRECISION)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    private FractionalKnapsack knapsack(int first, double[] work, int device) {
        double[] seconds = IntStream.range(first, first + work.length)
                .mapToDouble(layer -> compiled.seconds(layer, device))
                .toArray();
        return new FractionalKnapsack(seconds, work, index -> compiled.isAllowed(first + index, device));
    }

    private double most(FractionalKnapsack[] knapsacks, double seconds) {
        double[] most = Arrays.stream(knapsacks)
                .mapToDouble(knapsack -> knapsack.maxWork(seconds))
                .sorted()
                .toArray();
        int fewest = Math.max(0, devices - compiled.scenario().rules().maxDevices());
        return Arrays.stream(most, fewest, devices).sum();
    }
}
