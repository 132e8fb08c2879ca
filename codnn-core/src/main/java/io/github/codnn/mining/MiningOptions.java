package io.github.codnn.mining;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How mining runs: limits, listener and threads. Immutable.
 *
 * <pre>{@code
 * MiningOptions options = MiningOptions.withDefaults().withTimeLimit(Duration.ofMinutes(1)).withExecutor(pool);
 * }</pre>
 */
public final class MiningOptions {

    private static final Duration NO_TIME_LIMIT = Duration.ofNanos(Long.MAX_VALUE);

    private static final MiningOptions DEFAULTS = new MiningOptions(
            new Values(Long.MAX_VALUE, NO_TIME_LIMIT, System::nanoTime, () -> false, pattern -> {}, Optional.empty()));

    private final Values values;

    private MiningOptions(Values values) {
        this.values = values;
    }

    /**
     * Returns options without limits and listener, with all work in the calling thread.
     *
     * @return the options
     */
    public static MiningOptions withDefaults() {
        return DEFAULTS;
    }

    /**
     * Ends mining after a number of steps (images tried and candidates checked; a few million take a second). The
     * result is the same on any number of threads.
     *
     * @param maxSteps maximum number of steps, at least 1
     * @return the changed options
     * @throws IllegalArgumentException if {@code maxSteps} is not positive
     */
    public MiningOptions withMaxSteps(long maxSteps) {
        if (maxSteps < 1) {
            throw new IllegalArgumentException("maxSteps must be at least 1, but is " + maxSteps);
        }
        return new MiningOptions(new Values(
                maxSteps, values.timeLimit, values.nanoClock, values.cancelled, values.listener, values.executor));
    }

    /**
     * Ends mining soon after a time limit. The patterns found by then are not reproducible.
     *
     * @param timeLimit maximum time, not negative
     * @return the changed options
     * @throws IllegalArgumentException if {@code timeLimit} is negative
     */
    public MiningOptions withTimeLimit(Duration timeLimit) {
        if (timeLimit.isNegative()) {
            throw new IllegalArgumentException("timeLimit must not be negative, but is " + timeLimit);
        }
        Duration limit = timeLimit.compareTo(NO_TIME_LIMIT) < 0 ? timeLimit : NO_TIME_LIMIT;
        return new MiningOptions(new Values(
                values.maxSteps, limit, values.nanoClock, values.cancelled, values.listener, values.executor));
    }

    /**
     * Sets the clock of the time limit.
     *
     * @param nanoClock returns nanoseconds from any origin; called by all threads
     * @return the changed options
     */
    public MiningOptions withNanoClock(LongSupplier nanoClock) {
        return new MiningOptions(new Values(
                values.maxSteps, values.timeLimit, nanoClock, values.cancelled, values.listener, values.executor));
    }

    /**
     * Ends mining when the caller cancels.
     *
     * @param cancelled mining ends soon after this returns true, for example {@code flag::get}; called by all threads
     * @return the changed options
     */
    public MiningOptions withCancellation(BooleanSupplier cancelled) {
        return new MiningOptions(new Values(
                values.maxSteps, values.timeLimit, values.nanoClock, cancelled, values.listener, values.executor));
    }

    /**
     * Sets the listener.
     *
     * @param listener receives each pattern when it is found
     * @return the changed options
     */
    public MiningOptions withListener(MiningListener listener) {
        return new MiningOptions(new Values(
                values.maxSteps, values.timeLimit, values.nanoClock, values.cancelled, listener, values.executor));
    }

    /**
     * Shares the work among threads. The result does not depend on it.
     *
     * @param executor the threads; neither started nor shut down here
     * @return the changed options
     */
    public MiningOptions withExecutor(ExecutorService executor) {
        return new MiningOptions(new Values(
                values.maxSteps,
                values.timeLimit,
                values.nanoClock,
                values.cancelled,
                values.listener,
                Optional.of(executor)));
    }

    /**
     * Returns the maximum number of steps.
     *
     * @return the number of steps, at least 1
     */
    public long maxSteps() {
        return values.maxSteps;
    }

    /**
     * Returns the maximum time.
     *
     * @return the time limit
     */
    public Duration timeLimit() {
        return values.timeLimit;
    }

    /** Clock of the time limit. */
    LongSupplier nanoClock() {
        return values.nanoClock;
    }

    BooleanSupplier cancelled() {
        return values.cancelled;
    }

    MiningListener listener() {
        return values.listener;
    }

    Optional<ExecutorService> executor() {
        return values.executor;
    }

    private record Values(
            long maxSteps,
            Duration timeLimit,
            LongSupplier nanoClock,
            BooleanSupplier cancelled,
            MiningListener listener,
            Optional<ExecutorService> executor) {

        Values {
            Objects.requireNonNull(timeLimit, "timeLimit");
            Objects.requireNonNull(nanoClock, "nanoClock");
            Objects.requireNonNull(cancelled, "cancelled");
            Objects.requireNonNull(listener, "listener");
            Objects.requireNonNull(executor, "executor");
        }
    }
}
