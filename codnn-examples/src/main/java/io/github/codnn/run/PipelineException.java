package io.github.codnn.run;

import io.github.codnn.CodnnException;

/** A run that ends early although model and frames are right: a result cannot be written, or a machine is lost. */
public final class PipelineException extends CodnnException {

    private static final long serialVersionUID = 1L;

    /**
     * Reports why a run ends.
     *
     * @param message what happened, and what to do about it
     */
    public PipelineException(String message) {
        super(message);
    }

    /**
     * Reports why a run ends, because of another failure.
     *
     * @param message what happened, and what to do about it
     * @param cause the failure underneath
     */
    public PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
