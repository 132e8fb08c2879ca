package io.github.codnn.planner;

import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.exact.Exact;
import io.github.codnn.exact.ExactDag;
import io.github.codnn.internal.Checks;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.swarm.LocalImprovement;
import java.util.Objects;
import java.util.Optional;

/**
 * Plans anew in little time when the conditions of a plan have changed: takes the better of the present plan and, for
 * one network, of a plan of its chain of blocks; then {@link LocalImprovement} moves single layers. The chain is solved
 * by {@link Exact} for up to {@value #MAX_EXACT_DEVICES} devices, else by {@link Dbpso} with
 * {@value #BLOCK_EVALUATIONS} evaluations.
 *
 * <p>A heuristic for any problem; its result is never worse than the start under the present conditions. Takes a few
 * milliseconds for the chain and one evaluation, O(L) time for L layers, for each move. Immutable, thread-safe,
 * deterministic.
 *
 * @param start the present plan
 * @param moves how many moves of layers to try at most, zero or greater
 * @param proofWork how much work {@link ExactDag} may do for a bound, and maybe a better plan, of one network that is
 *     no chain, if it minimises the period: a million units take about a tenth of a second; zero for none
 */
public record WarmStart(Placement start, int moves, long proofWork) implements Strategy {

    private static final int DEFAULT_MOVES = 1_000;
    private static final int MAX_EXACT_DEVICES = 4;
    private static final long BLOCK_EVALUATIONS = 500;

    /** Checks the components. */
    public WarmStart {
        Objects.requireNonNull(start, "start");
        Checks.nonNegative(moves, "The number of moves");
        Checks.nonNegative(proofWork, "The work for a proof");
    }

    /**
     * Returns the strategy for a plan, with {@value #DEFAULT_MOVES} moves and no proof.
     *
     * @param start the present plan
     * @return the strategy
     */
    public static WarmStart of(Placement start) {
        return new WarmStart(start, DEFAULT_MOVES, 0);
    }

    /**
     * Returns this strategy with another number of moves.
     *
     * @param number how many moves of layers to try at most, zero or greater
     * @return the changed strategy
     */
    public WarmStart withMoves(int number) {
        return new WarmStart(start, number, proofWork);
    }

    /**
     * Returns this strategy with a search for a bound.
     *
     * @param units how much work {@link ExactDag} may do, zero or greater
     * @return the changed strategy
     */
    public WarmStart withProofWork(long units) {
        return new WarmStart(start, moves, units);
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
        boolean isChain = Auto.canProve(problem);
        if (isChain) {
            phases.run("Chain", part -> solveChain(problem, part));
        } else if (problem.compiled().taskCount() == 1) {
            blocks(problem, phases).ifPresent(best -> phases.run("Blocks", part -> Auto.evaluate(problem, part, best)));
        }
        if (moves > 0) {
            phases.runFromBest(
                    "LocalImprovement",
                    (part, best) -> LocalImprovement.of(best).withMoves(moves).search(problem, part));
        }
        if (proofWork > 0 && !isChain && ExactDag.canSolve(problem)) {
            phases.runFromBest("ExactDag", (part, best) -> ExactDag.searchFrom(problem, part, best, proofWork));
        }
        return phases.result();
    }

    /** Returns a good plan that keeps blocks together, if there are blocks. */
    private static Optional<int[]> blocks(OffloadingProblem problem, PhasedRun phases) {
        Optional<CollapsedScenario> collapsed = Auto.collapse(problem);
        if (collapsed.isEmpty()) {
            return Optional.empty();
        }
        OffloadingProblem coarse = OffloadingProblem.of(collapsed.get().scenario(), problem.fitness());
        return phases.runOther("blocks", part -> solveChain(coarse, part))
                .flatMap(SearchResult::bestOrClosest)
                .map(plan -> problem.evaluator().encode(collapsed.get().expand(plan.placement())));
    }

    private static SearchResult solveChain(OffloadingProblem chain, SearchOptions options) {
        return chain.deviceCount() <= MAX_EXACT_DEVICES && Auto.canProve(chain)
                ? Exact.withDefaults().search(chain, Auto.soon(options))
                : Dbpso.withDefaults()
                        .search(
                                chain,
                                options.withStopRule(options.stopRule().or(StopRule.evaluations(BLOCK_EVALUATIONS))));
    }
}
