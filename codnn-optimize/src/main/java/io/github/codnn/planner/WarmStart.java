package io.github.codnn.planner;

import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.exact.Exact;
import io.github.codnn.internal.Checks;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.swarm.LocalImprovement;
import java.util.Objects;
import java.util.Optional;

/**
 * Plans anew in little time when the conditions of a plan have changed: takes the better of the present plan and, for
 * one network, of the best chain of blocks, which {@link Exact} finds; then {@link LocalImprovement} moves single
 * layers.
 *
 * <p>A heuristic for any problem; its result is never worse than the start under the present conditions. Takes the time
 * of {@link Exact} on a chain, some milliseconds on eight devices, and one evaluation, O(L) time for L layers, for each
 * move. Immutable, thread-safe, deterministic.
 *
 * @param start the present plan
 * @param moves how many moves of layers to try at most, zero or greater
 */
public record WarmStart(Placement start, int moves) implements Strategy {

    private static final int DEFAULT_MOVES = 1_000;

    /** Checks the components. */
    public WarmStart {
        Objects.requireNonNull(start, "start");
        Checks.nonNegative(moves, "The number of moves");
    }

    /**
     * Returns the strategy for a plan, with {@value #DEFAULT_MOVES} moves.
     *
     * @param start the present plan
     * @return the strategy
     */
    public static WarmStart of(Placement start) {
        return new WarmStart(start, DEFAULT_MOVES);
    }

    /**
     * Returns this strategy with another number of moves.
     *
     * @param number how many moves of layers to try at most, zero or greater
     * @return the changed strategy
     */
    public WarmStart withMoves(int number) {
        return new WarmStart(start, number);
    }

    /** Single layers, because the plan to start from places them. */
    @Override
    public GraphCollapser preferredCollapser() {
        return GraphCollapser.none();
    }

    /**
     * Plans anew.
     *
     * @throws IllegalArgumentException if the plan is for other tasks, layers or devices than the problem's
     */
    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        PhasedRun phases = new PhasedRun(problem, options);
        int[] present = problem.evaluator().encode(start);
        phases.run("Present", part -> Auto.evaluate(problem, part, present));
        if (Auto.canProve(problem)) {
            phases.run("Exact", part -> Exact.withDefaults().search(problem, Auto.soon(part)));
        } else {
            blocks(problem, phases).ifPresent(best -> phases.run("Blocks", part -> Auto.evaluate(problem, part, best)));
        }
        if (moves > 0) {
            phases.runFromBest(
                    "LocalImprovement",
                    (part, best) -> LocalImprovement.of(best).withMoves(moves).search(problem, part));
        }
        return phases.result();
    }

    /** Returns the best plan that keeps blocks together, where that is found soon. */
    private static Optional<int[]> blocks(OffloadingProblem problem, PhasedRun phases) {
        Optional<CollapsedScenario> collapsed = Auto.collapse(problem);
        if (collapsed.isEmpty()) {
            return Optional.empty();
        }
        OffloadingProblem coarse = OffloadingProblem.of(collapsed.get().scenario(), problem.fitness());
        if (!Auto.canProve(coarse)) {
            return Optional.empty();
        }
        return phases.runOther("blocks", part -> Exact.withDefaults().search(coarse, Auto.soon(part)))
                .flatMap(SearchResult::bestOrClosest)
                .map(plan -> problem.evaluator().encode(collapsed.get().expand(plan.placement())));
    }
}
