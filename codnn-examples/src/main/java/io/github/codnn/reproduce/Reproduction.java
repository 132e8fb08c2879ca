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
import java.util.concurrent.Executor;
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
            new RegressionAccuracy(),
            new ThreeDevices(),
            new ResponseTime(),
            new Resources.TightDeadlines(),
            new Resources.MoreBandwidth(),
            new ManyTasks.DeadlinesKept(),
            new ManyTasks.SystemEnergy());

    private static final String PREFACE = "Budgets are evaluations, not times, so that the figures do not depend on "
            + "the machine. The rule of each verdict was fixed before its figures. A search that ends early starts "
            + "again with another seed until 99 % of its budget is used, unless its plan is proven optimal; the "
            + "tables of budgets show what was used. Rules such as Neurosurgeon make one plan and use no budget. Only "
            + "feasible plans count, a run without one loses, and results equal to 0.1 % are ties. A saving is the "
            + "difference as a share of the greater "
            + "value, so that a loss is a negative saving. Intervals of medians are exact, by order statistics; those "
            + "of shares are Wilson's; both at 95 %. p is of Wilcoxon's signed rank test or, for slopes, of Page's "
            + "test, two-sided and exact, and in verdicts corrected by Holm's method for all tests of a claim. A unit "
            + "of the tests is a seed or a platform.\n\n";

    /** Tests one claim of the paper. */
    interface Experiment {

        /** Returns the subject of the claim. */
        String title();

        /**
         * Runs the experiment.
         *
         * @param effort the limits of its work
         * @param cells computes what is independent
         * @return the finding; the same for the same effort
         */
        Finding run(Effort effort, Cells cells);
    }

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
     * Tests all claims. A claim whose experiment fails is in the findings with the reason; a search that fails is in
     * the table of budgets.
     *
     * @param effort the limits of the work
     * @param executor runs independent problems, perhaps in parallel; not closed
     * @param done receives each finding when it is complete, in the calling thread
     * @param progress receives how far the current claim is, from any thread
     * @return the findings; the same for the same effort, whatever the executor
     */
    public static Reproduction run(
            Effort effort, Executor executor, Consumer<Finding> done, Consumer<String> progress) {
        List<Finding> findings = new ArrayList<>();
        for (Experiment experiment : EXPERIMENTS) {
            String name = "claim " + (findings.size() + 1) + " of " + claims();
            Finding finding = finding(experiment, effort, new Cells(executor, progress).named(name));
            findings.add(finding);
            done.accept(finding);
        }
        return new Reproduction(effort, findings);
    }

    private static Finding finding(Experiment experiment, Effort effort, Cells cells) {
        try {
            return experiment.run(effort, cells);
        } catch (RuntimeException failure) {
            Judgement judgement = new Judgement(
                    "The experiment ends.", "None.", Judgement.Verdict.NOT_TRIED, Contender.shown(failure) + ".");
            return new Finding(experiment.title(), "-", "-", List.of(judgement), List.of(), List.of());
        }
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
        return text.append('\n').append(Changes.section(findings)).toString();
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
     * Creates the folder of the results, so that a folder that cannot be written is found before the work.
     *
     * @param folder the target folder
     * @throws CodnnException if it can be neither found nor created
     */
    public static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static CodnnException unwritable(Path folder, IOException e) {
        return new CodnnException("Cannot write to folder '" + folder + "': " + WholeFiles.reason(e), e);
    }

    /**
     * Writes the document, a CSV file for each table and an SVG file for each chart.
     *
     * @param folder the target folder, created if it does not exist
     * @throws CodnnException if a file cannot be written
     */
    public void write(Path folder) {
        try {
            createFolder(folder);
            WholeFiles.write(folder.resolve("reproduction.md"), markdown().getBytes(StandardCharsets.UTF_8));
            for (Finding finding : findings) {
                for (Table table : finding.tables()) {
                    byte[] csv = table.csv().getBytes(StandardCharsets.UTF_8);
                    WholeFiles.write(folder.resolve(table.name() + ".csv"), csv);
                }
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
        for (Finding finding : findings) {
            for (int chart = 0; chart < finding.charts().size(); chart++) {
                String name = finding.tables().get(chart).name() + ".svg";
                finding.charts().get(chart).write(folder.resolve(name));
            }
        }
    }
}
