package io.github.codnn.planner;

import io.github.codnn.optimize.Progress;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A search in phases, each of which is a search of its own, under one stop rule: keeps the best result and bound of
 * all, and goes on after a phase that fails.
 */
final class PhasedRun {

    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final Parts parts;
    private final SearchOptions options;
    private final long startNanos;
    private final List<SearchResult.Improvement> history = new ArrayList<>();
    private Optional<SearchResult> best = Optional.empty();
    private Optional<Plan> late = Optional.empty(); // the best of all phases in closed form
    private double bestValue = Double.POSITIVE_INFINITY; // of all phases, those on other problems, too
    private double bound = Double.NEGATIVE_INFINITY;
    private Optional<StopReason> last = Optional.empty();
    private long evaluations;
    private long iterations;
    private boolean proven;

    /**
     * Starts the search; its time counts from here. The bound comes first: a phase at the end may have no time for it.
     */
    PhasedRun(OffloadingProblem problem, SearchOptions options) {
        parts = new Parts(problem.fitness(), options);
        this.options = parts.options();
        startNanos = options.nanoClock().getAsLong();
        parts.attempt(
                        "LowerBound",
                        () -> SearchRun.start(problem, this.options, "Auto").lowerBound())
                .ifPresent(known -> bound = known);
    }

    /** Returns the options of the next phase. */
    SearchOptions next() {
        return options.after(progress(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }

    /** Tells whether more than a number of evaluations is left. */
    boolean leaves(double count) {
        Progress later = progress(bestOfProblem(), bound, evaluations + (long) Math.ceil(count));
        return !options.stopRule().check(later).equals(Optional.of(StopReason.EVALUATIONS));
    }

    /** Returns how many evaluations a search may do that has not begun, at most a number. */
    static long evaluationsLeft(OffloadingProblem problem, SearchOptions options, long most) {
        return SearchRun.start(problem.withoutLowerBound(), options, "Auto").evaluationsLeft(most);
    }

    /** Tells whether the stop rule ends the search at some time in any case. */
    boolean endsInTime() {
        Progress late = new Progress(0, 0, FOREVER, 1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, false);
        return options.stopRule().check(late).equals(Optional.of(StopReason.TIME));
    }

    /** Runs a phase on the problem of this search, unless the search is over and has a result. */
    void run(String name, Function<SearchOptions, SearchResult> phase) {
        if (best.isEmpty() || !isOver()) {
            parts.attempt(name, () -> phase.apply(next())).ifPresentOrElse(this::add, this::countFailed);
        }
    }

    /** Runs a phase on another problem, whose plans and bounds do not hold here; returns its result. */
    Optional<SearchResult> runOther(String name, Function<SearchOptions, SearchResult> phase) {
        Optional<SearchResult> result = parts.attempt(name, () -> phase.apply(next()));
        result.ifPresentOrElse(this::count, this::countFailed);
        return result;
    }

    private void add(SearchResult phase) {
        count(phase);
        bound = Math.max(bound, phase.lowerBound());
        last = Optional.of(phase.stopReason());
        proven |= phase.stopReason() == StopReason.PROVEN;
        late = phase.late()
                .filter(plan -> value(plan) < late.map(PhasedRun::value).orElse(Double.POSITIVE_INFINITY))
                .or(() -> late);
        if (best.isEmpty() || phase.isBetterThan(best.get())) {
            best = Optional.of(phase);
        }
    }

    static double value(Plan plan) {
        return plan.run().orElseThrow().value();
    }

    private void count(SearchResult phase) {
        for (SearchResult.Improvement each : phase.history()) {
            if (each.value() < bestValue) {
                bestValue = each.value();
                history.add(new SearchResult.Improvement(evaluations + each.evaluations(), bestValue));
            }
        }
        evaluations += phase.evaluations();
        iterations += phase.iterations();
    }

    private void countFailed() {
        evaluations += parts.evaluationsOfFailed();
    }

    /** Runs a phase that starts from the placement of the best plan so far, unless there is none. */
    void runFromBest(String name, BiFunction<SearchOptions, Placement, SearchResult> phase) {
        best.flatMap(SearchResult::bestOrClosest)
                .ifPresent(plan -> run(name, part -> phase.apply(part, plan.placement())));
    }

    /** Returns the best result with all phases counted. */
    SearchResult result() {
        if (best.isEmpty()) {
            throw parts.failure();
        }
        SearchResult result = best.get()
                .withLate(late)
                .withLowerBound(bound)
                .withEffort(evaluations, iterations, elapsed(), history)
                .withNotices(parts.notices());
        return result.withStopReason(hasProof() ? StopReason.PROVEN : stopReason());
    }

    private StopReason stopReason() {
        return stop().or(() -> last).orElse(StopReason.COMPLETED);
    }

    /** Tells whether the search is over: it has a proof, or the stop rule ends it. */
    boolean isOver() {
        return hasProof() || stop().isPresent();
    }

    private boolean hasProof() {
        return proven || bound >= bestOfProblem();
    }

    private double bestOfProblem() {
        return best.map(SearchResult::value).orElse(Double.POSITIVE_INFINITY);
    }

    private Optional<StopReason> stop() {
        if (Thread.currentThread().isInterrupted()) {
            return Optional.of(StopReason.CANCELLED);
        }
        return options.stopRule().check(progress(bestOfProblem(), bound));
    }

    private Progress progress(double value, double lowerBound) {
        return progress(value, lowerBound, evaluations);
    }

    private Progress progress(double value, double lowerBound, long count) {
        double violation = value < Double.POSITIVE_INFINITY ? 0 : Double.POSITIVE_INFINITY;
        return new Progress(iterations, count, elapsed(), value, violation, lowerBound, 0, false);
    }

    /** Returns the progress of a search that has not begun, but whose time counts. */
    static Progress waited(LongSupplier nanoClock, long startNanos) {
        return Progress.before(0, 0, Duration.ofNanos(nanoClock.getAsLong() - startNanos));
    }

    private Duration elapsed() {
        return Duration.ofNanos(options.nanoClock().getAsLong() - startNanos);
    }
}
