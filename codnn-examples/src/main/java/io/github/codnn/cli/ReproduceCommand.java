package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.progress.StepBar;
import io.github.codnn.report.ReproductionReport;
import io.github.codnn.reproduce.Effort;
import io.github.codnn.reproduce.Finding;
import io.github.codnn.reproduce.Judgement;
import io.github.codnn.reproduce.Reproduction;
import io.github.codnn.reproduce.Table;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code codnn reproduce}: compares each claim of the paper with what this library measures. */
@Command(
        name = "reproduce",
        description = "Compares each claim of the CoDNN paper with what this library measures.",
        mixinStandardHelpOptions = true)
final class ReproduceCommand implements Callable<Integer> {

    @Option(names = "--seeds", paramLabel = "N", description = "Seeds of every experiment. Default: ${DEFAULT-VALUE}.")
    private int seeds = 20;

    @Option(names = "--platforms", paramLabel = "N", description = "Platforms to draw. Default: ${DEFAULT-VALUE}.")
    private int platforms = 30;

    @Option(
            names = "--evaluations",
            paramLabel = "N",
            description = "Placements that a search may evaluate. Default: ${DEFAULT-VALUE}.")
    private long evaluations = 10_000;

    @Option(
            names = "--quick",
            description = "Run two seeds, platforms and sizes of everything, to see that it works: decides nothing.")
    private boolean quick;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Problems to work on at a time; as many as there are processors unless given. The figures "
                    + "are the same.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--measurements",
            paramLabel = "FILE.csv",
            description = "Measured layers, as 'codnn profile' writes them, for the section on layer times.")
    private Optional<Path> measurements = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write reproduction.md and every table as CSV and chart as SVG.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private ReportOption report = new ReportOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        report.check(output);
        Effort effort =
                quick ? Effort.quick(measurements) : new Effort(seeds, platforms, evaluations, false, measurements);
        out.ifPresent(folder -> Output.write(() -> Reproduction.createFolder(folder)));
        Reproduction reproduction = run(effort);
        output.print(() -> document(reproduction), () -> reproduction.markdown().stripTrailing());
        out.ifPresent(folder -> Output.write(() -> reproduction.write(folder)));
        report.write(() -> ReproductionReport.of(reproduction), output);
        return CommandLine.ExitCode.OK;
    }

    private Reproduction run(Effort effort) {
        ExecutorService executor = Executors.newFixedThreadPool(SearchArguments.checkedThreads(threads));
        try (ProgressBar bar = StepBar.start("reproduce", Reproduction.claims(), output.isJson())) {
            return Reproduction.run(effort, executor, finding -> bar.step(), bar::setExtraMessage);
        } finally {
            executor.shutdownNow();
        }
    }

    private static ObjectNode document(Reproduction reproduction) {
        ObjectNode document = JsonOutput.object();
        document.put("seeds", reproduction.effort().seeds());
        document.put("platforms", reproduction.effort().platforms());
        document.put("evaluations", reproduction.effort().evaluations());
        ArrayNode claims = document.putArray("claims");
        for (Finding finding : reproduction.findings()) {
            ObjectNode claim = claims.addObject();
            claim.put("title", finding.title());
            claim.put("claim", finding.claim());
            claim.put("setting", finding.setting());
            ArrayNode hypotheses = claim.putArray("hypotheses");
            for (Judgement judgement : finding.judgements()) {
                ObjectNode node = hypotheses.addObject();
                node.put("hypothesis", judgement.hypothesis());
                node.put("rule", judgement.rule());
                node.put("verdict", judgement.verdict().words());
                node.put("figures", judgement.figures());
            }
            ArrayNode tables = claim.putArray("tables");
            for (Table table : finding.tables()) {
                ObjectNode node = tables.addObject().put("name", table.name());
                table.columns().forEach(node.putArray("columns")::add);
                ArrayNode rows = node.putArray("rows");
                table.rows().forEach(row -> row.forEach(rows.addArray()::add));
            }
        }
        return document;
    }
}
