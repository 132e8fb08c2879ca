package io.github.codnn.examples;

import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Objective;
import io.github.codnn.simulate.PipelineSimulator;
import io.github.codnn.simulate.Simulation;

/** Runs the frames of a plan one by one and compares the result with the formulas. */
public final class SimulatePlan {

    private SimulatePlan() {}

    /**
     * Plans, simulates and prints both makespans and the use of each device and link.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Plan plan = Planner.withDefaults()
                .plan(Quickstart.scenario(), Objective.PERIOD)
                .best()
                .orElseThrow();
        // region simulate
        Simulation simulation = PipelineSimulator.of(plan.scenario()).simulate(plan.placement());
        System.out.printf(
                "100 frames in %.3f s, %.3f s by the formulas%n",
                simulation.makespanSeconds(), plan.metrics().makespanSeconds());
        for (Simulation.ResourceUse use : simulation.resources()) {
            System.out.printf("%-15s %3.0f %% busy%n", use.resource(), use.utilization() * 100);
        }
        // endregion
    }
}
