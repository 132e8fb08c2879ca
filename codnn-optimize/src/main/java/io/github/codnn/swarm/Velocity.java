package io.github.codnn.swarm;

import io.github.codnn.internal.Checks;
import io.github.codnn.optimize.SearchRun;
import java.io.Serializable;

/**
 * How particles move: {@code v = w v + c1 r1 (own best - x) + c2 r2 (neighbours' best - x)}, then {@code x = x + v},
 * with new random r1 and r2 for every key.
 *
 * @param inertiaAtStart w in the first iteration, in [0, 1)
 * @param inertiaAtEnd w after {@code iterations} and from then on, in [0, 1)
 * @param iterations over how many iterations w changes linearly, at least 1
 * @param cognitive c1, zero or greater
 * @param social c2, zero or greater
 * @param maxVelocity the greatest velocity as a share of the range of a key, in (0, 1]
 * @param budgetFitted whether w changes over all iterations that the stop rule's number of evaluations allows, instead
 *     of {@code iterations}; without such a number, and in any case for stop rules on time, over {@code iterations}
 */
public record Velocity(
        double inertiaAtStart,
        double inertiaAtEnd,
        int iterations,
        double cognitive,
        double social,
        double maxVelocity,
        boolean budgetFitted)
        implements Serializable {

    private static final long UNLIMITED = Long.MAX_VALUE >> 8; // evaluations

    /** Checks the components. */
    public Velocity {
        Checks.inRange(inertiaAtStart, 0, 1, "The inertia at the start");
        Checks.inRange(inertiaAtEnd, 0, 1, "The inertia at the end");
        Checks.positive(iterations, "The number of iterations over which the inertia changes");
        Checks.nonNegativeFinite(cognitive, "The cognitive coefficient");
        Checks.nonNegativeFinite(social, "The social coefficient");
        Checks.inRange(maxVelocity, Double.MIN_NORMAL, 1, "The greatest velocity");
    }

    /**
     * Returns an inertia that falls from 0.9 to 0.4, both coefficients 2 and half the range as the greatest velocity
     * (Y. Shi and R. C. Eberhart, Empirical study of particle swarm optimization, 1999).
     *
     * @param iterations over how many iterations the inertia falls
     * @return the velocity
     */
    public static Velocity linear(int iterations) {
        return new Velocity(0.9, 0.4, iterations, 2, 2, 0.5, false);
    }

    /**
     * Returns the constriction of M. Clerc and J. Kennedy (The particle swarm: explosion, stability and convergence,
     * 2002) for phi = 4.1: inertia 0.729844 and both coefficients 1.496180; greatest velocity half the range.
     *
     * @return the velocity
     */
    public static Velocity constriction() {
        return new Velocity(0.729844, 0.729844, 1, 1.496180, 1.496180, 0.5, false);
    }

    /**
     * Returns the coefficients of Standard PSO 2011 (M. Clerc, 2012): inertia 1 / (2 ln 2), both coefficients 0.5 + ln
     * 2. Only the coefficients: its draw from a hypersphere is not for keys that are decoded one by one.
     *
     * @return the velocity
     */
    public static Velocity spso2011() {
        double inertia = 1 / (2 * Math.log(2));
        double coefficient = 0.5 + Math.log(2);
        return new Velocity(inertia, inertia, 1, coefficient, coefficient, 0.5, false);
    }

    /**
     * Returns this velocity with a constant inertia.
     *
     * @param inertia w in all iterations
     * @return the changed velocity
     */
    public Velocity withInertia(double inertia) {
        return new Velocity(inertia, inertia, 1, cognitive, social, maxVelocity, false);
    }

    /**
     * Returns this velocity with other coefficients.
     *
     * @param newCognitive c1
     * @param newSocial c2
     * @return the changed velocity
     */
    public Velocity withCoefficients(double newCognitive, double newSocial) {
        return new Velocity(
                inertiaAtStart, inertiaAtEnd, iterations, newCognitive, newSocial, maxVelocity, budgetFitted);
    }

    /**
     * Returns this velocity with another limit.
     *
     * @param share the greatest velocity as a share of the range of a key
     * @return the changed velocity
     */
    public Velocity withMaxVelocity(double share) {
        return new Velocity(inertiaAtStart, inertiaAtEnd, iterations, cognitive, social, share, budgetFitted);
    }

    /**
     * Returns this velocity with an inertia that changes over the whole budget of evaluations.
     *
     * @return the changed velocity
     */
    public Velocity fittedToBudget() {
        return new Velocity(inertiaAtStart, inertiaAtEnd, iterations, cognitive, social, maxVelocity, true);
    }

    /** Returns the velocity of a run, given how many evaluations an iteration takes. */
    Velocity ofRun(SearchRun run, long evaluationsPerIteration) {
        long left = budgetFitted ? run.evaluationsLeft(UNLIMITED) : UNLIMITED;
        if (left == UNLIMITED) {
            return this;
        }
        int all = (int) Math.max(1, Math.min(Integer.MAX_VALUE, left / evaluationsPerIteration));
        return new Velocity(inertiaAtStart, inertiaAtEnd, all, cognitive, social, maxVelocity, true);
    }

    /** Returns w of an iteration. */
    double inertia(long iteration) {
        double share = iteration >= iterations ? 1 : (double) iteration / iterations;
        return inertiaAtStart + (inertiaAtEnd - inertiaAtStart) * share;
    }

    /** Returns the settings as plan files state them; the text is part of their format. */
    @Override
    public String toString() {
        return "Velocity[inertiaAtStart=" + inertiaAtStart + ", inertiaAtEnd=" + inertiaAtEnd + ", iterations="
                + iterations + ", cognitive=" + cognitive + ", social=" + social + ", most=" + maxVelocity
                + (budgetFitted ? ", budgetFitted=true]" : "]");
    }
}
