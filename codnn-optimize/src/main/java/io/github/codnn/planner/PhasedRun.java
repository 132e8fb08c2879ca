package io.github.codnn.planner;

import io.github.codnn.optimize.Progress;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.StopReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The books of a search whose phases are searches of their own, under one stop rule. */
final class PhasedRun {

    private final SearchOptions options;
    private final long startNanos;
    private final List<SearchResult.Improvement> history = new ArrayList<>();
    private double best = Double.POSITIVE_INFINITY;
    private long evaluations;
    private long iterations;

    /** Opens the books; the time runs from here on. */
    PhasedRun(SearchOptions options) {
        this.options = options;
        startNanos = options.nanoClock().getAsLong();
    }

    /** Returns the options of the next phase. */
    SearchOptions next() {
        return options.after(progress(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }

    /** Counts a phase that has ended; returns its result with all phases counted. */
    SearchResult add(SearchResult phase) {
        for (SearchResult.Improvement each : phase.history()) {
            if (each.value() < best) {
                best = each.value();
                history.add(new SearchResult.Improvement(evaluations + each.evaluations(), best));
            }
        }
        evaluations += phase.evaluations();
        iterations += phase.iterations();
        return result(phase, phase.lowerBound());
    }

    /** Returns a result of one phase with all phases counted, and a bound. */
    SearchResult result(SearchResult phase, double bound) {
        return new SearchResult(
                phase.best().map(plan -> withRun(plan, bound)),
                phase.closest().map(plan -> withRun(plan, bound)),
                bound,
                evaluations,
                iterations,
                elapsed(),
                phase.stopReason(),
                history);
    }

    /** Tells whether there is nothing to be done after a phase: it has a proof, or the stop rule ends the search. */
    boolean isOver(SearchResult phase) {
        return phase.stopReason() == StopReason.PROVEN
                || phase.gap() == 0
                || phase.lowerBound() == Double.POSITIVE_INFINITY
                || options.stopRule()
                        .check(progress(phase.value(), phase.lowerBound()))
                        .isPresent();
    }

    private Progress progress(double value, double bound) {
        double violation = value < Double.POSITIVE_INFINITY ? 0 : Double.POSITIVE_INFINITY;
        return new Progress(iterations, evaluations, elapsed(), value, violation, bound, 0);
    }

    private Duration elapsed() {
        return Duration.ofNanos(options.nanoClock().getAsLong() - startNanos);
    }

    private Plan withRun(Plan plan, double bound) {
        return plan.run()
                .map(run -> new RunRecord(
                        run.objective(),
                        run.value(),
                        Math.min(bound, run.value()),
                        run.boundScope(),
                        run.strategy(),
                        run.settings(),
                        run.seed(),
                        evaluations,
                        run.stopReason()))
                .map(plan::withRun)
                .orElse(plan);
    }
}
