package io.github.codnn;

/**
 * A model, platform, problem or plan that cannot be read, or that cannot be planned as it stands.
 *
 * <p>The message names the thing, the value and, where there is one, the way out; it is one line and fit to be shown to
 * the person who supplied the input. Wrong arguments of a method call are reported with
 * {@link IllegalArgumentException} instead.
 */
public class CodnnException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Reports input that cannot be used.
     *
     * @param message what is wrong, with which value, and what to do about it
     */
    public CodnnException(String message) {
        super(message);
    }

    /**
     * Reports input that cannot be used, because of another failure.
     *
     * @param message what is wrong, with which value, and what to do about it
     * @param cause the failure underneath
     */
    public CodnnException(String message, Throwable cause) {
        super(message, cause);
    }
}
