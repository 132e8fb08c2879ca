package io.github.codnn.examples;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.StopReason;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import java.util.Arrays;

/** A strategy of one's own: try every single cut between every two devices. */
public final class CustomStrategy {

    private CustomStrategy() {}

    // region strategy
    /** The first layers run on one device, the others on another. */
    record EveryCut() implements Strategy {
        @Override
        public SearchResult search(OffloadingProblem problem, SearchOptions options) {
            SearchRun run = SearchRun.start(problem, options, this);
            int[] placement = new int[problem.compiled().layerCount()];
            for (int first = 0; first < problem.compiled().deviceCount(); first++) {
                for (int second = 0; second < problem.compiled().deviceCount(); second++) {
                    for (int cut = 0; cut <= placement.length; cut++) {
                        Arrays.fill(placement, 0, cut, first);
                        Arrays.fill(placement, cut, placement.length, second);
                        run.offer(placement);
                    }
                }
            }
            return run.finish(StopReason.COMPLETED);
        }
    }
    // endregion

    /**
     * Plans with the strategy and prints the throughput.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        SearchResult result =
                Planner.withDefaults().withStrategy(new EveryCut()).plan(Quickstart.scenario(), Objective.PERIOD);
        System.out.printf(
                "%.1f frames/s after %d evaluations%n",
                result.best().orElseThrow().metrics().throughputPerSecond(), result.evaluations());
    }
}
