package io.github.codnn.chainsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.StopSignal;
import io.github.codnn.plan.StopReason;

/**
 * Brackets the least period: in growing steps from a lower bound until it finds a plan, then by bisection, and finally
 * by a search for any plan that is better than the best one.
 */
public final class LeastPeriod {

    /**
     * Wider brackets, relatively, are halved; for narrower ones the search tries to prove that the best plan is
     * optimal.
     */
    static final double COARSE = 1e-5;

    private static final double FIRST_STEP = 1.0 / 256;
    private static final int MAX_STEPS = 10_000; // more than the range of doubles needs

    /** Finds plans within a period. */
    public interface Question {

        /**
         * Searches for a plan.
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

    /** Starts from a known plan of this period. */
    public void startFrom(double period) {
        upper = period;
    }

    /**
     * Closes the bracket, or narrows it until the signal is raised.
     *
     * @param bound a proven lower bound
     * @param longest a period that no plan exceeds
     */
    public void search(Question question, double bound, double longest) {
        lower = bound;
        double known = upper;
        double step = FIRST_STEP;
        int steps = 0;
        while (lower < upper * (1 - Tolerances.EQUAL) && !signal.isRaised()) {
            if (++steps > MAX_STEPS) {
                signal.raise(StopReason.COMPLETED);
                return;
            }
            double period = middle();
            if (upper == known) {
                // Short steps first: a search just above the bound is cheap, and the optimum often is close to the
                // bound.
                double near = lower * (1 + step) + (lower == 0 ? step * longest : 0);
                period = Math.min(period, near >= longest ? Double.MAX_VALUE : near);
                step *= 2;
            }
            query(question, period);
        }
        if (!signal.isRaised()) {
            lower = upper;
        }
    }

    private double middle() {
        if (upper == Double.POSITIVE_INFINITY) {
            return upper;
        }
        return upper - lower > COARSE * upper ? (lower + upper) / 2 : upper * (1 - Tolerances.EQUAL);
    }

    private void query(Question question, double period) {
        double found = question.planWithin(period);
        if (signal.isRaised()) {
            return;
        }
        if (found == Double.POSITIVE_INFINITY) {
            lower = period == Double.MAX_VALUE ? found : period;
            upper = Math.max(lower, upper);
        } else {
            // A plan may exceed the period by rounding; the bracket must close all the same.
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
