package io.github.codnn.cost;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Quantities;
import java.io.Serializable;

/**
 * The time and energy of one operation.
 *
 * @param seconds the time, zero or greater; infinite if the work cannot be done there. Negative zero, and figures below
 *     1e-100, count as 0. Where a scenario is planned, a layer or a transfer of more than 1e9 s counts as impossible
 * @param joules the energy, zero or greater and finite; 0 if the work cannot be done
 */
public record Cost(double seconds, double joules) implements Serializable {

    /** No time and no energy. */
    public static final Cost ZERO = new Cost(0, 0);

    /** The answer of a cost model where a layer cannot run or a tensor cannot be sent. */
    public static final Cost IMPOSSIBLE = new Cost(Double.POSITIVE_INFINITY, 0);

    /** Checks the components. */
    public Cost {
        if (!(seconds >= 0)) {
            throw new IllegalArgumentException("seconds must be zero or greater, but is " + seconds);
        }
        seconds = Quantities.normal(seconds);
        joules =
                seconds > Quantities.MAX_SECONDS && !Double.isNaN(joules) ? Math.min(joules, Double.MAX_VALUE) : joules;
        joules =
                seconds == Double.POSITIVE_INFINITY ? 0 : Quantities.normal(Checks.nonNegativeFinite(joules, "joules"));
    }

    /**
     * Makes the cost of work at constant power.
     *
     * @param seconds the time, zero or greater; infinite if the work cannot be done there
     * @param watts the power, zero or greater and finite
     * @return the cost
     */
    public static Cost atPower(double seconds, double watts) {
        return seconds == Double.POSITIVE_INFINITY ? IMPOSSIBLE : new Cost(seconds, seconds * watts);
    }

    /**
     * Tells whether the work can be done.
     *
     * @return whether the time is finite
     */
    public boolean isPossible() {
        return seconds < Double.POSITIVE_INFINITY;
    }

    /**
     * Adds two costs.
     *
     * @param other the cost of a later operation
     * @return the cost of both
     */
    public Cost plus(Cost other) {
        return new Cost(seconds + other.seconds, joules + other.joules);
    }
}
