package io.github.codnn.problem;

import io.github.codnn.plan.BatchCosts;
import io.github.codnn.plan.CompiledScenario;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Proven lower bounds of the known objectives over all feasible placements, from relaxations that are cheap to solve:
 * for any number of tasks, chains and DAGs, whatever the links.
 *
 * <p>Let L be the layers, E the tensors and D the devices.
 *
 * <ul>
 *   <li>Period, O(L D log L). (a) Some device runs each layer, so the period is at least the least time of every layer.
 *       (b) Give each layer any work w. Within a period P a device can do no more work than a fractional knapsack of
 *       size P, filled with the layers that give it most work per second; if all devices (with at most m devices, the m
 *       strongest) cannot do the work of all layers, P is too short. That holds for all tasks together, since a device
 *       in use loads some task with the layers of every task. Work is tried as least time and as mean share of time.
 *       (c) {@link JointTimes}: prices of the time of devices, links and media.
 *   <li>Response, O(E D^2). Let {@code f(l, d)} be the least time at which layer l can be done on device d: its own
 *       time after the latest of its inputs, each from the device from which it arrives first. Waiting and other limits
 *       are left out, so no frame is faster.
 *   <li>Mean: {@code (response + (n - 1) period) / n} with both at their bounds for each task, averaged; or the
 *       bound of {@link JointTimes}, which knows that tasks take turns.
 *   <li>Energy and price. Each layer at its least cost; on a chain, transfers included, by the cheapest path through
 *       layers and devices. Limits of time, memory and response are bought at multipliers (Lagrangian relaxation: A. M.
 *       Geoffrion, 1974). For energy the makespan and the devices in use, which pay for waiting and for being switched
 *       on, are enumerated by branch and bound, up to a fixed amount of work: at most a few hundred
 *       relaxations of some tens of steps in O(E D^2) each, and less than a second in all. {@code CostBound} has the
 *       proof.
 *   <li>A {@link WeightedSum}: the weighted sum of the bounds.
 *   <li>Infinite for any fitness if the bound of the response or the mean of a task is above its deadline.
 * </ul>
 */
final class LowerBound {

    private final CompiledScenario compiled;
    private final BooleanSupplier stop;

    private LowerBound(CompiledScenario compiled, BooleanSupplier stop) {
        this.compiled = compiled;
        this.stop = stop;
    }

    /**
     * Returns a lower bound for a problem; see {@link OffloadingProblem#lowerBound()}.
     *
     * @param problem the problem
     * @param stop whether to give up; bounds of what is left are then zero or unknown, which holds, too
     * @return a lower bound of the fitness of all feasible placements; positive infinity if none is feasible; negative
     *     infinity for a fitness of the user's own
     */
    static double of(OffloadingProblem problem, BooleanSupplier stop) {
        return new LowerBound(problem.compiled(), stop).of(problem.fitness());
    }

    private double of(Fitness fitness) {
        // Sums in another order than the evaluator's may differ in the last digits; the bound must stay below.
        double slack = 1e-9;
        if (missesDeadline(compiled.opened(), slack)) {
            return Double.POSITIVE_INFINITY;
        }
        double bound = Double.NEGATIVE_INFINITY;
        if (fitness instanceof WeightedSum sum) {
            bound = weighted(sum);
        } else if (fitness instanceof Objective objective) {
            bound = of(objective);
        }
        return Double.isInfinite(bound) ? bound : bound - slack * Math.abs(bound);
    }

    private double of(Objective objective) {
        CompiledScenario layers = compiled.opened(); // times of blocks that do not wait for all their inputs
        return switch (objective) {
            case PERIOD -> stop.getAsBoolean() ? 0 : period();
            case RESPONSE -> greatestResponse(layers);
            case MEAN -> mean(layers);
            case ENERGY -> stop.getAsBoolean() ? Double.NEGATIVE_INFINITY : energy(layers);
            case PRICE -> stop.getAsBoolean() ? Double.NEGATIVE_INFINITY : new CostBound(layers, stop).price();
        };
    }

    /** Where a device needs more power to wait than to compute, the relaxation may go below zero. */
    private double energy(CompiledScenario layers) {
        return Math.max(0, new CostBound(layers, stop).joules());
    }

    private boolean missesDeadline(CompiledScenario compiled, double slack) {
        for (int task = 0; task < compiled.taskCount() && !stop.getAsBoolean(); task++) {
            double limit = compiled.deadlineSeconds(task);
            if (limit < Double.POSITIVE_INFINITY) {
                double least = compiled.isDeadlineOnResponse(task)
                        ? new ResponseBound(compiled).of(task)
                        : makespan(compiled, task) / compiled.frames(task);
                if (least * (1 - slack) > limit) {
                    return true;
                }
            }
        }
        return false;
    }

    private double weighted(WeightedSum sum) {
        double bound = 0;
        for (var each : sum.weights().entrySet()) {
            bound += each.getValue() > 0 ? each.getValue() * of(each.getKey()) : 0;
        }
        return Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : bound; // one part infinite, another one given up
    }

    private double greatestResponse(CompiledScenario compiled) {
        ResponseBound response = new ResponseBound(compiled);
        double bound = 0;
        for (int task = 0; task < compiled.taskCount() && !stop.getAsBoolean(); task++) {
            bound = Math.max(bound, response.of(task));
        }
        return bound;
    }

    private double period() {
        return Math.max(new PeriodBound(compiled).all(), new JointTimes(compiled, stop).greatestPeriod());
    }

    private double mean(CompiledScenario compiled) {
        double alone = compiled.costs()
                .meanSeconds(IntStream.range(0, compiled.taskCount())
                        .mapToDouble(task -> stop.getAsBoolean() ? 0 : makespan(compiled, task))
                        .toArray());
        double frames = IntStream.range(0, compiled.taskCount())
                .mapToDouble(compiled.costs()::frames)
                .sum();
        return stop.getAsBoolean() ? alone : Math.max(alone, new JointTimes(compiled, stop).sumOfMakespans() / frames);
    }

    /** Returns a lower bound of the time for all frames of a task. */
    static double makespan(CompiledScenario compiled, int task) {
        double period = new PeriodBound(compiled).of(task);
        double response = new ResponseBound(compiled).of(task);
        return period == Double.POSITIVE_INFINITY
                ? period
                : BatchCosts.makespanSeconds(compiled.costs().frames(task), period, response);
    }

    /** Returns the time of a layer on the fastest device that may run it, in seconds; infinite if none may. */
    static double leastSeconds(CompiledScenario compiled, int layer) {
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < compiled.deviceCount(); device++) {
            if (compiled.isAllowed(layer, device)) {
                least = Math.min(least, compiled.seconds(layer, device));
            }
        }
        return least;
    }
}
