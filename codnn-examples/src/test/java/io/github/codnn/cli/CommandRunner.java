package io.github.codnn.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the command line in this process and keeps what it prints. */
final class CommandRunner {

    /** What a command left behind. */
    record Outcome(int status, String out, String err) {}

    private CommandRunner() {}

    static Outcome codnn(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Codnn.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Outcome(status, out.toString(), err.toString());
    }
}
