package io.github.codnn.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

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

    private static final List<Subcommand> COMMANDS = List.of(
            new Subcommand("inspect", InspectCommand.class),
            new Subcommand("collapse", CollapseCommand.class),
            new Subcommand("mine", MineCommand.class),
            new Subcommand("plan", PlanCommand.class),
            new Subcommand("compare", CompareCommand.class),
            new Subcommand("simulate", SimulateCommand.class),
            new Subcommand("what-if", WhatIfCommand.class),
            new Subcommand("explain", ExplainCommand.class),
            new Subcommand("adapt", AdaptCommand.class),
            new Subcommand("split", SplitCommand.class),
            new Subcommand("profile", ProfileCommand.class),
            new Subcommand("fit", FitCommand.class),
            new Subcommand("reproduce", ReproduceCommand.class),
            new Subcommand("run", RunCommand.class),
            new Subcommand("worker", WorkerCommand.class),
            new Subcommand("serve", ServeCommand.class),
            new Subcommand("export", ExportCommand.class),
            new Subcommand("quickstart", QuickstartCommand.class),
            new Subcommand("help", HelpCommand.class));

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(
            names = STACKTRACE,
            scope = ScopeType.INHERIT,
            description = "Print where a failure happened, for a report of it.")
    private boolean stacktrace;

    private record Subcommand(String name, Class<?> type) {}

    /**
     * Runs the command line and exits with its status.
     *
     * @param arguments the arguments
     */
    // The charset of the console: since JDK 18 a writer takes over that of the stream.
    @SuppressWarnings("DefaultCharset")
    public static void main(String[] arguments) {
        Charset charset = Charset.defaultCharset();
        System.exit(
                run(new PrintWriter(System.out, true, charset), new PrintWriter(System.err, true, charset), arguments));
    }

    /** Runs a command line with the given streams and returns its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = commandLine(arguments).setOut(out).setErr(err);
        int status;
        try {
            status = line.execute(arguments);
        } catch (RuntimeException | Error e) {
            status = Failures.report(e, line, Arrays.asList(arguments).contains(STACKTRACE));
        }
        if (out.checkError()) {
            Failures.print(line, "Cannot write to standard output. Maybe its device is full or its reader has ended");
            return FAILURE;
        }
        return status;
    }

    /** Makes the command line that some arguments need; its streams can be replaced. */
    static CommandLine commandLine(String... arguments) {
        Locale.setDefault(Locale.ROOT);
        Codnn codnn = new Codnn();
        CommandLine line = new CommandLine(codnn);
        // Reading the options of all commands takes as long as many searches.
        List<Subcommand> named = COMMANDS.stream()
                .filter(each ->
                        arguments.length > 0 && each.name.equals(arguments[0]) && each.type != HelpCommand.class)
                .toList();
        (named.isEmpty() ? COMMANDS : named).forEach(each -> line.addSubcommand(each.name, each.type));
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((exception, given) -> badUsage(exception))
                .setExecutionExceptionHandler(
                        (exception, command, result) -> Failures.report(exception, command, codnn.stacktrace));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int badUsage(ParameterException exception) {
        String message = exception.getMessage() + ". Try 'codnn help'.";
        Failures.print(
                exception.getCommandLine(), String.join(" ", message.lines().toList()));
        return BAD_INPUT;
    }

    /** Reads the version from the manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Codnn.class.getPackage().getImplementationVersion();
            return new String[] {"codnn " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
