package io.github.codnn.plan;

import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * How a search came to a plan; the same record on the same machine gives the same plan again, unless it was stopped by
 * time.
 *
 * @param objective the name of what was minimised
 * @param value its value for the plan
 * @param lowerBound a proven lower bound of that value over the feasible plans of the scope; negative infinity if none
 *     is known
 * @param boundScope among which plans the bound holds
 * @param strategy the name of the strategy
 * @param settings the settings of the strategy, readable
 * @param seed the seed of all randomness
 * @param evaluations how many placements were evaluated
 * @param stopReason why the search ended
 */
public record RunRecord(
        String objective,
        double value,
        double lowerBound,
        BoundScope boundScope,
        String strategy,
        String settings,
        long seed,
        long evaluations,
        String stopReason) {

    /** Checks the components. */
    public RunRecord {
        Checks.notBlank(objective, "objective");
        Objects.requireNonNull(boundScope, "boundScope");
        Checks.notBlank(strategy, "strategy");
        Checks.nonNegative(evaluations, "evaluations");
        if (Double.isNaN(value) || Double.isNaN(lowerBound)) {
            throw new IllegalArgumentException(
                    "value and lowerBound must be numbers, but are " + value + " and " + lowerBound);
        }
    }

    /**
     * Returns this record with another bound.
     *
     * @param bound a proven lower bound of the value over the feasible plans of the scope; the value itself is taken if
     *     that is less
     * @return the changed record
     */
    public RunRecord withLowerBound(double bound) {
        return new RunRecord(
                objective,
                value,
                Math.min(bound, value),
                boundScope,
                strategy,
                settings,
                seed,
                evaluations,
                stopReason);
    }

    /**
     * Returns this record with another scope of its bound.
     *
     * @param scope among which plans the bound holds
     * @return the changed record
     */
    public RunRecord withBoundScope(BoundScope scope) {
        return new RunRecord(objective, value, lowerBound, scope, strategy, settings, seed, evaluations, stopReason);
    }

    /**
     * Returns how far the plan can be from the best one at the most.
     *
     * @return {@code (value - lowerBound) / lowerBound}; 0 if both are equal; infinite if the bound is not positive
     */
    public double gap() {
        if (value <= lowerBound) {
            return 0;
        }
        return lowerBound > 0 ? (value - lowerBound) / lowerBound : Double.POSITIVE_INFINITY;
    }
}
