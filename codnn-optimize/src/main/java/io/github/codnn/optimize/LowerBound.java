package io.github.codnn.optimize;

import io.github.codnn.plan.CompiledScenario;

/**
 * Proven lower bounds of the known objectives over all feasible placements, from relaxations that are cheap to solve.
 *
 * <p>Every bound takes O(L D) time for L layers and D devices. All hold whatever the links are, for chains and DAGs.
 *
 * <ul>
 *   <li>Period: no resource can be idle less than not at all. (a) Some device runs each layer, so the period is at least
 *       {@code max over layers of min over devices of seconds}. (b) Let {@code w(l)} be the least time of layer l on any
 *       device and {@code rho(d) = max over layers of w(l) / seconds(l, d)}, at most 1. Within a period P device d does
 *       work worth at most {@code rho(d) P}, all devices together at most {@code P sum rho}, and all tasks that share
 *       devices need {@code W = sum w}. With at most m devices only the m greatest rho count. Hence
 *       {@code P >= W / sum rho} for a single task; for several tasks each one alone gives a bound of the greatest period.
 *   <li>Response: the layers of the heaviest path from input to output at their least times, for every task.
 *   <li>Mean: {@code (response + (n - 1) period) / n} with both at their bounds, averaged over the tasks.
 *   <li>Energy: every layer at its least energy; waiting and transfers are taken as free.
 *   <li>Price: every layer at its least price.
 * </ul>
 */
public final class LowerBound {

    private LowerBound() {}

    /**
     * Returns a lower bound for a problem.
     *
     * @param problem the problem
     * @return a value that no feasible placement can go below; negative infinity for a fitness of the user's own
     */
    public static double of(OffloadingProblem problem) {
        CompiledScenario compiled = problem.compiled();
        // Sums in another order than the evaluator's may differ in the last digits; a bound must not.
        double slack = 1 - 1e-12;
        return slack
                * problem.objective()
                        .map(objective -> switch (objective) {
                            case PERIOD -> period(compiled);
                            case RESPONSE -> response(compiled);
                            case MEAN -> mean(compiled);
                            case ENERGY -> energy(compiled);
                            case PRICE -> price(compiled);
                        })
                        .orElse(Double.NEGATIVE_INFINITY);
    }

    private static double period(CompiledScenario compiled) {
        double bound = 0;
        for (int task = 0; task < compiled.taskCount(); task++) {
            bound = Math.max(bound, period(compiled, task));
        }
        return bound;
    }

    private static double period(CompiledScenario compiled, int task) {
        double longest = 0;
        double work = 0;
        double[] speeds = new double[compiled.deviceCount()];
        for (int layer = compiled.firstLayer(task); layer < compiled.firstLayer(task + 1); layer++) {
            double least = leastSeconds(compiled, layer);
            longest = Math.max(longest, least);
            work += least;
            for (int device = 0; device < speeds.length; device++) {
                double seconds = compiled.seconds(layer, device);
                double speed = seconds <= least ? 1 : least / seconds;
                speeds[device] = allowed(compiled, layer, device) ? Math.max(speeds[device], speed) : speeds[device];
            }
        }
        java.util.Arrays.sort(speeds);
        double speed = 0;
        int most = Math.min(speeds.length, compiled.scenario().rules().maxDevices());
        for (int rank = 0; rank < most; rank++) {
            speed += speeds[speeds.length - 1 - rank];
        }
        return Math.max(longest, work == 0 ? 0 : work / speed);
    }

    private static double response(CompiledScenario compiled) {
        double bound = 0;
        for (int task = 0; task < compiled.taskCount(); task++) {
            bound = Math.max(bound, response(compiled, task));
        }
        return bound;
    }

    private static double response(CompiledScenario compiled, int task) {
        double[] finish = new double[compiled.firstLayer(task + 1) - compiled.firstLayer(task)];
        double[] ready = new double[finish.length];
        double bound = 0;
        for (int tensor = compiled.firstTensor(task), layer = compiled.firstLayer(task);
                layer < compiled.firstLayer(task + 1);
                layer++) {
            int local = layer - compiled.firstLayer(task);
            finish[local] = ready[local] + leastSeconds(compiled, layer);
            bound = Math.max(bound, finish[local]);
            for (; tensor < compiled.firstTensor(task + 1) && compiled.producer(tensor) <= layer; tensor++) {
                if (compiled.producer(tensor) == layer) {
                    for (int consumer : compiled.consumers(tensor)) {
                        int to = consumer - compiled.firstLayer(task);
                        ready[to] = Math.max(ready[to], finish[local]);
                    }
                }
            }
        }
        return bound;
    }

    private static double mean(CompiledScenario compiled) {
        double seconds = 0;
        double frames = 0;
        for (int task = 0; task < compiled.taskCount(); task++) {
            seconds += response(compiled, task) + (compiled.frames(task) - 1) * period(compiled, task);
            frames += compiled.frames(task);
        }
        return seconds / frames;
    }

    private static double energy(CompiledScenario compiled) {
        return sum(compiled, (layer, device) -> compiled.joules(layer, device));
    }

    private static double price(CompiledScenario compiled) {
        return sum(
                compiled,
                (layer, device) -> compiled.seconds(layer, device)
                        * compiled.scenario().platform().devices().get(device).pricePerSecond());
    }

    private interface LayerCost {
        double of(int layer, int device);
    }

    private static double sum(CompiledScenario compiled, LayerCost cost) {
        double total = 0;
        for (int task = 0; task < compiled.taskCount(); task++) {
            for (int layer = compiled.firstLayer(task); layer < compiled.firstLayer(task + 1); layer++) {
                double least = Double.POSITIVE_INFINITY;
                for (int device = 0; device < compiled.deviceCount(); device++) {
                    if (allowed(compiled, layer, device)) {
                        least = Math.min(least, cost.of(layer, device));
                    }
                }
                total += compiled.frames(task) * least;
            }
        }
        return total;
    }

    private static double leastSeconds(CompiledScenario compiled, int layer) {
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < compiled.deviceCount(); device++) {
            if (allowed(compiled, layer, device)) {
                least = Math.min(least, compiled.seconds(layer, device));
            }
        }
        return least;
    }

    private static boolean allowed(CompiledScenario compiled, int layer, int device) {
        return compiled.pinned(layer) < 0 || compiled.pinned(layer) == device;
    }
}
