package io.github.codnn.optimize;

import io.github.codnn.CodnnException;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Fitness;
import java.io.Serializable;
import java.util.Objects;

/**
 * How good a placement is. Scores compare by Deb's rules (K. Deb, An efficient constraint handling method for genetic
 * algorithms, 2000) in three levels: less that is physically impossible is better, then the smaller violation, then the
 * smaller fitness. So no plan without a link or away from a pin is better than one that only misses a limit. Immutable
 * and thread-safe.
 *
 * @param value the fitness, in the unit of the fitness; smaller is better
 * @param impossible how many layers are where they cannot be, and transfers without a link
 * @param violation by how much limits are exceeded, relative to them; 0 if the placement is feasible
 */
public record Score(double value, int impossible, double violation) implements Serializable {

    /** The score before any placement was evaluated: no other score is worse. */
    public static final Score NONE = new Score(Double.POSITIVE_INFINITY, Integer.MAX_VALUE, Double.POSITIVE_INFINITY);

    /**
     * Returns the score of a placement that was evaluated.
     *
     * @param metrics what the evaluation found
     * @param fitness the measure
     * @return its fitness and violation
     */
    public static Score of(PlanMetrics metrics, Fitness fitness) {
        return new Score(value(metrics, fitness), metrics.impossible(), metrics.violation());
    }

    /**
     * Returns the fitness of metrics, which must be a number.
     *
     * @param metrics what an evaluation found
     * @param fitness the measure
     * @return its value
     * @throws CodnnException if it is NaN
     */
    public static double value(PlanMetrics metrics, Fitness fitness) {
        Objects.requireNonNull(metrics, "metrics");
        double value = fitness.of(metrics);
        if (Double.isNaN(value)) {
            throw new CodnnException("Fitness '" + fitness.label() + "' is NaN for a plan of period "
                    + metrics.periodSeconds() + " s and response time " + metrics.responseSeconds()
                    + " s. A fitness must be a number for every plan");
        }
        return value;
    }

    /**
     * Returns the value that other plans have to be below to be better.
     *
     * @return the value, positive infinity if the placement is not feasible
     */
    public double feasibleValue() {
        return isFeasible() ? value : Double.POSITIVE_INFINITY;
    }

    /**
     * Compares two scores, for sorting.
     *
     * @param one a score
     * @param other another one
     * @return less than 0 if the first one is strictly better, more than 0 if the other one is, else 0
     */
    public static int bestFirst(Score one, Score other) {
        return one.isBetterThan(other) ? -1 : other.isBetterThan(one) ? 1 : 0;
    }

    /**
     * Compares two scores.
     *
     * @param other the score to compare with
     * @return whether this score is strictly better
     */
    public boolean isBetterThan(Score other) {
        return other.isWorseThan(value, impossible, violation);
    }

    /**
     * Compares by Deb's rules with a score that is not an object yet, for loops that allocate nothing.
     *
     * @param otherValue the fitness to compare with
     * @param otherImpossible the number of impossible places and transfers to compare with
     * @param otherViolation the violation to compare with
     * @return whether this score is strictly worse
     */
    public boolean isWorseThan(double otherValue, int otherImpossible, double otherViolation) {
        if (impossible != otherImpossible) {
            return otherImpossible < impossible;
        }
        return violation == otherViolation ? otherValue < value : otherViolation < violation;
    }

    /**
     * Tells whether the placement keeps all limits.
     *
     * @return whether the violation is 0
     */
    public boolean isFeasible() {
        return violation == 0;
    }
}
