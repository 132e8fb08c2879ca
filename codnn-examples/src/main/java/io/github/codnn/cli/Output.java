package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.text.ControlCharacters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What a command prints on standard output, text or one JSON document if {@code --json} is given, and the files that it
 * writes. A file of the name {@code -} is standard output, which then holds nothing else.
 */
final class Output {

    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Option(names = "--json", description = "Print one JSON document, without a progress bar.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    private boolean fileOnly; // on standard output
    private final Set<Path> files = new HashSet<>();

    /** Tells whether a JSON document is asked for, besides which nothing else may be printed. */
    boolean isJson() {
        return json;
    }

    /** Prints the document or the text, whichever is asked for. */
    void print(Supplier<ObjectNode> document, Supplier<String> text) {
        if (!fileOnly) {
            print(json ? JsonOutput.render(document.get()) : text.get());
        }
    }

    /** Prints a text and a line break, unless a file is printed instead. */
    void print(String text) {
        if (!fileOnly) {
            printShown(text);
        }
    }

    /** Control characters become visible, in JSON as its escapes of the same value. */
    private void printShown(String text) {
        String shown = Arrays.stream(text.split("\r?\n", -1))
                .map(ControlCharacters::shown)
                .collect(Collectors.joining(System.lineSeparator()));
        command.commandLine().getOut().println(shown);
    }

    /** Prints a line on standard error. */
    void warn(String line) {
        Failures.print(command.commandLine(), line);
    }

    /**
     * Refuses a file that cannot be written, before work is done for it.
     *
     * @throws CodnnException if the file is a folder, if the folder of the file does not exist, or if it is not the
     *     only document that is to go to standard output
     */
    void check(Path file) {
        if (file.equals(STANDARD_OUTPUT)) {
            if (json || fileOnly) {
                throw new CodnnException((json ? "--json and the file name -" : "Two files of the name -")
                        + " both want standard output. Name a file instead of -");
            }
            fileOnly = true;
            return;
        }
        checkFile(file);
        if (!files.add(file.toAbsolutePath().normalize())) {
            throw new CodnnException("Two results would be written to '" + file + "'. Give each a file of its own");
        }
    }

    /** Refuses a file that cannot be written as {@link #check} does; the name {@code -} means a file. */
    static void checkFile(Path file) {
        if (file.toString().isEmpty()) {
            throw new CodnnException("The name of a file to write is empty. Name a file");
        }
        if (Files.isDirectory(file)) {
            throw new CodnnException("'" + file + "' is a folder, so no file can be written there. Name a file");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new CodnnException(
                    "'" + file + "' cannot be written, because folder '" + folder + "' does not exist. Make it first");
        }
    }

    /**
     * Writes a file that was checked, after the result was printed, or prints it.
     *
     * @throws Failures.NotWritten if that fails
     */
    void write(Path file, Consumer<Path> writing) {
        if (!file.equals(STANDARD_OUTPUT)) {
            write(() -> writing.accept(file));
            return;
        }
        try {
            Path copy = Files.createTempFile("codnn", ".out");
            try {
                write(() -> writing.accept(copy));
                printShown(Files.readString(copy).stripTrailing());
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new Failures.NotWritten(
                    new CodnnException("No temporary file can be written: " + WholeFiles.reason(e), e));
        }
    }

    /**
     * Writes what is no single file after the result was printed.
     *
     * @throws Failures.NotWritten if that fails
     */
    static void write(Runnable writing) {
        try {
            writing.run();
        } catch (CodnnException e) {
            throw new Failures.NotWritten(e);
        }
    }

    /**
     * Writes a document and a line break to a file, whole or not at all.
     *
     * @throws CodnnException if it cannot be written
     */
    static void writeWhole(Path file, String document) {
        try {
            WholeFiles.write(file, (document + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CodnnException(file + ": cannot be written: " + WholeFiles.reason(e), e);
        }
    }
}
