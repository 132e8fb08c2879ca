package io.github.codnn.cli;

import io.github.codnn.report.Report;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option of commands that can report what they found as a page to look at. */
final class ReportOption {

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write a report to look at, with pictures: one HTML file that needs no network.")
    private Optional<Path> file = Optional.empty();

    /** Refuses a file that cannot be written, before work is done for it. */
    void check(Output output) {
        file.ifPresent(output::check);
    }

    /** Writes the report if one is asked for, after the result was printed. */
    void write(Supplier<Report> report, Output output) {
        file.ifPresent(path -> output.write(path, target -> report.get().write(target)));
    }
}
