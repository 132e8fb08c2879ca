package io.github.codnn.swarm;

import io.github.codnn.optimize.Score;
import java.util.random.RandomGenerator;

/**
 * Accepts by value plus a penalty for violations, which grows while the current placement violates a limit and shrinks
 * while it does not: this keeps the search near the border of what is feasible (strategic oscillation: F. Glover,
 * 1977). Not thread-safe.
 */
final class AdaptivePenalty implements Acceptance {

    private static final double LEAST_PER_TASK = 0.2;
    private static final double GREATEST = 1e6;
    private static final double GROWTH = 1.05;

    private final double least;
    private double penalty = 1; // of a violation of 1, as a share of the value

    AdaptivePenalty(int tasks) {
        least = LEAST_PER_TASK / tasks;
    }

    @Override
    public void begin() {
        penalty = 1;
    }

    @Override
    public boolean accepts(Score trial, Score current, double temperature, RandomGenerator random) {
        double scale = current.value() == 0 ? 1 : Math.abs(current.value());
        double worse = trial.value() - current.value() + penalty * scale * (trial.violation() - current.violation());
        return Acceptance.metropolis(worse, scale, temperature, random);
    }

    @Override
    public void adapt(Score current) {
        penalty = current.isFeasible() ? Math.max(least, penalty / GROWTH) : Math.min(GREATEST, penalty * GROWTH);
    }
}
