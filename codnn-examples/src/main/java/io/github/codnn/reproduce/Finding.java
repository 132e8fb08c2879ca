package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import java.util.List;

/**
 * The result for one claim of the paper.
 *
 * @param title the subject of the claim
 * @param claim the paper's claim, in our words
 * @param setting our setting
 * @param verdict whether the claim holds
 * @param outcome our result, and the reason for any difference
 * @param tables our figures
 * @param charts the same figures as charts
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
