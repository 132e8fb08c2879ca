package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.mining.FrequentPattern;
import io.github.codnn.mining.FrequentSubgraphMiner;
import io.github.codnn.mining.LabelledGraph;
import io.github.codnn.mining.MiningOptions;
import io.github.codnn.mining.MiningResult;
import io.github.codnn.text.Figures;
import io.github.codnn.text.TextTable;
import io.github.codnn.units.Units;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code codnn mine FILE.lg}: frequent patterns of one labelled graph. */
@Command(
        name = "mine",
        description = "Finds the frequent patterns of one labelled graph (GraMi, minimum-image support, exact).",
        mixinStandardHelpOptions = true)
final class MineCommand implements Callable<Integer> {

    @Parameters(paramLabel = "GRAPH", description = "A graph file (.lg): lines 'v ID LABEL' and 'e FROM TO LABEL'.")
    private Path file = Path.of("");

    @Option(names = "--support", required = true, paramLabel = "N", description = "The least support of a pattern.")
    private int support;

    @Option(names = "--undirected", description = "Edges have no direction.")
    private boolean undirected;

    @Option(names = "--max-edges", paramLabel = "N", description = "The most edges of a pattern.")
    private Optional<Integer> maxEdges = Optional.empty();

    @Option(
            names = "--seconds",
            paramLabel = "TIME",
            converter = Units.Seconds.class,
            description = "Stop after this time and print what is proven by then.")
    private Optional<Double> seconds = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        long start = System.nanoTime();
        LabelledGraph graph = undirected ? LabelledGraph.readUndirected(file) : LabelledGraph.readDirected(file);
        FrequentSubgraphMiner miner = FrequentSubgraphMiner.withDefaults().withMinSupport(support);
        miner = maxEdges.isPresent() ? miner.withMaxEdges(maxEdges.get()) : miner;
        MiningOptions options = MiningOptions.withDefaults();
        MiningResult result = miner.mine(
                graph,
                seconds.isPresent()
                        ? options.withTimeLimit(Duration.ofNanos(Math.round(seconds.get() * 1e9)))
                        : options);
        double elapsedSeconds = (System.nanoTime() - start) * 1e-9;
        output.print(() -> document(result, elapsedSeconds), () -> text(result, elapsedSeconds));
        return CommandLine.ExitCode.OK;
    }

    private static ObjectNode document(MiningResult result, double elapsedSeconds) {
        ObjectNode document = JsonOutput.object();
        ArrayNode patterns = document.putArray("patterns");
        for (FrequentPattern pattern : result.patterns()) {
            patterns.addObject()
                    .put("code", pattern.pattern().code())
                    .put("edges", pattern.pattern().edges().size())
                    .put("support", pattern.support());
        }
        document.put("stopReason", result.stopReason().name().toLowerCase(Locale.ROOT));
        document.put("elapsedSeconds", elapsedSeconds);
        return document;
    }

    private static String text(MiningResult result, double elapsedSeconds) {
        TextTable table = new TextTable("pattern", "edges", "support");
        for (FrequentPattern pattern : result.patterns()) {
            table.row(
                    pattern.pattern().code(),
                    Figures.count(pattern.pattern().edges().size()),
                    Figures.count(pattern.support()));
        }
        return String.format(
                "%s%n%d patterns in %s (%s)",
                table,
                result.patterns().size(),
                Figures.seconds(elapsedSeconds),
                result.stopReason().name().toLowerCase(Locale.ROOT));
    }
}
