package io.github.codnn.problem;

import io.github.codnn.plan.PlanMetrics;

/**
 * What a search minimises, as a function of what a placement gives. A lambda is enough for one of your own:
 *
 * <pre>{@code Fitness fitness = metrics -> metrics.energyJoules() + 5 * metrics.price();}</pre>
 *
 * <p>Searches compare placements by the rules of K. Deb (An efficient constraint handling method for genetic
 * algorithms, 2000): a feasible one beats an infeasible one, of two infeasible ones the less violating wins, of two
 * feasible ones the fitter. A fitness need not punish violations therefore.
 *
 * <p>An implementation must be a pure function and safe for use by several threads; it is called once for every
 * evaluation, with a view that it must not keep. It must not return NaN. If searches are to run on a distributed
 * executor, it must be {@link java.io.Serializable}; for a lambda that takes a cast,
 * {@code (Fitness & Serializable) metrics -> ...}.
 */
@FunctionalInterface
public interface Fitness {

    /**
     * Rates a placement.
     *
     * @param metrics what the placement gives, valid during the call only
     * @return the value to minimise
     */
    double of(PlanMetrics metrics);

    /**
     * Returns the name of this fitness in results and files.
     *
     * @return the name, {@code custom} unless overridden
     */
    default String label() {
        return "custom";
    }
}
