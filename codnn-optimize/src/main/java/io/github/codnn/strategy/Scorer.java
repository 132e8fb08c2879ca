package io.github.codnn.strategy;

import io.github.codnn.optimize.Fitness;
import io.github.codnn.optimize.OffloadingProblem;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.Evaluation;
import java.util.Optional;

/**
 * Evaluates placements for one thread, counts, and keeps the best one by the problem's own measure, whatever guides the
 * search.
 */
final class Scorer {

    private final Evaluation evaluation;
    private final Fitness fitness;
    private final Fitness guide;
    private final boolean guided;
    private final int[] best;
    private double bestValue = Double.POSITIVE_INFINITY;
    private double bestViolation = Double.POSITIVE_INFINITY;
    private long count;
    private double value;
    private double violation;

    Scorer(OffloadingProblem problem) {
        this(problem, Optional.empty());
    }

    /** With a guide, {@link #value()} is the guide's and {@link #violation()} is 0. */
    Scorer(OffloadingProblem problem, Optional<? extends Fitness> guide) {
        evaluation = problem.evaluator().newEvaluation();
        fitness = problem.fitness();
        guided = guide.isPresent();
        this.guide = guided ? guide.get() : fitness;
        best = new int[problem.compiled().layerCount()];
    }

    void score(int[] placement) {
        evaluation.evaluate(placement);
        count++;
        value = fitness.of(evaluation);
        violation = evaluation.violation();
        if (SearchRun.isBetter(value, violation, bestValue, bestViolation)) {
            System.arraycopy(placement, 0, best, 0, best.length);
            bestValue = value;
            bestViolation = violation;
        }
        if (guided) {
            value = guide.of(evaluation);
            violation = 0;
        }
    }

    /** Scores a placement and tells whether it is the best of all so far. */
    boolean scoreIsBest(int[] placement) {
        double valueBefore = bestValue;
        double violationBefore = bestViolation;
        score(placement);
        return valueBefore != bestValue || violationBefore != bestViolation;
    }

    double value() {
        return value;
    }

    double violation() {
        return violation;
    }

    long count() {
        return count;
    }

    Evaluation evaluation() {
        return evaluation;
    }

    /** Tells a run how many placements were scored since the last report, and the best one of all. */
    void report(SearchRun run) {
        run.addEvaluations(count);
        count = 0;
        if (bestViolation < Double.POSITIVE_INFINITY) {
            run.offer(best, bestValue, bestViolation);
        }
    }
}
