package io.github.codnn.runtime;

import io.github.codnn.CodnnException;

/** A frame does not give a model what it declares: an input is missing, unknown, or of another shape or type. */
public final class InputException extends CodnnException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message which input, what it must be and what it is
     */
    public InputException(String message) {
        super(message);
    }
}
