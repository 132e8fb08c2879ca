package io.github.codnn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints what commands make of the files of reported faults, as a Markdown table. */
final class FaultTable {

    private static final int CELL = 110;

    private FaultTable() {}

    /** Runs all commands; needs the folder of test data in {@code codnn.testdata}. */
    public static void main(String[] arguments) throws IOException {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        out.println("| file | command | result now | right |");
        out.println("| --- | --- | --- | --- |");
        Path folder = Files.createTempDirectory("codnn-faults");
        for (FaultFiles.Fault fault : FaultFiles.all()) {
            CommandRunner.Outcome outcome = fault.run(folder);
            out.printf(
                    "| %s | %s | %d: %s | %s |%n",
                    fault.file(),
                    fault.command(),
                    outcome.status(),
                    cell(fault, outcome),
                    fault.isRight(outcome) ? "yes" : "no");
        }
        for (String name : new String[] {"fitted.json", "copy", "jm.json"}) {
            Files.delete(folder.resolve(name));
        }
        Files.delete(folder);
    }

    /** The line of an error, or the parts of the result that matter. */
    private static String cell(FaultFiles.Fault fault, CommandRunner.Outcome outcome) {
        String line = outcome.status() == 0
                ? String.join(", ", fault.shown())
                : outcome.err().strip().replaceAll("\\S*/", "");
        String shown = line.length() <= CELL ? line : line.substring(0, CELL) + "...";
        return shown.replace("|", "\\|");
    }
}
