package io.github.codnn.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
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
        ZSH
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
        out.println(AutoComplete.bash(root.getCommandName(), root).replace("\r\n", "\n"));
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
