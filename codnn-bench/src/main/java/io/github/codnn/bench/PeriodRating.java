package io.github.codnn.bench;

import io.github.codnn.plan.Evaluation;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.Decoder;
import io.github.codnn.swarm.Decoders;
import java.util.function.LongSupplier;

/**
 * The period plus a penalty for violations, by the same evaluation as that of our searches. Stores the time when a
 * target was reached.
 */
final class PeriodRating implements KeyObjective.Rating {

    private static final int EVALUATIONS_PER_LOOK = 256;

    private final OffloadingProblem problem;
    private final Evaluation evaluation;
    private final double target;
    private final long maxNanos;
    private final LongSupplier clock;
    private final long start;
    private long evaluations;
    private long nanosToTarget = -1;

    PeriodRating(OffloadingProblem problem) {
        this(problem, Double.NEGATIVE_INFINITY, Long.MAX_VALUE, () -> 0);
    }

    PeriodRating(OffloadingProblem problem, double target, long maxNanos, LongSupplier clock) {
        this.problem = problem;
        evaluation = problem.evaluator().newEvaluation();
        this.target = target;
        this.maxNanos = maxNanos;
        this.clock = clock;
        start = clock.getAsLong();
    }

    /** Returns this rating as a function of the keys of a decoder. */
    KeyObjective of(Decoder decoder) {
        int layers = problem.compiled().layerCount();
        int devices = problem.compiled().deviceCount();
        int levels = decoder == Decoders.PER_LAYER ? devices : Math.max(devices, 2 * layers);
        return new KeyObjective(decoder.prepare(problem), layers, levels, this);
    }

    @Override
    public double rate(int[] placement) {
        evaluation.evaluate(placement);
        double value = evaluation.periodSeconds() * (1 + KeyObjective.PENALTY * evaluation.violation());
        if (value <= target && nanosToTarget < 0) {
            nanosToTarget = clock.getAsLong() - start;
            throw new KeyObjective.TimeIsUp();
        }
        evaluations++;
        if (evaluations % EVALUATIONS_PER_LOOK == 0 && clock.getAsLong() - start > maxNanos) {
            throw new KeyObjective.TimeIsUp();
        }
        return value;
    }

    /** Returns the time when the target was reached, -1 if it was not. */
    long nanosToTarget() {
        return nanosToTarget;
    }
}
