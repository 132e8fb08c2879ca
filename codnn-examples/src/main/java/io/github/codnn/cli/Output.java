package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command prints on standard output: text, or one JSON document if {@code --json} is given. */
final class Output {

    @Option(names = "--json", description = "Print one JSON document, without a progress bar.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Tells whether a JSON document is asked for, besides which nothing else may be printed. */
    boolean isJson() {
        return json;
    }

    /** Prints the document or the text, whichever is asked for. */
    void print(Supplier<ObjectNode> document, Supplier<String> text) {
        print(json ? JsonOutput.render(document.get()) : text.get());
    }

    /** Prints a text and a line break. */
    void print(String text) {
        command.commandLine().getOut().println(text);
    }

    /** Prints a line on standard error. */
    void warn(String line) {
        command.commandLine().getErr().println("codnn: " + ControlCharacters.shown(line));
    }
}
