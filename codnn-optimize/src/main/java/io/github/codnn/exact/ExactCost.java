package io.github.codnn.exact;

import io.github.codnn.closest.ClosestPlan;
import io.github.codnn.costsearch.CostModel;
import io.github.codnn.costsearch.CostSearch;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import java.util.Optional;

/**
 * The least energy, price, response time, mean time or period of one network, layer by layer: chains and graphs, with
 * one or any number of stages per device, in both transfer modes, with media, memory, colocated and pinned layers,
 * upload and return, a limit on devices and deadlines.
 *
 * <p>The network is cut into blocks at the layers that every path passes, after which all devices and links are free
 * again. For each block and each pair of devices at its ends, depth-first search finds the plans that can be part of an
 * optimum; label setting puts them together. The period is the greatest of many loads and the makespan costs idle
 * power, so partial plans are compared by all of these: one makes another needless if it costs no more even if the
 * greatest excess of one of its loads decided the period. Bounds of the rest replace the period by a weighted mean of
 * the loads (Lagrangian relaxation). For energy this is done for each set of devices that can be in use.
 *
 * <p>Exact up to rounding (relative 1e-12); where activations count and may not fit into a memory, only the bound and
 * proofs of plans that fit are. The work is limited by the stop rule, and grows with the number of layers in a block
 * (exponentially) and of devices; at the end of its work the search gives the best plan so far, and a bound of what it
 * has not looked at. Takes at most some 300 MB.
 *
 * <p>Has no settings; deterministic, uses no randomness and no executor. Thread-safe.
 */
public record ExactCost() implements Strategy {

    /**
     * Returns the strategy.
     *
     * @return the strategy, which has no settings
     */
    public static ExactCost withDefaults() {
        return new ExactCost();
    }

    /**
     * Tells whether this strategy can solve a problem.
     *
     * @param problem the problem
     * @return whether it has one task, without blocks that overlap others, one of the known objectives, devices that
     *     need at least as much power to compute as to wait, and for energy at most 4,096 sets of different devices
     */
    public static boolean canSolve(OffloadingProblem problem) {
        return model(problem).isPresent();
    }

    private static Optional<CostModel> model(OffloadingProblem problem) {
        boolean isOne =
                problem.compiled().taskCount() == 1 && problem.compiled().opened() == problem.compiled();
        return problem.objective()
                .filter(objective -> isOne)
                .map(objective -> new CostModel(problem.compiled(), objective))
                .filter(model -> model.isMonotone() && CostSearch.fits(model));
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        return search(problem, options, Optional.empty(), Long.MAX_VALUE);
    }

    private static IllegalArgumentException refusal(OffloadingProblem problem) {
        return new IllegalArgumentException(
                "ExactCost minimises energy, price or a time of one task on few different devices, but '"
                        + problem.scenario().name() + "' has "
                        + problem.compiled().taskCount() + " tasks, "
                        + problem.deviceCount() + " devices and asks for "
                        + problem.fitness().label() + ". Take Dbpso instead.");
    }

    /**
     * Goes on from a plan, for a limited amount of work.
     *
     * @param problem the problem
     * @param options the options
     * @param start a plan to improve on or to prove
     * @param maxWork the greatest work, in units of {@link StopSignal}, positive
     * @return the result, with a proof if the work was enough for it
     * @throws IllegalArgumentException if the problem is not of those that {@link #canSolve} describes
     */
    public static SearchResult searchFrom(
            OffloadingProblem problem, SearchOptions options, Placement start, long maxWork) {
        return search(problem, options, Optional.of(start), maxWork);
    }

    private static SearchResult search(
            OffloadingProblem problem, SearchOptions options, Optional<Placement> start, long maxWork) {
        CostModel model = model(problem).orElseThrow(() -> refusal(problem));
        SearchRun run = SearchRun.start(problem, options, "ExactCost");
        StopSignal signal = new StopSignal(run, maxWork);
        start.map(problem.evaluator()::encode).ifPresent(run::offer);
        for (int[] placement : WholeOffloads.of(problem.compiled())) {
            if (run.evaluationsLeft(1) > 0) {
                run.offer(placement);
            }
        }
        double bound = new CostSearch(model, run, signal).search();
        if (!Double.isNaN(bound)) {
            run.raiseLowerBound(bound);
        }
        boolean proven = run.lowerBound() >= run.bestScore().feasibleValue();
        StopReason reason = proven ? StopReason.PROVEN : signal.reason().orElse(StopReason.COMPLETED);
        // Who goes on from a plan looks for the closest one later.
        return start.isPresent() ? run.finish(reason) : ClosestPlan.finish(problem, run, reason);
    }
}
