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
            new StrategyComparison(),
            new DeadlineSweep(),
            new BandwidthSweep(),
            new DeadlineAchievement(),
            new SystemEnergy());

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
        text.append("Made by `codnn reproduce --seeds ")
                .append(effort.seeds())
                .append(" --evaluations ")
                .append(effort.evaluations())
                .append(effort.endsOnly() ? " --ends-only" : "")
                .append(effort.measurements().isPresent() ? " --measurements FILE.csv" : "")
                .append("`. Budgets are evaluations, not times, so that the figures do not depend on the machine.\n\n");
        Table summary = Table.of("summary", "claim", "verdict");
        for (int index = 0; index < findings.size(); index++) {
            Finding finding = findings.get(index);
            summary = summary.with(
                    (index + 1) + ". " + finding.title(), finding.verdict().words());
        }
        text.append(summary.markdown());
        for (int index = 0; index < findings.size(); index++) {
            text.append('\n').append(section(index + 1, findings.get(index)));
        }
        return text.toString();
    }

    private static String section(int number, Finding finding) {
        StringBuilder text = new StringBuilder();
        text.append("## ").append(number).append(". ").append(finding.title()).append("\n\n");
        text.append("**Paper:** ").append(finding.claim()).append("\n\n");
        text.append("**Setting:** ").append(finding.setting()).append("\n\n");
        text.append("**Verdict: ").append(finding.verdict().words()).append(".** ");
        text.append(finding.outcome()).append('\n');
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
