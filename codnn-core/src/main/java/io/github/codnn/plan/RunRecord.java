package io.github.codnn.plan;

import io.github.codnn.internal.Checks;
import java.util.List;
import java.util.Objects;

/**
 * How a search found a plan. A search with the same strategy, settings, seed and stop rule returns the same plan,
 * unless the stop rule depends on time.
 *
 * @param objective the name of what was minimised: the label of the fitness of the problem
 * @param value its value for the plan
 * @param lowerBound a proven lower bound of that value over the feasible plans of the scope; negative infinity if none
 *     is known
 * @param boundScope among which plans the bound holds
 * @param strategy the name of the strategy: the simple name of its class
 * @param settings the settings of the strategy in readable form; empty if it has none
 * @param seed the seed of all randomness
 * @param evaluations how many placements were evaluated
 * @param stopReason why the search ended
 * @param notices what went wrong within the search, such as a part of it that failed, one sentence each
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
        StopReason stopReason,
        List<String> notices) {

    /** Copies and checks the components. */
    public RunRecord {
        Checks.notBlank(objective, "objective");
        Objects.requireNonNull(boundScope, "boundScope");
        Checks.notBlank(strategy, "strategy");
        Objects.requireNonNull(settings, "settings");
        Checks.nonNegative(evaluations, "evaluations");
        Objects.requireNonNull(stopReason, "stopReason");
        notices = List.copyOf(notices);
        if (Double.isNaN(value) || Double.isNaN(lowerBound)) {
            throw new IllegalArgumentException(
                    "value and lowerBound must be numbers, but are " + value + " and " + lowerBound);
        }
    }

    /**
     * Makes a record of a search without notices.
     *
     * @param objective the name of what was minimised
     * @param value its value for the plan
     * @param lowerBound a proven lower bound of that value; negative infinity if none is known
     * @param boundScope among which plans the bound holds
     * @param strategy the name of the strategy
     * @param settings the settings of the strategy in readable form
     * @param seed the seed of all randomness
     * @param evaluations how many placements were evaluated
     * @param stopReason why the search ended
     */
    public RunRecord(
            String objective,
            double value,
            double lowerBound,
            BoundScope boundScope,
            String strategy,
            String settings,
            long seed,
            long evaluations,
            StopReason stopReason) {
        this(objective, value, lowerBound, boundScope, strategy, settings, seed, evaluations, stopReason, List.of());
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
                stopReason,
                notices);
    }

    /**
     * Returns this record with another number of evaluations.
     *
     * @param count how many placements were evaluated
     * @return the changed record
     */
    public RunRecord withEvaluations(long count) {
        return new RunRecord(
                objective, value, lowerBound, boundScope, strategy, settings, seed, count, stopReason, notices);
    }

    /**
     * Returns this record with another reason to stop.
     *
     * @param reason why the search ended
     * @return the changed record
     */
    public RunRecord withStopReason(StopReason reason) {
        return new RunRecord(
                objective, value, lowerBound, boundScope, strategy, settings, seed, evaluations, reason, notices);
    }

    /**
     * Returns this record with other notices.
     *
     * @param sentences what went wrong within the search, one sentence each
     * @return the changed record
     */
    public RunRecord withNotices(List<String> sentences) {
        return new RunRecord(
                objective, value, lowerBound, boundScope, strategy, settings, seed, evaluations, stopReason, sentences);
    }

    /**
     * Returns this record with another scope of its bound.
     *
     * @param scope among which plans the bound holds
     * @return the changed record
     */
    public RunRecord withBoundScope(BoundScope scope) {
        return new RunRecord(
                objective, value, lowerBound, scope, strategy, settings, seed, evaluations, stopReason, notices);
    }

    /**
     * Returns the largest possible distance of the plan from the optimum.
     *
     * @return {@code (value - lowerBound) / lowerBound}; 0 if both are equal; infinite if the bound is not positive
     */
    public double gap() {
        return gap(value, lowerBound);
    }

    /**
     * Returns the largest possible distance of a value from the optimum.
     *
     * @param value the value of a feasible plan; infinite if there is none
     * @param lowerBound a proven lower bound
     * @return {@code (value - lowerBound) / lowerBound}; 0 if the value is not above the bound; infinite if the bound
     *     is not positive
     */
    public static double gap(double value, double lowerBound) {
        if (value <= lowerBound) {
            return 0;
        }
        return lowerBound > 0 ? (value - lowerBound) / lowerBound : Double.POSITIVE_INFINITY;
    }
}
