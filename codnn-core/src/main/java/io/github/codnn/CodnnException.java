package io.github.codnn;

import java.util.regex.Pattern;

/**
 * A model, platform, problem or plan that cannot be read, or that cannot be planned as it stands.
 *
 * <p>The message names the thing, the value and, where there is one, the way out; it is one line and fit to be shown to
 * the person who supplied the input: line breaks and tabs, which parts of the input may have, become spaces, and other
 * control characters question marks. Wrong arguments of a method call are reported with
 * {@link IllegalArgumentException} instead.
 */
public class CodnnException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Pattern BREAKS = Pattern.compile("[\\t\\v]\\s*+");
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

    /**
     * Reports input that cannot be used.
     *
     * @param message what is wrong, with which value, and what to do about it
     */
    public CodnnException(String message) {
        super(oneLine(message));
    }

    /**
     * Reports input that cannot be used, because of another failure.
     *
     * @param message what is wrong, with which value, and what to do about it
     * @param cause the failure underneath
     */
    public CodnnException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    private static String oneLine(String message) {
        String line = BREAKS.matcher(String.valueOf(message)).replaceAll(" ");
        return CONTROLS.matcher(line).replaceAll("?");
    }
}
