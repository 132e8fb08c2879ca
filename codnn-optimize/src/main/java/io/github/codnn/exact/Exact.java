package io.github.codnn.exact;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.problem.OffloadingProblem;

/**
 * The exact strategy that fits the problem: {@link ExactPipeline} for the times of chains with one stage per device,
 * {@link ExactDag} for the period of other networks with one stage per device, {@link ExactCost} for everything else.
 * Each documents what it can solve and rejects other problems.
 */
public record Exact() implements Strategy {

    /**
     * Returns the strategy.
     *
     * @return the strategy, which has no settings
     */
    public static Exact withDefaults() {
        return new Exact();
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        if (ExactPipeline.canSolve(problem)) {
            return ExactPipeline.withDefaults().search(problem, options);
        }
        return ExactDag.canSolve(problem)
                ? ExactDag.withDefaults().search(problem, options)
                : ExactCost.withDefaults().search(problem, options);
    }
}
