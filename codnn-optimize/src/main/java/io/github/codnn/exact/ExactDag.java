package io.github.codnn.exact;

import io.github.codnn.closest.ClosestPlan;
import io.github.codnn.dagsearch.DagModel;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.StagesPerDevice;
import java.util.Optional;

/**
 * The least period of one network of any shape on devices that run one stage each, equal or different ones, in both
 * transfer modes, with memory, colocated and pinned layers, upload and return, a limit on devices and deadlines. Stages
 * are sets of layers without a cycle between stages, so that each sequence of stages is a sequence of growing
 * down-sets.
 *
 * <p>Exact up to rounding (relative 1e-12). Depth-first search over down-sets decides whether a period can be kept, and
 * solves most networks in a tenth of a second. What it leaves open is solved by dynamic programming over down-sets for
 * growing periods, from the whole network down to the empty set, so that the receivers of a tensor are known when its
 * sender is chosen. Dynamic programming over down-sets is due to J. Tarnawski et al. (Efficient algorithms for device
 * placement of DNN graph operators, NeurIPS 2020), who assume identical devices and charge a sender once for all
 * receivers. Here devices may differ, each receiver is charged, and down-sets are skipped if they leave more work than
 * the other devices can do within the period. Where links differ, the values of down-sets are lower bounds, and
 * depth-first search decides among the down-sets that they leave. Time and memory grow with the number of such
 * down-sets: a few thousand on most networks, but exponential in the width of the network at worst; then the stop rule
 * ends the search with the best plan so far, bound and gap. Remembered down-sets take at most 600 MB.
 *
 * <p>Has no settings; deterministic, uses no randomness and no executor. Thread-safe.
 */
public record ExactDag() implements Strategy {

    /**
     * The part of limited work, one in so many, that is left to dynamic programming: it closes the brackets of wide
     * networks soon or not at all, while those of others go on narrowing by depth-first search.
     */
    private static final int SHARE_OF_PROGRAM = 8;

    /**
     * Returns the strategy.
     *
     * @return the strategy, which has no settings
     */
    public static ExactDag withDefaults() {
        return new ExactDag();
    }

    /**
     * Tells whether this strategy can solve a problem.
     *
     * @param problem the problem
     * @return whether it has one task, one stage per device, the period as its objective, and so few different devices
     *     that sets of them can be numbered (62 if all differ)
     */
    public static boolean canSolve(OffloadingProblem problem) {
        return problem.compiled().taskCount() == 1
                && problem.scenario().rules().stagesPerDevice() == StagesPerDevice.ONE
                && problem.objective().filter(any -> any == Objective.PERIOD).isPresent()
                && DagModel.canNumberSets(problem.compiled());
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        if (!canSolve(problem)) {
            throw new IllegalArgumentException(
                    "ExactDag minimises the period of one task with one stage per device, but '"
                            + problem.scenario().name() + "' has "
                            + problem.compiled().taskCount() + " tasks, stages per device "
                            + problem.scenario().rules().stagesPerDevice() + " and asks for "
                            + problem.fitness().label() + ". Take Dbpso instead.");
        }
        return search(problem, options, Optional.empty(), Long.MAX_VALUE, DagBracket.FIRST_WORK);
    }

    /**
     * Goes on from a plan, for a limited amount of work.
     *
     * @param problem the problem
     * @param options the options
     * @param start a plan to improve on or to prove
     * @param maxWork the greatest work, in units of {@link StopSignal}, positive
     * @return the result, with a proof if the work was enough for it
     */
    public static SearchResult searchFrom(
            OffloadingProblem problem, SearchOptions options, Placement start, long maxWork) {
        return search(problem, options, Optional.of(start), maxWork, maxWork - maxWork / SHARE_OF_PROGRAM);
    }

    /** Searches with this much work of depth-first search before dynamic programming. */
    static SearchResult search(
            OffloadingProblem problem, SearchOptions options, Optional<Placement> start, long maxWork, long firstWork) {
        SearchRun run = SearchRun.start(problem, options, "ExactDag");
        start.map(problem.evaluator()::encode).ifPresent(run::offer);
        WholeOffloads.of(problem.compiled()).forEach(run::offer);
        StopReason reason = new DagBracket(problem, run, maxWork, firstWork).close(start.isPresent());
        return ClosestPlan.finish(problem, run, reason);
    }
}
