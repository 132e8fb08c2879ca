package io.github.codnn.examples;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;

/** A strategy of your own: try every single cut between every two devices. */
public final class CustomStrategy {

    private CustomStrategy() {}

    // region strategy
    /** The first layers run on one device, the others on another; pinned layers stay. */
    record EveryCut() implements Strategy {
        @Override
        public SearchResult search(OffloadingProblem problem, SearchOptions options) {
            SearchRun run = SearchRun.start(problem, options, this);
            for (String first : problem.devices()) {
                for (String second : problem.devices()) {
                    for (int cut = 0; cut <= problem.layerCount() && run.mayContinue(); cut++) {
                        int end = cut;
                        run.offer(problem.placement(layer -> layer < end ? first : second));
                    }
                }
            }
            return run.finish();
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
