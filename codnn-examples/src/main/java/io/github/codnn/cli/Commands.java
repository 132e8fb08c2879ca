package io.github.codnn.cli;

import io.github.codnn.text.CommandExamples;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/** The commands of {@code codnn}. The class of a command is loaded when it is asked for, with all that it needs. */
final class Commands {

    static final String HELP = "help";

    private static final List<String> NAMES = List.of(
            "inspect",
            "collapse",
            "mine",
            "plan",
            "compare",
            "simulate",
            "what-if",
            "explain",
            "adapt",
            "split",
            "profile",
            "fit",
            "reproduce",
            "run",
            "worker",
            "serve",
            "export",
            "list",
            "quickstart",
            "completion",
            HELP);

    private Commands() {}

    /** Returns the names of all commands in the order of the help. */
    static List<String> names() {
        return NAMES;
    }

    /** Adds the commands that some arguments may need: to read the options of all takes as long as many searches. */
    static void add(CommandLine line, String... arguments) {
        String first = arguments.length > 0 ? arguments[0] : "";
        List<String> needed = new ArrayList<>();
        if (!first.equals(HELP) && NAMES.contains(first)) {
            needed.add(first);
        } else if (first.equals(HELP) && arguments.length == 2 && NAMES.contains(arguments[1])) {
            needed.addAll(List.of(arguments[1], HELP));
        }
        boolean all = needed.isEmpty() || needed.contains("completion");
        for (String name : all ? NAMES : List.copyOf(needed)) {
            if (!line.getSubcommands().containsKey(name)) {
                CommandLine command = new CommandLine(type(name));
                addExamples(command.getCommandSpec(), name);
                line.addSubcommand(name, command);
            }
        }
    }

    private static void addExamples(CommandSpec command, String name) {
        command.usageMessage()
                .footerHeading("%nExamples:%n")
                .footer(CommandExamples.of(name).stream()
                        .map(example -> "  " + example.replace("%", "%%"))
                        .toArray(String[]::new));
    }

    private static Class<?> type(String name) {
        return switch (name) {
            case "inspect" -> InspectCommand.class;
            case "collapse" -> CollapseCommand.class;
            case "mine" -> MineCommand.class;
            case "plan" -> PlanCommand.class;
            case "compare" -> CompareCommand.class;
            case "simulate" -> SimulateCommand.class;
            case "what-if" -> WhatIfCommand.class;
            case "explain" -> ExplainCommand.class;
            case "adapt" -> AdaptCommand.class;
            case "split" -> SplitCommand.class;
            case "profile" -> ProfileCommand.class;
            case "fit" -> FitCommand.class;
            case "reproduce" -> ReproduceCommand.class;
            case "run" -> RunCommand.class;
            case "worker" -> WorkerCommand.class;
            case "serve" -> ServeCommand.class;
            case "export" -> ExportCommand.class;
            case "list" -> ListCommand.class;
            case "quickstart" -> QuickstartCommand.class;
            case "completion" -> CompletionCommand.class;
            case HELP -> HelpCommand.class;
            default -> throw new IllegalArgumentException("There is no command '" + name + "'");
        };
    }
}
