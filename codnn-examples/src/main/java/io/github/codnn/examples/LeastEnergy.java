package io.github.codnn.examples;

import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Objective;
import java.util.List;

/** Compares the fastest plan with the plan that takes the least energy. */
public final class LeastEnergy {

    private LeastEnergy() {}

    /**
     * Plans for throughput and for energy and prints both.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        // region energy
        for (Objective objective : List.of(Objective.PERIOD, Objective.ENERGY)) {
            PlanMetrics metrics = Planner.withDefaults()
                    .plan(Quickstart.scenario(), objective)
                    .best()
                    .orElseThrow()
                    .metrics();
            System.out.printf(
                    "least %s: %.1f frames/s, %.1f J%n",
                    objective.label(), metrics.throughputPerSecond(), metrics.energyJoules());
        }
        // endregion
    }
}
