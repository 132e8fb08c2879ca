package io.github.codnn.reproduce;

import io.github.codnn.chart.LineChart;
import java.util.List;

/**
 * The result for one claim of the paper.
 *
 * @param title the subject of the claim
 * @param claim the paper's claim, in our words
 * @param setting our setting
 * @param judgements the hypotheses that the claim amounts to, with rules and verdicts
 * @param tables our figures
 * @param charts the same figures as charts, each with the table of the same position
 */
public record Finding(
        String title,
        String claim,
        String setting,
        List<Judgement> judgements,
        List<Table> tables,
        List<LineChart> charts) {

    /** Copies the lists. */
    public Finding {
        judgements = List.copyOf(judgements);
        tables = List.copyOf(tables);
        charts = List.copyOf(charts);
    }
}
