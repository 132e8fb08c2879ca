package io.github.codnn.optimize;

import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.problem.OffloadingProblem;

/**
 * A way to find a placement. Implementations are immutable settings, so that one object can run any number of searches
 * at the same time.
 *
 * <p>To write your own strategy, start a {@link SearchRun}, offer placements to it until it says stop, and return its
 * result:
 *
 * <pre>{@code
 * Strategy allOnFirst = (problem, options) -> {
 *     SearchRun run = SearchRun.start(problem, options, "AllOnFirst");
 *     run.offer(new int[problem.layerCount()]);
 *     return run.finish(StopReason.COMPLETED);
 * };
 * }</pre>
 */
@FunctionalInterface
public interface Strategy {

    /**
     * Searches for the best placement.
     *
     * @param problem what to solve
     * @param options seed, stop rule, executor and listener of this run
     * @return the best plan found, with its value, a proven bound and how the search went
     * @throws IllegalArgumentException if this strategy cannot solve problems of this kind; the message says which it
     *     can
     */
    SearchResult search(OffloadingProblem problem, SearchOptions options);

    /**
     * Returns how a planner collapses networks before this strategy searches, unless the planner has a collapser of its
     * own.
     *
     * @return chains of blocks unless overridden
     */
    default GraphCollapser preferredCollapser() {
        return ChainLinearizer.withDefaults();
    }
}
