package io.github.codnn.report;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A document to look at: one HTML file that needs no other file and no network.
 *
 * <p>Immutable. Names from models and problem files are escaped, and a content security policy allows no script but
 * the one of the report.
 */
public final class Report {

    private final String title;
    private final String summary;
    private final List<Section> sections;

    /**
     * Makes a report.
     *
     * @param title its heading
     * @param summary the result in one or two sentences
     * @param sections its parts in order
     */
    Report(String title, String summary, List<Section> sections) {
        this.title = title;
        this.summary = summary;
        this.sections = List.copyOf(sections);
    }

    /**
     * Renders the report.
     *
     * @return an HTML document
     */
    public String html() {
        return Page.of(title, summary, sections);
    }

    /**
     * Writes the report, whole or not at all.
     *
     * @param file the target file, replaced if it exists
     * @throws CodnnException if it cannot be written
     */
    public void write(Path file) {
        try {
            WholeFiles.write(file, html().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CodnnException(file + ": cannot be written: " + WholeFiles.reason(e), e);
        }
    }
}
