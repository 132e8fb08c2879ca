package io.github.codnn.problem;

import io.github.codnn.plan.PlanMetrics;

/**
 * What a search minimises, as a function of the metrics of a placement. A lambda is enough for your own fitness:
 *
 * <pre>{@code Fitness fitness = metrics -> metrics.energyJoules() + 5 * metrics.price();}</pre>
 *
 * <p>Searches compare placements by the rules of K. Deb (An efficient constraint handling method for genetic
 * algorithms, 2000): a feasible one beats an infeasible one, of two infeasible ones the less violating wins, of two
 * feasible ones the fitter. Therefore a fitness need not penalise violations.
 *
 * <p>An implementation must be a pure function and safe for use by several threads. It is called once for every
 * evaluation, with metrics that are valid during the call only. It must not return NaN. If searches are to run on a
 * distributed executor, it must be {@link java.io.Serializable}; a lambda needs a cast,
 * {@code (Fitness & Serializable) metrics -> ...}.
 */
@FunctionalInterface
public interface Fitness {

    /**
     * Rates a placement.
     *
     * @param metrics the metrics of the placement, valid during the call only
     * @return the value to minimise
     */
    double of(PlanMetrics metrics);

    /**
     * Returns the name of this fitness in run records, files and messages.
     *
     * @return the name, {@code custom} unless overridden
     */
    default String label() {
        return "custom";
    }
}
