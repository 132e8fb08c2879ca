package io.github.codnn.bench;

import io.github.codnn.plan.Evaluation;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.Decoder;
import io.github.codnn.swarm.Decoders;
import java.util.function.LongSupplier;

/**
 * A problem for other libraries: minimises a function of a vector of keys in [0, 1), the period plus a penalty for
 * violations. Uses the same decoding and evaluation as ours. Stores the best value, and the time when the target was
 * reached.
 */
final class KeyObjective {

    private static final double LAST_KEY = Math.nextDown(1.0);
    private static final int EVALUATIONS_PER_LOOK = 256;

    /** Ends a search of a library that has no time limit. */
    static final class TimeIsUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        TimeIsUp() {
            super("Time is up", null, false, false);
        }
    }

    private final Decoder.Decoding decoding;
    private final Evaluation evaluation;
    private final int[] placement;
    private final double[] keys;
    private final int levels;
    private final double target;
    private final long maxNanos;
    private final LongSupplier clock;
    private final long start;
    private long evaluations;
    private double best = Double.POSITIVE_INFINITY;
    private long nanosToTarget = -1;

    KeyObjective(OffloadingProblem problem, Decoder decoder) {
        this(problem, decoder, Double.NEGATIVE_INFINITY, Long.MAX_VALUE, () -> 0);
    }

    KeyObjective(OffloadingProblem problem, Decoder decoder, double target, long maxNanos, LongSupplier clock) {
        decoding = decoder.prepare(problem);
        evaluation = problem.evaluator().newEvaluation();
        placement = new int[problem.compiled().layerCount()];
        keys = new double[decoding.keyCount()];
        int devices = problem.compiled().deviceCount();
        levels = decoder == Decoders.PER_LAYER ? devices : Math.max(devices, 2 * placement.length);
        this.target = target;
        this.maxNanos = maxNanos;
        this.clock = clock;
        start = clock.getAsLong();
    }

    int keyCount() {
        return keys.length;
    }

    /** Returns the number of different levels of a key, for searches over discrete values. */
    int levels() {
        return levels;
    }

    /** Returns an array for the keys; values outside [0, 1) are moved inside. */
    double[] keys() {
        return keys;
    }

    /** Evaluates the keys in {@link #keys()}. */
    double rate() {
        for (int key = 0; key < keys.length; key++) {
            double value = keys[key];
            keys[key] = value > LAST_KEY ? LAST_KEY : value < 0 ? 0 : value;
        }
        decoding.decode(keys, placement);
        evaluation.evaluate(placement);
        double value = evaluation.periodSeconds() * (1 + 10 * evaluation.violation());
        if (value < best) {
            best = value;
            if (value <= target && nanosToTarget < 0) {
                nanosToTarget = clock.getAsLong() - start;
                throw new TimeIsUp();
            }
        }
        evaluations++;
        if (evaluations % EVALUATIONS_PER_LOOK == 0 && clock.getAsLong() - start > maxNanos) {
            throw new TimeIsUp();
        }
        return value;
    }

    long evaluations() {
        return evaluations;
    }

    double best() {
        return best;
    }

    /** Returns the time when the target was reached, -1 if it was not. */
    long nanosToTarget() {
        return nanosToTarget;
    }
}
