package io.github.codnn.baseline;

import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.HomePlacement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.pipeline.StageRepair;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Cuts every network once: the layers before the cut run on the terminal, the rest on one other device, wherever the
 * time of a single frame or the energy of the terminal is least (Y. Kang et al., Neurosurgeon: collaborative
 * intelligence between the cloud and mobile edge, ASPLOS 2017).
 *
 * <p>The terminal is the task's source, see {@link LocalOnly} for tasks without one. All devices are tried as the other
 * side, and all cuts of the topological order, none and everything included, so that DAGs are handled as well. Time is
 * {@link io.github.codnn.plan.PlanMetrics#responseSeconds(int)}: unlike in the paper it contains the return of the
 * result if the task has a sink. Energy is that of the terminal's layers and of its end of all tensors that cross the
 * cut or return, as in the paper, which counts the mobile device only; the return is not in the paper. Cuts that break
 * constraints lose to those that do not, which the paper does not consider. Tasks are cut one by one; tasks that are
 * not cut yet stay on their terminals.
 *
 * <p>Takes O(L D) evaluations. Where a simulation shows that the cuts miss a deadline, all are tried again, and cuts
 * that miss it lose; up to 64 are simulated.
 *
 * @param criterion what the cut minimises, whatever the fitness of the problem
 */
public record Neurosurgeon(Criterion criterion) implements Strategy {

    private static final int MAX_SIMULATIONS = 64;

    /** What a cut minimises. */
    public enum Criterion {
        /** The time of a single frame. */
        LATENCY,
        /** The energy that a single frame takes from the terminal. */
        ENERGY
    }

    /** Checks the components. */
    public Neurosurgeon {
        Objects.requireNonNull(criterion, "criterion");
    }

    /**
     * Returns cuts of the least latency.
     *
     * @return the strategy
     */
    public static Neurosurgeon withDefaults() {
        return new Neurosurgeon(Criterion.LATENCY);
    }

    /**
     * Returns this strategy with another criterion.
     *
     * @param newCriterion what the cut minimises
     * @return the changed strategy
     */
    public Neurosurgeon withCriterion(Criterion newCriterion) {
        return new Neurosurgeon(newCriterion);
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        Scorer scorer = new Scorer(problem);
        scorer.limit(run);
        Arrangement arrangement = Arrangement.of(problem);
        int[] cuts = new Cuts(criterion, true, arrangement, scorer, any -> 0).ofAllTasks();
        Lateness lateness = new Lateness(problem);
        run.offer(cuts);
        if (lateness.applyAsDouble(cuts) > 0) {
            run.offer(new Cuts(criterion, true, arrangement, scorer, lateness).ofAllTasks());
        }
        run.addEvaluations(scorer.count());
        return run.endIteration().map(run::finish).orElseGet(() -> run.finish(StopReason.COMPLETED));
    }

    /** Returns cuts from which searches start: transfers cost energy at both ends, as in the energy of plans. */
    int[] startPlacement(Arrangement arrangement, Scorer scorer) {
        return new Cuts(criterion, false, arrangement, scorer, any -> 0).ofAllTasks();
    }

    /** Cuts tasks one by one; {@code ownEnds} as for {@link TerminalEnergy}. */
    private record Cuts(
            Criterion criterion,
            boolean ownEnds,
            Arrangement arrangement,
            Scorer scorer,
            ToDoubleFunction<int[]> lateness) {

        int[] ofAllTasks() {
            int[] placement = HomePlacement.of(arrangement);
            for (int task = 0; task < arrangement.compiled.taskCount(); task++) {
                placement = of(task, placement);
            }
            return placement;
        }

        /** Returns the placement with the best cut of one task. */
        private int[] of(int task, int[] placement) {
            int terminal = HomePlacement.device(arrangement.compiled, task);
            ToDoubleFunction<int[]> value = value(task, terminal);
            StageRepair repair = new StageRepair(arrangement);
            int end = arrangement.endLayer(task);
            int[] best = placement;
            Score bestScore = Score.NONE;
            for (int device = 0; device < arrangement.devices; device++) {
                for (int cut = arrangement.firstLayer(task); cut <= end && device != terminal; cut++) {
                    if (scorer.isSpent()) {
                        return best;
                    }
                    int[] trial = placement.clone();
                    Arrays.fill(trial, arrangement.firstLayer(task), cut, terminal);
                    Arrays.fill(trial, cut, end, device);
                    repair.repair(trial);
                    Score score = score(trial, value, bestScore);
                    if (score.isBetterThan(bestScore)) {
                        best = trial;
                        bestScore = score;
                    }
                }
            }
            return best;
        }

        private ToDoubleFunction<int[]> value(int task, int terminal) {
            return criterion == Criterion.LATENCY
                    ? evaluated -> scorer.evaluation().responseSeconds(task)
                    : new TerminalEnergy(arrangement.compiled, task, terminal, ownEnds)::joules;
        }

        private Score score(int[] trial, ToDoubleFunction<int[]> value, Score best) {
            scorer.score(trial);
            Score byFitness = scorer.last();
            double cost = value.applyAsDouble(trial);
            Score score = new Score(cost, byFitness.impossible(), byFitness.violation());
            return score.isFeasible() && score.isBetterThan(best)
                    ? new Score(cost, 0, lateness.applyAsDouble(trial))
                    : score;
        }
    }

    /** By how much a placement misses deadlines as a stream only, which takes a simulation: of the first few only. */
    private static final class Lateness implements ToDoubleFunction<int[]> {

        private final OffloadingProblem problem;
        private int simulations;

        Lateness(OffloadingProblem problem) {
            this.problem = problem;
        }

        @Override
        public double applyAsDouble(int[] placement) {
            if (!problem.hasStreamDeadlines() || simulations == MAX_SIMULATIONS) {
                return 0;
            }
            simulations++;
            return problem.plan(problem.evaluator().decode(placement)).metrics().violation();
        }
    }
}
