package io.github.codnn.examples;

import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Fitness;

/** Minimises a function of one's own: energy, with a price for every second that a frame takes. */
public final class CustomFitness {

    private CustomFitness() {}

    /**
     * Plans with the fitness and prints what it gives.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        // region fitness
        Fitness fitness = metrics -> metrics.energyJoules() + 20 * metrics.meanSeconds();

        Plan plan = Planner.withDefaults()
                .plan(Quickstart.scenario(), fitness)
                .best()
                .orElseThrow();
        System.out.printf(
                "%.1f J, %.1f ms a frame%n",
                plan.metrics().energyJoules(), plan.metrics().meanSeconds() * 1e3);
        // endregion
    }
}
