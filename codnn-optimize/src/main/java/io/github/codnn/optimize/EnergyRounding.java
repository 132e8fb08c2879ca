package io.github.codnn.optimize;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.plan.BatchCosts;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.problem.WeightedSum;

/**
 * By how much rounding may change the energy of a plan. The time that a device waits is the makespan less the time that
 * it computes; where both are nearly equal, the rounding of the makespan can be more than the wait.
 */
final class EnergyRounding {

    private EnergyRounding() {}

    /** Returns the rounding of a fitness in its unit; 0 if energy is no part of it. */
    static double of(OffloadingProblem problem, int[] placement, PlanMetrics metrics) {
        double weight = problem.fitness() instanceof WeightedSum sum
                ? sum.weights().getOrDefault(Objective.ENERGY, 0.0)
                : problem.objective().orElse(Objective.PERIOD) == Objective.ENERGY ? 1 : 0;
        return weight > 0 ? weight * joules(problem, placement, metrics) : 0;
    }

    /** Returns the rounding of the energy in joules. */
    static double joules(OffloadingProblem problem, int[] placement, PlanMetrics metrics) {
        BatchCosts costs = problem.compiled().costs();
        boolean[] waits = new boolean[problem.compiled().deviceCount()];
        for (int device : placement) {
            waits[device] = true;
        }
        double watts = 0;
        for (int device = 0; device < waits.length; device++) {
            watts += waits[device] || costs.alwaysWaits(device) ? costs.idleWatts(device) : 0;
        }
        return Tolerances.LOAD * watts * metrics.makespanSeconds();
    }
}
