package io.github.codnn.examples;

import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.AutoPareto;
import io.github.codnn.planner.ParetoPlanner;
import io.github.codnn.problem.Objective;
import java.util.List;

/** Lists the plans of which none is better than another in both time and energy. */
public final class TimeEnergyFront {

    private TimeEnergyFront() {}

    /**
     * Searches the front and prints it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        // region front
        ParetoFront front = ParetoPlanner.withDefaults()
                .withSearch(AutoPareto.withDefaults().withEpsilon(0.01))
                .front(Quickstart.scenario(), List.of(Objective.PERIOD, Objective.ENERGY));
        for (Plan plan : front.plans()) {
            System.out.printf(
                    "%6.1f ms %7.1f J on %d devices%n",
                    plan.metrics().periodSeconds() * 1e3,
                    plan.metrics().energyJoules(),
                    plan.stages().stream()
                            .map(stage -> stage.device())
                            .distinct()
                            .count());
        }
        // endregion
    }
}
