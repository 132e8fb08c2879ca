package io.github.codnn.optimize;

import io.github.codnn.internal.Checks;
import io.github.codnn.plan.StopReason;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * When a search ends: a pure function of its progress, asked after every iteration. Combine rules with {@link #or}.
 *
 * <p>Rules on time make results depend on the machine; with all others results are reproducible.
 */
@FunctionalInterface
public interface StopRule {

    /**
     * Decides whether to stop.
     *
     * @param progress how far the search has come
     * @return the reason to stop, or nothing to go on
     */
    Optional<StopReason> check(Progress progress);

    /**
     * Stops when this rule or another one stops.
     *
     * @param other the other rule, asked if this one goes on
     * @return the combined rule
     */
    default StopRule or(StopRule other) {
        Objects.requireNonNull(other, "other");
        return progress -> check(progress).or(() -> other.check(progress));
    }

    /**
     * Stops after a number of evaluations; the iteration during which it is reached is cut to what is left.
     *
     * @param most the number of evaluations, positive
     * @return the rule
     */
    static StopRule evaluations(long most) {
        Checks.positive(most, "The number of evaluations");
        return progress -> when(progress.evaluations() >= most, StopReason.EVALUATIONS);
    }

    /**
     * Stops after a number of iterations.
     *
     * @param most the number of iterations, positive
     * @return the rule
     */
    static StopRule iterations(long most) {
        Checks.positive(most, "The number of iterations");
        return progress -> when(progress.iteration() >= most, StopReason.ITERATIONS);
    }

    /**
     * Stops when a time has passed. The result then depends on the machine.
     *
     * @param most the time, positive
     * @return the rule
     */
    static StopRule elapsed(Duration most) {
        Checks.positive(most.toNanos(), "The time in nanoseconds");
        return progress -> when(progress.elapsed().compareTo(most) >= 0, StopReason.TIME);
    }

    /**
     * Stops when a feasible placement is as good as wanted.
     *
     * @param value the fitness at which to stop
     * @return the rule
     */
    static StopRule target(double value) {
        return progress -> when(progress.bestViolation() == 0 && progress.bestValue() <= value, StopReason.TARGET);
    }

    /**
     * Stops when the best feasible placement is proven to be within a gap of the optimum.
     *
     * @param relative the gap, {@code (value - bound) / bound}, zero or greater
     * @return the rule
     */
    static StopRule gap(double relative) {
        Checks.nonNegativeFinite(relative, "The gap");
        return progress -> when(
                progress.bestViolation() == 0
                        && progress.bestValue() - progress.lowerBound() <= relative * progress.lowerBound(),
                StopReason.TARGET);
    }

    /**
     * Stops when there was no improvement for a number of iterations.
     *
     * @param iterations the number of iterations, positive
     * @return the rule
     */
    static StopRule stagnation(long iterations) {
        Checks.positive(iterations, "The number of iterations without improvement");
        return progress -> when(progress.iterationsSinceImprovement() >= iterations, StopReason.STAGNATION);
    }

    /**
     * Stops when the caller asks for it. The result then depends on that moment.
     *
     * @param cancelled tells whether to stop; asked by the thread that runs the search
     * @return the rule
     */
    static StopRule cancelled(BooleanSupplier cancelled) {
        Objects.requireNonNull(cancelled, "cancelled");
        return progress -> when(cancelled.getAsBoolean(), StopReason.CANCELLED);
    }

    private static Optional<StopReason> when(boolean stop, StopReason reason) {
        return stop ? Optional.of(reason) : Optional.empty();
    }
}
