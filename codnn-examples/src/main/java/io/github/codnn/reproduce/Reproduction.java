package io.github.codnn.reproduce;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.planner.Planner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tests all claims of the CoDNN paper in order.
 *
 * @param effort the limits of the work
 * @param findings the result of each claim, in the order of the paper
 */
public record Reproduction(Effort effort, List<Finding> findings) {

    /** All strategies plan whole blocks, so that the optima are proven among the plans that they can find. */
    static final Planner PLANNER = Planner.withDefaults().withCollapser(ChainLinearizer.withDefaults());

    private static final List<Experiment> EXPERIMENTS = List.of(
            new PipelineEquations(),
            new DroneExample(),
            new VggLayers(),
            new LayerTimes(),
            new ThreeDevices(),
            new ResponseTime(),
            new TightDeadlines(),
            new MoreBandwidth(),
            new DeadlinesKept(),
            new SystemEnergy());

    private static final String PREFACE = "Budgets are evaluations, not times, so that the figures do not depend on "
            + "the machine. The rule of each verdict was fixed before its figures. A search that ends early starts "
            + "again with another seed until 99 % of its budget is used, unless its plan is proven optimal; the "
            + "tables of budgets show what was used. Rules such as Neurosurgeon make one plan and use no budget. Only "
            + "feasible plans count, a run without one loses. A saving is the difference as a share of the greater "
            + "value, so that a loss is a negative saving. Intervals of medians are exact, by order statistics; those "
            + "of shares are Wilson's; both at 95 %. p is of Wilcoxon's signed rank test or, for slopes, of Page's "
            + "test, two-sided and exact, and in verdicts corrected by Holm's method for all tests of a claim. A unit "
            + "of the tests is a seed or a platform.\n\n";

    /** Copies the findings. */
    public Reproduction {
        findings = List.copyOf(findings);
    }

    /**
     * Returns the number of claims.
     *
     * @return their number
     */
    public static int claims() {
        return EXPERIMENTS.size();
    }

    /**
     * Tests all claims; seeds run in parallel if the common pool has several threads.
     *
     * @param effort the limits of the work
     * @param done receives each finding when it is complete
     * @return the findings; the same for the same effort
     */
    public static Reproduction run(Effort effort, Consumer<Finding> done) {
        List<Finding> findings = new ArrayList<>();
        for (Experiment experiment : EXPERIMENTS) {
            Finding finding = experiment.run(effort);
            findings.add(finding);
            done.accept(finding);
        }
        return new Reproduction(effort, findings);
    }

    /**
     * Renders everything as one Markdown document.
     *
     * @return its text
     */
    public String markdown() {
        StringBuilder text = new StringBuilder("# The paper's claims and what CoDNN measures\n\n");
        text.append("Made by `codnn reproduce")
                .append(effort.quick() ? " --quick" : count("--seeds", effort.seeds()))
                .append(effort.quick() ? "" : count("--platforms", effort.platforms()))
                .append(effort.quick() ? "" : count("--evaluations", effort.evaluations()))
                .append(effort.measurements().isPresent() ? " --measurements FILE.csv" : "")
                .append("`. ")
                .append(PREFACE);
        Table summary = Table.of("summary", "claim", "hypothesis", "verdict");
        for (int index = 0; index < findings.size(); index++) {
            for (Judgement judgement : findings.get(index).judgements()) {
                summary = summary.with(
                        (index + 1) + ". " + findings.get(index).title(),
                        judgement.hypothesis(),
                        judgement.verdict().words());
            }
        }
        text.append(summary.markdown());
        for (int index = 0; index < findings.size(); index++) {
            text.append('\n').append(section(index + 1, findings.get(index)));
        }
        return text.toString();
    }

    private static String count(String option, long count) {
        return " " + option + " " + count;
    }

    private static String section(int number, Finding finding) {
        StringBuilder text = new StringBuilder();
        text.append("## ").append(number).append(". ").append(finding.title()).append("\n\n");
        text.append("**Paper:** ").append(finding.claim()).append("\n\n");
        text.append("**Setting:** ").append(finding.setting()).append("\n\n");
        String rule = "";
        for (Judgement judgement : finding.judgements()) {
            if (!judgement.rule().equals(rule)) {
                rule = judgement.rule();
                text.append(text.charAt(text.length() - 2) == '\n' ? "" : "\n");
                text.append("**Rule:** ").append(rule).append("\n\n");
            }
            text.append("- ").append(judgement.hypothesis()).append(" **");
            text.append(judgement.verdict().words()).append(".** ");
            text.append(judgement.figures()).append("\n");
        }
        finding.tables().forEach(table -> text.append('\n').append(table.markdown()));
        return text.toString();
    }

    /**
     * Writes the document, a CSV file for each table and an SVG file for each chart.
     *
     * @param folder the target folder, created if it does not exist
     * @throws CodnnException if a file cannot be written
     */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            WholeFiles.write(folder.resolve("reproduction.md"), markdown().getBytes(StandardCharsets.UTF_8));
            for (Finding finding : findings) {
                for (Table table : finding.tables()) {
                    byte[] csv = table.csv().getBytes(StandardCharsets.UTF_8);
                    WholeFiles.write(folder.resolve(table.name() + ".csv"), csv);
                }
            }
        } catch (IOException e) {
            throw new CodnnException("Cannot write to folder '" + folder + "': " + e, e);
        }
        for (Finding finding : findings) {
            for (int chart = 0; chart < finding.charts().size(); chart++) {
                String name = finding.tables().get(chart).name() + ".svg";
                finding.charts().get(chart).write(folder.resolve(name));
            }
        }
    }
}
