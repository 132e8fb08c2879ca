package io.github.codnn.examples;

import io.github.codnn.optimize.SearchResult;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;

/** Finds the plan that takes the least energy among those that answer in time. */
public final class MeetDeadline {

    private MeetDeadline() {}

    /**
     * Plans with a deadline that can be met and with one that cannot.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        plan(0.300);
        plan(0.010);
    }

    private static void plan(double seconds) {
        // region deadline
        Scenario scenario = Quickstart.scenario();
        Task task = scenario.workload().tasks().get(0).withDeadline(Deadline.onResponse(seconds));

        SearchResult result = Planner.withDefaults().plan(scenario.withWorkload(Workload.of(task)), Objective.ENERGY);
        result.best()
                .ifPresentOrElse(
                        plan -> System.out.printf(
                                "within %.0f ms: %.1f J, %.1f ms%n",
                                seconds * 1e3,
                                plan.metrics().energyJoules(),
                                plan.metrics().responseSeconds() * 1e3),
                        () -> System.out.printf("within %.0f ms: no plan%n", seconds * 1e3));
        // endregion
    }
}
