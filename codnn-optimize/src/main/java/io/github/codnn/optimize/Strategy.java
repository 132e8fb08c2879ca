package io.github.codnn.optimize;

import io.github.codnn.problem.OffloadingProblem;

/**
 * A way to find a placement. Implementations are immutable settings, so that one object may run any number of searches
 * at the same time.
 *
 * <p>To write one of your own, start a {@link SearchRun}, offer placements to it until it says stop, and return its
 * result:
 *
 * <pre>{@code
 * Strategy allLocal = (problem, options) -> {
 *     SearchRun run = SearchRun.start(problem, options, "AllLocal", "");
 *     run.offer(new int[problem.compiled().layerCount()]);
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
}
