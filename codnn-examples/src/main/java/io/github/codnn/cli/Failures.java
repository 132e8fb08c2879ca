package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.text.ControlCharacters;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/** Reports failures as one line each on standard error, and says which exit status they have. */
final class Failures {

    private static final String ISSUES = "https://github.com/codnn/codnn/issues";

    private Failures() {}

    /** A result that was found but cannot be written to a file. */
    static final class NotWritten extends CodnnException {

        private static final long serialVersionUID = 1L;

        NotWritten(CodnnException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    /**
     * Prints a failure.
     *
     * @param failure the failure
     * @param command the command that failed
     * @param stacktrace whether to print where it happened, too
     * @return the exit status
     */
    static int report(Throwable failure, CommandLine command, boolean stacktrace) {
        print(command, message(failure));
        if (stacktrace) {
            failure.printStackTrace(command.getErr());
            command.getErr().flush();
        }
        return isInput(failure) && !(failure instanceof NotWritten) ? Codnn.BAD_INPUT : Codnn.FAILURE;
    }

    private static boolean isInput(Throwable failure) {
        return failure instanceof CodnnException
                || failure instanceof IllegalArgumentException
                || failure instanceof UncheckedIOException;
    }

    /** Returns what went wrong, in one line. */
    static String message(Throwable failure) {
        return isInput(failure) && failure.getMessage() != null ? failure.getMessage() : unexpected(failure);
    }

    private static String unexpected(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return "The memory of the Java machine does not suffice (" + failure.getMessage()
                    + "). Maybe give it more, as in java -Xmx4g";
        }
        StackTraceElement[] trace = failure.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber();
        return "Internal error: " + failure + place + ". Please report it at " + ISSUES
                + " with the command and its input; --stacktrace prints more for the report";
    }

    /** Prints one line on standard error. */
    static void print(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        err.println("codnn: " + ControlCharacters.shown(message));
        err.flush();
    }
}
