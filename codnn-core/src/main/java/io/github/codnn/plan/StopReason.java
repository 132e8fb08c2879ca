package io.github.codnn.plan;

import java.util.Locale;

/** Why a search ended. */
public enum StopReason {
    /** The strategy has nothing more to try. */
    COMPLETED,
    /** The best plan is proven optimal, or it is proven that there is no feasible one. */
    PROVEN,
    /** The number of evaluations is used up. */
    EVALUATIONS,
    /** The number of iterations is used up. */
    ITERATIONS,
    /** The time is used up. */
    TIME,
    /** A plan as good as asked for is found. */
    TARGET,
    /** There was no improvement for too many iterations. */
    STAGNATION,
    /** The caller cancelled the search. */
    CANCELLED;

    /**
     * Returns the name of this reason in files and on the command line.
     *
     * @return the name in lower case, such as {@code proven}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
