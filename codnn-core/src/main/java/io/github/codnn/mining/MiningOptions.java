package io.github.codnn.mining;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How mining runs: limits, listener and threads.
 *
 * <pre>{@code
 * MiningOptions options = MiningOptions.withDefaults().withTimeLimit(Duration.ofMinutes(1)).withExecutor(pool);
 * }</pre>
 *
 * @param maxSteps the maximum number of steps, at least 1: images tried and patterns checked; a few million take a
 *     second. The result does not depend on the number of threads
 * @param timeLimit the maximum time, not negative, at most 292 years. Mining ends soon after it; the patterns found by
 *     then are not reproducible
 * @param nanoClock the clock of the time limit, in nanoseconds from any origin; called by all threads
 * @param cancelled mining ends soon after this returns true, for example {@code flag::get}; called by all threads
 * @param listener receives each pattern when it is found
 * @param executor the threads for parallel work; nothing for the caller's thread. The library neither starts nor shuts
 *     them down, and the result does not depend on them
 */
public record MiningOptions(
        long maxSteps,
        Duration timeLimit,
        LongSupplier nanoClock,
        BooleanSupplier cancelled,
        Listener listener,
        Optional<ExecutorService> executor) {

    private static final Duration NO_TIME_LIMIT = Duration.ofNanos(Long.MAX_VALUE);

    private static final MiningOptions DEFAULTS = new MiningOptions(
            Long.MAX_VALUE, NO_TIME_LIMIT, System::nanoTime, () -> false, pattern -> {}, Optional.empty());

    /** Receives patterns during mining. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Receives a frequent pattern. Called by the thread that called {@code mine}, in an order that does not depend
         * on the number of threads; an exception ends mining and reaches the caller of {@code mine}.
         *
         * @param pattern the pattern with its support
         */
        void onPattern(FrequentPattern pattern);
    }

    /** Checks the components. */
    public MiningOptions {
        if (maxSteps < 1) {
            throw new IllegalArgumentException("maxSteps must be at least 1, but is " + maxSteps);
        }
        if (timeLimit.isNegative()) {
            throw new IllegalArgumentException("timeLimit must not be negative, but is " + timeLimit);
        }
        timeLimit = timeLimit.compareTo(NO_TIME_LIMIT) < 0 ? timeLimit : NO_TIME_LIMIT;
        Objects.requireNonNull(nanoClock, "nanoClock");
        Objects.requireNonNull(cancelled, "cancelled");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(executor, "executor");
    }

    /**
     * Returns options without limits and listener, with all work in the caller's thread.
     *
     * @return the defaults
     */
    public static MiningOptions withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with another limit on work.
     *
     * @param steps the maximum number of steps, at least 1
     * @return the changed options
     * @throws IllegalArgumentException if {@code steps} is not positive
     */
    public MiningOptions withMaxSteps(long steps) {
        return new MiningOptions(steps, timeLimit, nanoClock, cancelled, listener, executor);
    }

    /**
     * Returns these options with another time limit.
     *
     * @param limit the maximum time, not negative
     * @return the changed options
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public MiningOptions withTimeLimit(Duration limit) {
        return new MiningOptions(maxSteps, limit, nanoClock, cancelled, listener, executor);
    }

    /**
     * Returns these options with another clock of the time limit.
     *
     * @param clock returns nanoseconds from any origin
     * @return the changed options
     */
    public MiningOptions withNanoClock(LongSupplier clock) {
        return new MiningOptions(maxSteps, timeLimit, clock, cancelled, listener, executor);
    }

    /**
     * Returns these options with cancellation by the caller.
     *
     * @param condition mining ends soon after this returns true
     * @return the changed options
     */
    public MiningOptions withCancellation(BooleanSupplier condition) {
        return new MiningOptions(maxSteps, timeLimit, nanoClock, condition, listener, executor);
    }

    /**
     * Returns these options with another listener.
     *
     * @param newListener receives each pattern when it is found
     * @return the changed options
     */
    public MiningOptions withListener(Listener newListener) {
        return new MiningOptions(maxSteps, timeLimit, nanoClock, cancelled, newListener, executor);
    }

    /**
     * Returns these options with threads for parallel work.
     *
     * @param threads the executor
     * @return the changed options
     */
    public MiningOptions withExecutor(ExecutorService threads) {
        return new MiningOptions(maxSteps, timeLimit, nanoClock, cancelled, listener, Optional.of(threads));
    }
}
