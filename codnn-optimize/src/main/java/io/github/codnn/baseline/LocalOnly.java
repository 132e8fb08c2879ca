package io.github.codnn.baseline;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.HomePlacement;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;

/**
 * Runs every task on the device where its frames arise: the plan without any offloading.
 *
 * <p>A task without a source runs on the first terminal, or on the first device if there is none. Pinned layers go
 * where they are pinned. Takes one evaluation.
 */
public record LocalOnly() implements Strategy {

    /**
     * Returns the strategy; it has no settings.
     *
     * @return the strategy
     */
    public static LocalOnly withDefaults() {
        return new LocalOnly();
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        run.offer(HomePlacement.of(Arrangement.of(problem)));
        return run.endIteration().map(run::finish).orElseGet(() -> run.finish(StopReason.COMPLETED));
    }
}
