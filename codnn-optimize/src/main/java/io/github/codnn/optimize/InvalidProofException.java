package io.github.codnn.optimize;

/**
 * A search claims what its own plan contradicts: a value or a feasibility that the plan does not have, or a lower bound
 * above the value of a feasible plan. An error of the library or of a strategy, not of the problem.
 */
public final class InvalidProofException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * Makes an exception.
     *
     * @param message the claim and what contradicts it, in one line
     */
    public InvalidProofException(String message) {
        super(message);
    }
}
