package io.github.codnn.examples;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.zoo.ModelZoo;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Searches with several swarms at once, on threads of the caller. */
public final class ParallelIslands {

    private ParallelIslands() {}

    /**
     * Searches on two threads and on one, and prints whether both find the same plan.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        // region islands
        SearchOptions options = SearchOptions.withDefaults().withSeed(7).withStopRule(StopRule.iterations(6));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Plan parallel = plan(options.withExecutor(threads));
            Plan sequential = plan(options);
            System.out.printf(
                    "%.1f frames/s on two threads, %s plan on one%n",
                    parallel.metrics().throughputPerSecond(),
                    parallel.placement().equals(sequential.placement()) ? "the same" : "another");
        } finally {
            threads.shutdown();
        }
        // endregion
    }

    // region islands
    private static Plan plan(SearchOptions options) {
        Task task = Task.of("alexnet", ModelZoo.ALEXNET.build(), "drone").withFrames(100);
        return Planner.withDefaults()
                .withStrategy(Dbpso.withDefaults().withIslands(4, 2))
                .withOptions(options)
                .plan(Scenario.of(task, Quickstart.platform()), Objective.PERIOD)
                .best()
                .orElseThrow();
    }
    // endregion
}
