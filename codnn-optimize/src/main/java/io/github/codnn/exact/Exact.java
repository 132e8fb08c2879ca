package io.github.codnn.exact;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.problem.OffloadingProblem;

/**
 * The exact strategy that fits the problem: {@link ExactPipeline} for chains, {@link ExactDag} for everything else.
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
        boolean graph = !ExactPipeline.canSolve(problem) && ExactDag.canSolve(problem);
        return graph
                ? ExactDag.withDefaults().search(problem, options)
                : ExactPipeline.withDefaults().search(problem, options);
    }
}
