package io.github.codnn.cli;

import io.github.codnn.NearestNames;
import io.github.codnn.text.UsageText;
import io.github.codnn.units.Units;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code codnn} command: plans where the layers of a neural network run.
 *
 * <p>Exits with 0 on success, with 1 if there is no plan that keeps all constraints, with 2 on bad usage or bad input,
 * and with 3 if a result cannot be written or on an internal error. Each failure is one line on standard error;
 * {@code --stacktrace} prints where it happened, too.
 */
@Command(
        name = "codnn",
        description = "Decides where each layer of a neural network should run.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Codnn.Version.class)
public final class Codnn implements Runnable {

    /** No plan keeps all constraints. */
    static final int INFEASIBLE = 1;

    /** Bad usage or bad input. */
    static final int BAD_INPUT = 2;

    /** A result that cannot be written, or an internal error. */
    static final int FAILURE = 3;

    private static final String STACKTRACE = "--stacktrace";

    private static final List<String> VERSION_OPTIONS = List.of("--version", "-V");

    @CommandLine.Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = STACKTRACE,
            scope = ScopeType.INHERIT,
            description = "Print where a failure happened, for a report of it.")
    private boolean stacktrace;

    /**
     * Runs the command line and exits with its status.
     *
     * @param arguments the arguments
     */
    // The charset of the console: since JDK 18 a writer takes over that of the stream.
    @SuppressWarnings("DefaultCharset")
    public static void main(String[] arguments) {
        if (arguments.length == 1 && VERSION_OPTIONS.contains(arguments[0])) {
            System.out.println(Version.text()); // without loading anything else
            return;
        }
        Charset charset = Charset.defaultCharset();
        ReaderAwareOutput out = new ReaderAwareOutput(new FileOutputStream(FileDescriptor.out));
        int status =
                run(new PrintWriter(out, true, charset), new PrintWriter(System.err, true, charset), out, arguments);
        System.exit(status);
    }

    /** Runs a command line with the given streams and returns its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return run(out, err, () -> false, arguments);
    }

    /** Runs a command line whose reader may end early, as head does: that is no failure to report. */
    private static int run(PrintWriter out, PrintWriter err, BooleanSupplier hasReaderEnded, String... arguments) {
        CommandLine line = commandLine(arguments).setOut(out).setErr(err);
        int status;
        try {
            status = line.execute(arguments);
        } catch (RuntimeException | Error e) {
            status = Failures.report(e, line, Arrays.asList(arguments).contains(STACKTRACE));
        }
        if (out.checkError()) {
            if (hasReaderEnded.getAsBoolean()) {
                return FAILURE;
            }
            Failures.print(line, "Cannot write to standard output. Maybe its device is full or its reader has ended");
            return FAILURE;
        }
        return status;
    }

    /** Remembers whether writing failed because nobody reads any more. */
    private static final class ReaderAwareOutput extends FilterOutputStream implements BooleanSupplier {

        private boolean ended;

        ReaderAwareOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                ended |= String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
                throw e;
            }
        }

        @Override
        public boolean getAsBoolean() {
            return ended;
        }
    }

    /** Makes the command line that some arguments need; its streams can be replaced. */
    static CommandLine commandLine(String... arguments) {
        Locale.setDefault(Locale.ROOT);
        Codnn codnn = new Codnn();
        CommandLine line = new CommandLine(codnn);
        Commands.add(line, arguments);
        Units.register(line);
        Handler handler = new Handler(codnn);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(handler)
                .setExecutionExceptionHandler(handler);
    }

    /** What becomes of failures. No lambdas: JDK 17 cannot archive those of interfaces of Java 5. */
    private static final class Handler
            implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {

        private final Codnn codnn;

        Handler(Codnn codnn) {
            this.codnn = codnn;
        }

        @Override
        public int handleParseException(ParameterException exception, String[] arguments) {
            return badUsage(exception);
        }

        @Override
        public int handleExecutionException(Exception exception, CommandLine command, ParseResult result) {
            return Failures.report(exception, command, codnn.stacktrace);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int badUsage(ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        String name = command.getCommandSpec().parent() == null ? "" : " " + command.getCommandName();
        String message = unknown(exception).orElse(UsageText.of(exception)) + " Try 'codnn help" + name + "'.";
        Failures.print(command, String.join(" ", message.lines().toList()));
        return BAD_INPUT;
    }

    /** Says what is unknown in a command line, and what may be meant. */
    private static Optional<String> unknown(ParameterException exception) {
        CommandSpec command = exception.getCommandLine().getCommandSpec();
        boolean noCommand = String.valueOf(exception.getMessage()).startsWith("Unknown subcommand");
        if (!(exception instanceof UnmatchedArgumentException) && !noCommand) {
            return Optional.empty();
        }
        String given = exception instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched().get(0)
                : exception.getValue();
        if (noCommand || (command.parent() == null && !given.startsWith("-"))) {
            return Optional.of("There is no command '" + given + "'." + NearestNames.question(given, Commands.names()));
        }
        String name = command.qualifiedName();
        return Optional.of(
                given.startsWith("-")
                        ? name + " has no option '" + given + "'."
                                + NearestNames.question(
                                        given, command.optionsMap().keySet())
                        : name + " does not take a further argument '" + given + "'.");
    }

    /** Reads the version from the manifest. */
    static final class Version implements CommandLine.IVersionProvider {

        static String text() {
            String version = Codnn.class.getPackage().getImplementationVersion();
            return "codnn " + (version == null ? "(unpackaged)" : version);
        }

        @Override
        public String[] getVersion() {
            return new String[] {text()};
        }
    }
}
