package io.github.codnn.pipeline;

import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.StagesPerDevice;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates placements for one thread, counts, and keeps the best one by the problem's own measure, whatever guides the
 * search.
 */
public final class Scorer {

    private final Evaluation evaluation;
    private final Fitness fitness;
    private final Fitness guide;
    private final boolean guided;
    private final Optional<StageCosts> chain;
    private final @Nullable StageEvaluation stages;
    private final int[] best;
    private final int devices;
    private boolean improved; // since the last report
    private double bestValue = Double.POSITIVE_INFINITY;
    private double bestViolation = Double.POSITIVE_INFINITY;
    private long count;
    private double value;
    private double violation;

    public Scorer(OffloadingProblem problem) {
        this(problem, Optional.empty());
    }

    /** With a guide, {@link #value()} is the guide's and {@link #violation()} is 0. */
    public Scorer(OffloadingProblem problem, Optional<? extends Fitness> guide) {
        evaluation = problem.evaluator().newEvaluation();
        fitness = problem.fitness();
        guided = guide.isPresent();
        this.guide = guided ? guide.get() : fitness;
        chain = runsOneStage(problem) ? StageCosts.of(problem) : Optional.empty();
        stages = chain.map(StageCosts::newEvaluation).orElse(null);
        best = new int[problem.compiled().layerCount()];
        devices = problem.compiled().deviceCount();
    }

    private static boolean runsOneStage(OffloadingProblem problem) {
        return problem.scenario().rules().stagesPerDevice() == StagesPerDevice.ONE;
    }

    /** Returns the problem as a chain of stages, if it is one. */
    public Optional<StageCosts> chain() {
        return chain;
    }

    public void score(int[] placement) {
        evaluation.evaluate(placement);
        if (rate(evaluation)) {
            System.arraycopy(placement, 0, best, 0, best.length);
        }
    }

    /** Scores stages of a chain in time that does not depend on the number of layers. */
    public void score(int stageCount, int[] devices, int[] ends) {
        StageEvaluation chainEvaluation = Objects.requireNonNull(stages);
        chainEvaluation.evaluate(stageCount, devices, ends);
        if (rate(chainEvaluation)) {
            int start = 0;
            for (int stage = 0; stage < stageCount; stage++) {
                Arrays.fill(best, start, ends[stage], devices[stage]);
                start = ends[stage];
            }
        }
    }

    /** Scores the pipelines of several tasks in time that does not depend on the number of layers. */
    public void score(PipelinesEvaluation pipelines, Pipeline[] tasks) {
        pipelines.evaluate(tasks);
        if (rate(pipelines)) {
            pipelines.write(tasks, best);
        }
    }

    /** Returns whether it is the best of all so far. */
    private boolean rate(PlanMetrics metrics) {
        count++;
        value = fitness.of(metrics);
        violation = metrics.violation();
        boolean better = SearchRun.isBetter(value, violation, bestValue, bestViolation);
        if (better) {
            bestValue = value;
            bestViolation = violation;
            improved = true;
        }
        if (guided) {
            value = guide.of(metrics);
            violation = 0;
        }
        return better;
    }

    /** Scores a placement and tells whether it is the best of all so far. */
    public boolean scoreIsBest(int[] placement) {
        double valueBefore = bestValue;
        double violationBefore = bestViolation;
        score(placement);
        return valueBefore != bestValue || violationBefore != bestViolation;
    }

    public double value() {
        return value;
    }

    public double violation() {
        return violation;
    }

    public long count() {
        return count;
    }

    public Evaluation evaluation() {
        return evaluation;
    }

    /**
     * What was found and counted since the last report, in a form that travels.
     *
     * @serial exclude
     */
    public static final class Books implements Serializable {

        private static final long serialVersionUID = 1;

        private final int[] best; // empty if nothing better was found
        private final double bestValue;
        private final double bestViolation;
        private final long count;

        private Books(Scorer scorer) {
            best = scorer.improved ? scorer.best : new int[0];
            bestValue = scorer.bestValue;
            bestViolation = scorer.bestViolation;
            count = scorer.count;
        }
    }

    public Books books() {
        return new Books(this);
    }

    /** Goes on from the books of another scorer of the same problem. */
    public void takeBooks(Books books) {
        improved = books.best.length > 0;
        if (improved && !areIndices(books.best, best.length, devices)) {
            throw new IllegalArgumentException("The best placement does not fit the problem");
        }
        System.arraycopy(books.best, 0, best, 0, books.best.length);
        bestValue = books.bestValue;
        bestViolation = books.bestViolation;
        count = books.count;
    }

    /** Tells whether all numbers are indices below a limit, and there are as many of them as there should be. */
    public static boolean areIndices(int[] numbers, int count, int limit) {
        boolean fit = numbers.length == count;
        for (int number : numbers) {
            fit &= number >= 0 && number < limit;
        }
        return fit;
    }

    /** Tells a run how many placements were scored since the last report, and the best one of all. */
    public void report(SearchRun run) {
        run.addEvaluations(count);
        count = 0;
        if (improved) {
            // Evaluated once more in full, which does not count: stages agree with that up to rounding only.
            evaluation.evaluate(best);
            run.offer(best, fitness.of(evaluation), evaluation.violation());
            improved = false;
        }
    }
}
