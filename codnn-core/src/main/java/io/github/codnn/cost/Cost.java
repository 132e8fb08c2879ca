package io.github.codnn.cost;

import io.github.codnn.internal.Checks;
import java.io.Serializable;

/**
 * The time and energy of one operation.
 *
 * @param seconds the time, zero or greater and finite
 * @param joules the energy, zero or greater and finite
 */
public record Cost(double seconds, double joules) implements Serializable {

    /** No time and no energy. */
    public static final Cost ZERO = new Cost(0, 0);

    /** Checks the components. */
    public Cost {
        Checks.nonNegativeFinite(seconds, "seconds");
        Checks.nonNegativeFinite(joules, "joules");
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
