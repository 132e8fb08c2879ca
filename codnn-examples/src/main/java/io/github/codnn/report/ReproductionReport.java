package io.github.codnn.report;

import io.github.codnn.chart.LineChart;
import io.github.codnn.reproduce.Finding;
import io.github.codnn.reproduce.Judgement;
import io.github.codnn.reproduce.Reproduction;
import io.github.codnn.reproduce.Table;
import java.util.ArrayList;
import java.util.List;

/** Reports the claims of the paper beside what this library measures. */
public final class ReproductionReport {

    private ReproductionReport() {}

    /**
     * Reports a reproduction.
     *
     * @param reproduction the findings
     * @return the report; its tables are those of the JSON document
     */
    public static Report of(Reproduction reproduction) {
        List<Section> sections = new ArrayList<>();
        sections.add(verdicts(reproduction));
        int number = 1;
        for (Finding finding : reproduction.findings()) {
            String claim = number++ + ". " + finding.title();
            List<String> lines = new ArrayList<>(List.of("Paper: " + finding.claim(), "Setting: " + finding.setting()));
            finding.judgements()
                    .forEach(each ->
                            lines.add(each.hypothesis() + " " + each.verdict().words() + ". " + each.figures()));
            sections.add(new Section.Sentences(claim, "", lines));
            finding.charts().forEach(chart -> sections.add(chart(chart)));
            finding.tables().forEach(table -> sections.add(table(table)));
        }
        String effort = reproduction.effort().seeds() + " seeds, "
                + reproduction.effort().platforms() + " platforms, "
                + reproduction.effort().evaluations() + " evaluations a search.";
        return new Report("The paper's claims and what CoDNN measures", effort, sections);
    }

    private static Section chart(LineChart chart) {
        return new Section.Chart(chart.title(), "", chart, true);
    }

    private static Section verdicts(Reproduction reproduction) {
        List<List<Cell>> rows = new ArrayList<>();
        int number = 1;
        for (Finding finding : reproduction.findings()) {
            for (Judgement judgement : finding.judgements()) {
                rows.add(List.of(
                        Cell.text(Integer.toString(number)),
                        Cell.text(judgement.verdict().words()),
                        Cell.text(judgement.hypothesis())));
            }
            number++;
        }
        return new Section.Table("Verdicts", "", List.of("Claim", "Verdict", "Hypothesis"), rows);
    }

    private static Section table(Table table) {
        return new Section.Table(
                "Table " + table.name(),
                "",
                table.columns(),
                table.rows().stream()
                        .map(row -> row.stream().map(Cell::text).toList())
                        .toList());
    }
}
