package io.github.codnn.optimize;

import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Fitness;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;

/**
 * How a search is run, whatever the strategy.
 *
 * <p>The plan depends on the seed and the stop rule only, never on the executor: the same seed gives the same plan on
 * any number of threads, unless the stop rule depends on time.
 *
 * <p>If the thread of a search is interrupted, the search ends with the best plan so far and
 * {@link StopReason#CANCELLED}, with an executor or without one. It throws an {@link IllegalStateException}
 * if the executor refuses work, is shut down or loses a machine, and an {@link IllegalArgumentException} that names the
 * part if it has to send a part of yours that is not serialisable.
 *
 * @param seed the seed of all randomness
 * @param stopRule when to stop
 * @param executor where to evaluate in parallel; nothing for the caller's thread. It may send its jobs to other
 *     machines: they are serialisable if a {@link Fitness} and your own classes are. The library never starts or
 *     ends a thread itself
 * @param listener is called after every iteration
 * @param nanoClock the clock for elapsed times, in nanoseconds from any origin
 */
public record SearchOptions(
        long seed,
        StopRule stopRule,
        Optional<ExecutorService> executor,
        SearchListener listener,
        LongSupplier nanoClock) {

    /** The stop rule of {@link #withDefaults()}: this many evaluations. */
    public static final long DEFAULT_EVALUATIONS = 200_000;

    private static final SearchOptions DEFAULTS = new SearchOptions(
            1, StopRule.evaluations(DEFAULT_EVALUATIONS), Optional.empty(), progress -> {}, System::nanoTime);

    /** Checks the components. */
    public SearchOptions {
        Objects.requireNonNull(stopRule, "stopRule");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(nanoClock, "nanoClock");
    }

    /**
     * Returns seed 1, {@value #DEFAULT_EVALUATIONS} evaluations, the caller's thread, no listener.
     *
     * @return the defaults
     */
    public static SearchOptions withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with another seed.
     *
     * @param newSeed the seed of all randomness
     * @return the changed options
     */
    public SearchOptions withSeed(long newSeed) {
        return new SearchOptions(newSeed, stopRule, executor, listener, nanoClock);
    }

    /**
     * Returns these options with another stop rule.
     *
     * @param rule when to stop
     * @return the changed options
     */
    public SearchOptions withStopRule(StopRule rule) {
        return new SearchOptions(seed, rule, executor, listener, nanoClock);
    }

    /**
     * Returns these options with an executor for parallel evaluation.
     *
     * @param service the executor; its owner ends it
     * @return the changed options
     */
    public SearchOptions withExecutor(ExecutorService service) {
        return new SearchOptions(seed, stopRule, Optional.of(service), listener, nanoClock);
    }

    /**
     * Returns these options with a listener.
     *
     * @param newListener is called after every iteration
     * @return the changed options
     */
    public SearchOptions withListener(SearchListener newListener) {
        return new SearchOptions(seed, stopRule, executor, newListener, nanoClock);
    }

    /**
     * Returns these options with another clock, for tests.
     *
     * @param clock nanoseconds from any origin
     * @return the changed options
     */
    public SearchOptions withNanoClock(LongSupplier clock) {
        return new SearchOptions(seed, stopRule, executor, listener, clock);
    }

    /**
     * Returns these options for a part of a search: rules on iterations, evaluations and time end it when that share of
     * them is used up. Rules on the fitness see that of the part.
     *
     * @param share the share, in (0, 1]
     * @return the changed options
     * @throws IllegalArgumentException if the share is out of range
     */
    public SearchOptions withShare(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("A share of a search must be in (0, 1], not " + share);
        }
        return withStopRule(progress -> stopRule.check(progress.ofShare(share)));
    }

    /**
     * Returns these options for a search that leaves a part of its budget unused if it has found infeasible plans only:
     * rules on iterations, evaluations and time then end it when that share of them is used up.
     *
     * @param share the share, in (0, 1]
     * @return the changed options
     * @throws IllegalArgumentException if the share is out of range
     */
    public SearchOptions withShareIfInfeasible(double share) {
        SearchOptions part = withShare(share);
        return withStopRule(
                progress -> progress.bestViolation() > 0 && progress.bestViolation() < Double.POSITIVE_INFINITY
                        ? part.stopRule.check(progress)
                        : stopRule.check(progress));
    }

    /**
     * Returns these options for a search that leaves a part of its budget unused if its best plan misses a deadline as
     * a stream only ({@link Progress#late()}): rules on iterations, evaluations and time then end it when that share of
     * them is used up.
     *
     * @param share the share, in (0, 1]
     * @return the changed options
     * @throws IllegalArgumentException if the share is out of range
     */
    public SearchOptions withShareIfLate(double share) {
        SearchOptions part = withShare(share);
        return withStopRule(progress -> progress.late() ? part.stopRule.check(progress) : stopRule.check(progress));
    }

    /**
     * Returns these options for a part of a search that minimises something else: rules on the fitness and its bound
     * never end it.
     *
     * @return the changed options
     */
    public SearchOptions withoutValues() {
        return withStopRule(progress -> stopRule.check(progress.withoutValues()));
    }

    /**
     * Returns these options for the rest of a search, whose rules count the evaluations, the iterations and the time of
     * what went before.
     *
     * @param earlier how far the search has come
     * @return the changed options
     */
    public SearchOptions after(Progress earlier) {
        Objects.requireNonNull(earlier, "earlier");
        return withStopRule(progress -> stopRule.check(progress.after(earlier)));
    }
}
