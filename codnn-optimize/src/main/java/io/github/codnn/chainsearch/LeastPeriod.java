package io.github.codnn.chainsearch;

import io.github.codnn.optimize.StopSignal;

/**
 * Brackets the least period: from a lower bound upwards in growing steps until some plan is found, then by halving, and
 * at the end by asking for anything better than the best plan.
 */
public final class LeastPeriod {

    /** What remains below this relative width counts as nothing: rounding is of that size. */
    static final double RESOLUTION = 1e-12;

    /** Above this relative width brackets are halved; below, the best plan is put to the proof. */
    static final double COARSE = 1e-5;

    private static final double FIRST_STEP = 1.0 / 256;

    /** Finds plans within a period. */
    public interface Question {

        /**
         * Asks for a plan.
         *
         * @return the period of a plan, at most the given one but for rounding; infinite if there is none
         */
        double planWithin(double period);
    }

    private final StopSignal signal;
    private double lower;
    private double upper = Double.POSITIVE_INFINITY;

    public LeastPeriod(StopSignal signal) {
        this.signal = signal;
    }

    /** Tells that there is a plan of this period. */
    public void startFrom(double period) {
        upper = period;
    }

    /**
     * Closes the bracket, or narrows it until the signal is raised.
     *
     * @param bound a proven lower bound
     * @param longest a period that every plan keeps
     */
    public void search(Question question, double bound, double longest) {
        lower = bound;
        double known = upper;
        double step = FIRST_STEP;
        while (lower < upper * (1 - RESOLUTION) && !signal.isRaised()) {
            double period = middle();
            if (upper == known) {
                // Short steps first: just above the bound a question is easy to answer, and the answer often is near.
                double near = lower * (1 + step) + (lower == 0 ? step * longest : 0);
                period = Math.min(period, near >= longest ? Double.MAX_VALUE : near);
                step *= 2;
            }
            ask(question, period);
        }
        if (!signal.isRaised()) {
            lower = upper;
        }
    }

    private double middle() {
        if (upper == Double.POSITIVE_INFINITY) {
            return upper;
        }
        return upper - lower > COARSE * upper ? (lower + upper) / 2 : upper * (1 - RESOLUTION);
    }

    private void ask(Question question, double period) {
        double found = question.planWithin(period);
        if (signal.isRaised()) {
            return;
        }
        if (found == Double.POSITIVE_INFINITY) {
            lower = period == Double.MAX_VALUE ? found : period;
            upper = Math.max(lower, upper);
        } else {
            // Rounding can give a plan that is longer than asked for; that must not keep the bracket open for ever.
            lower = found > period ? Math.max(lower, period) : lower;
            upper = Math.min(upper, found);
        }
        signal.endIteration();
    }

    /** Returns the proven lower bound, infinite if there is no plan. */
    public double lower() {
        return lower;
    }

    /** Returns the period of the best plan, infinite if there is none. */
    double upper() {
        return upper;
    }
}
