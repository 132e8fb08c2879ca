package io.github.codnn.exact;

import io.github.codnn.chainsearch.ChainModel;
import io.github.codnn.chainsearch.ChainSearch;
import io.github.codnn.chainsearch.PeriodResponseGoal;
import io.github.codnn.chainsearch.TightModel;
import io.github.codnn.closest.ClosestPlan;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.StageCosts;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.StagesPerDevice;

/**
 * The proven optimum of one chain on devices that run one stage each: least period, response time or mean time, in both
 * transfer modes, with links that may be missing, upload and return, memory, pinned and colocated layers, a limit on
 * devices, and a deadline on mean or response time. If nothing is feasible, that is proven, and the result holds the
 * plan that comes closest to keeping all constraints.
 *
 * <p>Exact up to rounding (relative 1e-12). Whether a period can be kept is decided by dynamic programming over sets of
 * used devices, where a set is kept only if the unused devices can run the rest; equal devices form a
 * class. Takes some tens of such decisions, each in O(S C) time for S sets and C classes: a few
 * milliseconds with 16 different devices, a hundred with 20, in O(S) memory. For loose limits on the period, as the
 * response time has them, and with more than 22 different devices, only those devices are counted that relaxed answers
 * use too often (decremental state-space relaxation: N. Boland, J. Dethridge, I. Dumitrescu: Accelerated label setting
 * algorithms for the elementary resource constrained shortest path problem, 2006; G. Righini, M. Salani, 2008): O(L S
 * C^2) time with S counts of critical devices, rarely more than a few hundred. If the counts outgrow memory the search
 * ends with its best plan, bound and gap, as it does when the stop rule ends it.
 *
 * <p>Of several plans with the least period the search returns the one with the least response time, if it finds that
 * within some tens of milliseconds.
 *
 * <p>Has no settings; deterministic, uses no randomness and no executor. Thread-safe.
 */
public record ExactPipeline() implements Strategy {

    /**
     * Returns the strategy.
     *
     * @return the strategy, which has no settings
     */
    public static ExactPipeline withDefaults() {
        return new ExactPipeline();
    }

    /**
     * Tells whether this strategy can solve a problem.
     *
     * @param problem the problem
     * @return whether it has one task whose network is a chain, one stage per device, and period, response or mean time
     *     as its objective
     */
    public static boolean canSolve(OffloadingProblem problem) {
        return problem.objective()
                        .filter(objective -> objective != Objective.ENERGY && objective != Objective.PRICE)
                        .isPresent()
                && isPipeline(problem);
    }

    private static boolean isPipeline(OffloadingProblem problem) {
        return problem.scenario().rules().stagesPerDevice() == StagesPerDevice.ONE
                && StageCosts.of(problem).isPresent();
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        ChainModel model = model(problem);
        Objective objective = problem.objective()
                .filter(any -> any != Objective.ENERGY && any != Objective.PRICE)
                .orElseThrow(() -> new IllegalArgumentException("ExactPipeline minimises period, response or mean, not "
                        + problem.fitness().label() + ". Take Dbpso instead."));
        SearchRun run = SearchRun.start(problem, options, "ExactPipeline");
        StopSignal signal = new StopSignal(run);
        WholeOffloads.of(problem.compiled()).forEach(run::offer);
        ChainSearch search = new ChainSearch(TightModel.of(model, run, signal), run, signal);
        PeriodResponseGoal goal = PeriodResponseGoal.of(objective, problem.compiled());
        double bound = search.search(goal);
        boolean infeasible = !signal.isRaised() && bound == Double.POSITIVE_INFINITY;
        if (infeasible && goal.hasDeadline()) {
            search.search(goal.closest());
        }
        run.raiseLowerBound(bound);
        StopReason reason = infeasible ? StopReason.PROVEN : signal.reason().orElse(StopReason.PROVEN);
        return ClosestPlan.finish(problem, run, reason);
    }

    private static ChainModel model(OffloadingProblem problem) {
        if (!isPipeline(problem)) {
            throw new IllegalArgumentException("ExactPipeline needs one task whose network is a chain and one stage per"
                    + " device, but '" + problem.scenario().name()
                    + "' is not such. Collapse its networks to chains, or"
                    + " take ExactDag or Dbpso.");
        }
        return new ChainModel(StageCosts.of(problem).orElseThrow());
    }
}
