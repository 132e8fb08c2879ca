package io.github.codnn.plan;

import java.util.Objects;

/**
 * A constraint that a placement violates.
 *
 * @param constraint which constraint
 * @param subject the task or the device that it is about; empty for the number of devices
 * @param amount by how much, greater than zero: relative excess for limits, a count for the others
 * @param message the violation with names and figures, in one line
 */
public record Violation(Constraint constraint, String subject, double amount, String message) {

    /** Checks the components. */
    public Violation {
        Objects.requireNonNull(constraint, "constraint");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(message, "message");
    }

    /**
     * Tells whether the violation is physically impossible, not only undesired.
     *
     * @return true for a layer where it cannot or must not run and for a transfer without a link
     */
    public boolean isImpossible() {
        return constraint == Constraint.FORBIDDEN || constraint == Constraint.PINNED || constraint == Constraint.LINK;
    }

    /** The constraints that a scenario can have. */
    public enum Constraint {
        /** A deadline. */
        DEADLINE,
        /** The memory of a device. */
        MEMORY,
        /** A layer on a device where it cannot run: the cost model has no time for it. */
        FORBIDDEN,
        /** A layer that must run on one device. */
        PINNED,
        /** Layers that must run on the same device. */
        COLOCATED,
        /** A transfer where there is no link. */
        LINK,
        /** One contiguous stage for each device. */
        STAGES,
        /** The number of devices. */
        DEVICES
    }
}
