package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference in docs/commands.md is what the commands say of themselves. */
class CommandReferenceTest {

    private static final Path REFERENCE = TestData.root().resolve("docs/commands.md");

    /** Every command has these. */
    private static final List<String> COMMON = List.of("--help", "--version", "--stacktrace");

    /** Rewrites the reference with {@code -Dcodnn.docs.write=true}. */
    @Test
    void reference_isWhatTheCommandsSay() throws IOException {
        String reference = reference();
        if (Boolean.getBoolean("codnn.docs.write")) {
            Files.writeString(REFERENCE, reference);
        }

        assertThat(REFERENCE).content().isEqualToNormalizingNewlines(reference);
    }

    private static String reference() {
        StringBuilder text = new StringBuilder("""
                # Commands

                Made from the commands themselves; `codnn help COMMAND` prints the same. Every command takes `--help`, `--version`
                and `--stacktrace`. [getting-started.md](getting-started.md) and [recipes.md](recipes.md) show commands at work.
                """);
        CommandSpec all = Codnn.commandLine().getCommandSpec();
        all.subcommands().forEach((name, command) -> {
            if (!name.equals("help")) {
                append(text, name, command.getCommandSpec());
            }
        });
        return text.toString();
    }

    private static void append(StringBuilder text, String name, CommandSpec command) {
        text.append("\n## ").append(name).append("\n\n");
        text.append(plain(command.usageMessage().description()))
                .append("\n\n```text\ncodnn ")
                .append(name);
        command.options().stream()
                .filter(ArgSpec::required)
                .forEach(option -> text.append(' ')
                        .append(option.longestName())
                        .append(' ')
                        .append(option.paramLabel()));
        command.positionalParameters()
                .forEach(parameter -> text.append(' ')
                        .append(parameter.required() ? parameter.paramLabel() : "[" + parameter.paramLabel() + "]"));
        text.append(" [OPTION...]\n```\n\n| argument | meaning |\n|---|---|\n");
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            row(text, parameter.paramLabel(), parameter);
        }
        command.options().stream()
                .filter(option -> !option.hidden() && !COMMON.contains(option.longestName()))
                .sorted((first, second) -> first.longestName().compareTo(second.longestName()))
                .forEach(option -> row(text, label(option), option));
    }

    private static String label(OptionSpec option) {
        boolean takesValue = option.arity().max() > 0;
        return String.join("`, `", option.names()) + (takesValue ? " " + option.paramLabel() : "");
    }

    private static void row(StringBuilder text, String label, ArgSpec argument) {
        String meaning = plain(argument.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString(true)))
                .replace("|", "\\|");
        String needed = argument.required() ? " Required." : "";
        text.append(String.format(Locale.ROOT, "| `%s` | %s%s |%n", label, meaning, needed));
    }

    /** Angle brackets and stars would be markup. */
    private static String plain(String[] lines) {
        return String.join(" ", lines)
                .replace("%n", " ")
                .replace("%%", "%")
                .replaceAll("\\s+", " ")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .strip();
    }
}
