package io.github.codnn.planner;

import io.github.codnn.optimize.Progress;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.StopReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Bookkeeping of a search in phases, each of which is a search of its own, under one stop rule. */
final class PhasedRun {

    private final SearchOptions options;
    private final long startNanos;
    private final List<SearchResult.Improvement> history = new ArrayList<>();
    private double best = Double.POSITIVE_INFINITY;
    private long evaluations;
    private long iterations;

    /** Starts the search; its time counts from here. */
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
        return phase.withLowerBound(bound).withEffort(evaluations, iterations, elapsed(), history);
    }

    /** Tells whether the search is over after a phase: it has a proof, or the stop rule ends the search. */
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
}
