package io.github.codnn.testing;

import io.github.codnn.CodnnException;

/** What every reader owes to any input. */
public final class Fuzzing {

    private Fuzzing() {}

    /**
     * Runs code that reads input. It may take the input or refuse it by a {@link CodnnException} of one line.
     *
     * @param reader the code
     * @throws AssertionError if the message has more than one line; whatever else the code throws
     */
    public static void takesOrRefuses(Runnable reader) {
        try {
            reader.run();
        } catch (CodnnException refusal) {
            if (refusal.getMessage().chars().anyMatch(each -> each == '\n' || each == '\r' || each == 0)) {
                throw new AssertionError("More than one line: " + refusal.getMessage(), refusal);
            }
        }
    }
}
