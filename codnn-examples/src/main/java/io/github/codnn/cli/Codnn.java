package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/**
 * The {@code codnn} command: plans where the layers of a neural network run.
 *
 * <p>Exits with 0 on success, with 1 if there is no plan that keeps all constraints, and with 2 on bad usage or bad
 * input, with one line on standard error.
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

    private static final List<Subcommand> COMMANDS = List.of(
            new Subcommand("inspect", InspectCommand.class),
            new Subcommand("collapse", CollapseCommand.class),
            new Subcommand("mine", MineCommand.class),
            new Subcommand("plan", PlanCommand.class),
            new Subcommand("compare", CompareCommand.class),
            new Subcommand("simulate", SimulateCommand.class),
            new Subcommand("profile", ProfileCommand.class),
            new Subcommand("fit", FitCommand.class),
            new Subcommand("reproduce", ReproduceCommand.class),
            new Subcommand("quickstart", QuickstartCommand.class),
            new Subcommand("help", HelpCommand.class));

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private record Subcommand(String name, Class<?> type) {}

    /**
     * Runs the command line and exits with its status.
     *
     * @param arguments the arguments
     */
    public static void main(String[] arguments) {
        System.exit(commandLine(arguments).execute(arguments));
    }

    /** Makes the command line that some arguments need; its streams can be replaced in tests. */
    static CommandLine commandLine(String... arguments) {
        Locale.setDefault(Locale.ROOT);
        CommandLine line = new CommandLine(new Codnn());
        // Reading the options of all commands takes as long as many searches.
        List<Subcommand> named = COMMANDS.stream()
                .filter(each ->
                        arguments.length > 0 && each.name.equals(arguments[0]) && each.type != HelpCommand.class)
                .toList();
        (named.isEmpty() ? COMMANDS : named).forEach(each -> line.addSubcommand(each.name, each.type));
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((exception, given) -> badUsage(exception))
                .setExecutionExceptionHandler((exception, command, result) -> badInput(exception, command));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int badUsage(ParameterException exception) {
        print(exception.getCommandLine(), exception.getMessage() + ". Try 'codnn help'.");
        return BAD_INPUT;
    }

    private static int badInput(Exception exception, CommandLine command) throws Exception {
        if (exception instanceof CodnnException
                || exception instanceof IllegalArgumentException
                || exception instanceof UncheckedIOException) {
            print(command, exception.getMessage());
            return BAD_INPUT;
        }
        throw exception;
    }

    private static void print(CommandLine command, @Nullable String message) {
        PrintWriter err = command.getErr();
        String line =
                message == null ? "failed without a message" : message.lines().collect(Collectors.joining(" "));
        err.println("codnn: " + ControlCharacters.shown(line));
        err.flush();
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
