package io.github.codnn.closest;

import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.StopReason;

/**
 * Limits the work of a search, and asks the stop rule of its run for time, cancellation and evaluations. A few
 * evaluations are always allowed: bounds decide most searches with less.
 */
final class Effort {

    private static final int WORK_PER_CHECK = 1 << 12;

    private final SearchRun run;
    private long left;
    private int sinceCheck;
    private int freeEvaluations;
    private boolean over;

    Effort(SearchRun run, long max, int freeEvaluations) {
        this.run = run;
        this.freeEvaluations = freeEvaluations;
        left = max;
        check();
    }

    /** Counts work; returns whether the search is over. */
    boolean spend(int units) {
        left -= units;
        sinceCheck += units;
        if (left <= 0) {
            over = true;
        } else if (sinceCheck >= WORK_PER_CHECK) {
            check();
        }
        return over;
    }

    /** Counts an evaluation. */
    void evaluated(int units) {
        freeEvaluations--;
        spend(units);
        check();
    }

    private void check() {
        sinceCheck = 0;
        over |= run.checkStop()
                .filter(reason -> reason == StopReason.TIME
                        || reason == StopReason.CANCELLED
                        || (reason == StopReason.EVALUATIONS && freeEvaluations <= 0))
                .isPresent();
    }

    boolean isOver() {
        return over;
    }
}
