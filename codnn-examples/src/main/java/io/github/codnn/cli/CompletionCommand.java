package io.github.codnn.cli;

import io.github.codnn.benchmark.BenchmarkProblem;
import io.github.codnn.planner.Strategies;
import io.github.codnn.problem.Objective;
import io.github.codnn.text.CompletionScript;
import io.github.codnn.zoo.ModelZoo;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code codnn completion bash|zsh}: a script that completes commands, options and values. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands, options and values in a shell.",
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {

    /** A shell. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        if (shell == Shell.ZSH) {
            out.println("autoload -U +X bashcompinit && bashcompinit");
        }
        out.print(CompletionScript.of(root, models(), names()));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static List<String> models() {
        return Stream.concat(
                        ModelZoo.names().stream().map(name -> "zoo:" + name),
                        BenchmarkProblem.names().stream().map(name -> "problem:" + name))
                .toList();
    }

    private static Map<String, List<String>> names() {
        List<String> objectives =
                Arrays.stream(Objective.values()).map(Objective::label).toList();
        List<String> strategies =
                Strategies.all().stream().map(Strategies.Entry::name).toList();
        return Map.of(
                "--objective", objectives,
                "--front", objectives,
                "--strategy", strategies,
                "--strategies", strategies);
    }
}
