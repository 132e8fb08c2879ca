package io.github.codnn.closest;

import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.RunRecord.Infeasibility;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the plan that comes closest to keeping all constraints: with the fewest physically impossible parts, then
 * with the least violation, then with the least fitness.
 *
 * <p>Branch and bound over the devices of all layers: first on what is impossible, then on the violation, then among
 * plans of that violation on the fitness, with a small part of the work. Exact up to rounding (relative 1e-9) if it
 * ends, for any number of tasks and any network; that is the case for some tens of layers on a few devices. Otherwise
 * it improves on the best plan of the run as far as its work goes. It needs no more than 62 devices and 1,000 layers;
 * beyond that it does nothing. Deterministic unless the stop rule depends on time.
 */
public final class ClosestPlan {

    static final long MAX_WORK = 1L << 22; // partial placements to bound

    private static final double ROUNDING = 1e-9;
    private static final int FREE_EVALUATIONS = 16; // for each step, whatever the stop rule says
    private static final int FREE_SHARE = 40; // of the evaluations so far

    private ClosestPlan() {}

    /**
     * Ends a search: if its run has no feasible plan, with the closest plan and whether it is proven to be that.
     *
     * @param problem what was solved
     * @param run the run of the search
     * @param reason why the search ended
     * @return the result
     */
    public static SearchResult finish(OffloadingProblem problem, SearchRun run, StopReason reason) {
        return finish(problem, run, reason, 0);
    }

    /**
     * Ends a search that is a part of another one.
     *
     * @param problem what was solved
     * @param run the run of the search
     * @param reason why the search ended
     * @param evaluations how many placements were evaluated before the run; a small share of them is allowed even if
     *     the stop rule allows no more
     * @return the result
     */
    public static SearchResult finish(OffloadingProblem problem, SearchRun run, StopReason reason, long evaluations) {
        if (run.bestScore().isFeasible()) {
            return run.finish(reason);
        }
        Infeasibility known = improve(problem, run, evaluations);
        return run.finish(known.proven() ? StopReason.PROVEN : reason).withInfeasibility(known);
    }

    /** Improves the best plan of a run, and raises the bound of the run if no plan is feasible. */
    private static Infeasibility improve(OffloadingProblem problem, SearchRun run, long evaluations) {
        boolean closest = isSmall(problem.compiled()) && new Search(problem, run, freeEvaluations(evaluations)).run();
        if (closest && !run.bestScore().isFeasible()) {
            run.raiseLowerBound(Double.POSITIVE_INFINITY);
        }
        boolean infeasible = run.lowerBound() == Double.POSITIVE_INFINITY;
        return new Infeasibility(infeasible, infeasible && closest, List.of());
    }

    /** Returns how many evaluations are allowed whatever the stop rule says. */
    static int freeEvaluations(long before) {
        return (int) Math.min(1 << 20, FREE_EVALUATIONS + before / FREE_SHARE);
    }

    static boolean isSmall(CompiledScenario compiled) {
        return compiled.deviceCount() <= PartialPlacement.MAX_DEVICES
                && compiled.layerCount() <= PlacementTree.MAX_LAYERS;
    }

    /** A search in three steps. */
    private static final class Search {

        private final OffloadingProblem problem;
        private final SearchRun run;
        private final int evaluations;

        Search(OffloadingProblem problem, SearchRun run, int evaluations) {
            this.problem = problem;
            this.run = run;
            this.evaluations = evaluations;
        }

        /** Returns whether the best plan of the run is proven to be the closest. */
        boolean run() {
            if (run.bestScore().equals(Score.NONE)) {
                offerWholeOffloads();
            }
            boolean isPossible = run.bestScore().impossible() == 0;
            if (!isPossible && !least(true, MAX_WORK, evaluations, Step.IMPOSSIBLE)) {
                return false;
            }
            boolean tolerant = run.bestScore().impossible() > 0;
            boolean proven = least(tolerant, MAX_WORK, evaluations, Step.VIOLATION);
            if (proven && !run.bestScore().isFeasible()) {
                least(tolerant, MAX_WORK / 16, 0, Step.VALUE);
            }
            return proven;
        }

        private void offerWholeOffloads() {
            int[] placement = new int[problem.layerCount()];
            for (int device = 0; device < problem.deviceCount(); device++) {
                Arrays.fill(placement, device);
                run.offer(placement);
            }
        }

        private boolean least(boolean tolerant, long work, int free, Step step) {
            ConstraintBounds bounds = new ConstraintBounds(problem.compiled(), Optional.empty(), tolerant);
            return new PlacementTree(bounds, new Effort(run, work, free)).search(new PlacementTree.Goal() {
                @Override
                public boolean isPromising(int impossible, double violation, double quantity) {
                    return step.isPromising(impossible, violation, run.bestScore());
                }

                @Override
                public void reach(int[] placement) {
                    run.offer(placement);
                }
            });
        }
    }

    /** What the search minimises, level by level. */
    private enum Step {
        IMPOSSIBLE {
            @Override
            boolean isPromising(int impossible, double violation, Score best) {
                return impossible < best.impossible();
            }
        },
        VIOLATION {
            @Override
            boolean isPromising(int impossible, double violation, Score best) {
                return impossible < best.impossible()
                        || (impossible == best.impossible() && violation < best.violation() * (1 - ROUNDING));
            }
        },
        VALUE {
            @Override
            boolean isPromising(int impossible, double violation, Score best) {
                return impossible <= best.impossible() && violation <= best.violation() * (1 + ROUNDING);
            }
        };

        abstract boolean isPromising(int impossible, double violation, Score best);
    }
}
