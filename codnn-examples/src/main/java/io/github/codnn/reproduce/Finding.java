package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import java.util.List;

/**
 * The result for one claim of the paper.
 *
 * @param title what the claim is about
 * @param claim the paper's claim, in our words
 * @param setting what we did
 * @param verdict whether the claim holds
 * @param outcome what we found, and why it is or is not the same
 * @param tables our figures
 * @param charts the same as pictures
 */
public record Finding(
        String title,
        String claim,
        String setting,
        Verdict verdict,
        String outcome,
        List<Table> tables,
        List<LineChart> charts) {

    /** Copies the tables and charts. */
    public Finding {
        tables = List.copyOf(tables);
        charts = List.copyOf(charts);
    }
}
