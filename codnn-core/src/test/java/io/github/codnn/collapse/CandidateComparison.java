package io.github.codnn.collapse;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.mining.FrequentSubgraphMiner;
import io.github.codnn.mining.LabelledGraph;
import io.github.codnn.mining.MiningEnd;
import io.github.codnn.mining.MiningOptions;
import io.github.codnn.mining.MiningResult;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The blocks of one network with candidates from the regions between cut points, and with candidates from the miner.
 *
 * @param graph the network
 * @param regions collapsed by default
 * @param mined collapsed with mining
 * @param mining the patterns that the miner found
 */
record CandidateComparison(LayerGraph graph, CollapsedGraph regions, CollapsedGraph mined, MiningResult mining) {

    private static final FrequentSubgraphCollapser REGIONS = FrequentSubgraphCollapser.withDefaults();
    private static final FrequentSubgraphCollapser MINED = REGIONS.withMining();

    /** Without restriction the miner does not end on most networks; this is a second or so. */
    private static final long UNRESTRICTED_STEPS = 200_000;

    private static final int TIMES = 5;

    static CandidateComparison of(LayerGraph graph) {
        return new CandidateComparison(graph, REGIONS.collapse(graph), MINED.collapse(graph), MINED.mine(graph));
    }

    /** How many blocks both find, only the regions, only the miner. */
    List<Integer> counts() {
        Set<List<String>> one = Set.copyOf(layersOfBlocks(regions));
        Set<List<String>> other = Set.copyOf(layersOfBlocks(mined));
        Set<List<String>> both = new HashSet<>(one);
        both.retainAll(other);
        return List.of(both.size(), one.size() - both.size(), other.size() - both.size());
    }

    static String header() {
        return """
                | network | layers | regions: blocks | mining: blocks | both | only regions | only mining \
                | regions: ms | mining: ms | patterns | unrestricted |
                |---|---:|---|---|---:|---:|---:|---:|---:|---:|---:|""";
    }

    /** A row with times; the last column is the number of patterns of layers that the miner looks at. */
    String row(String name) {
        List<Integer> counts = counts();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %d | %d | %d | %.2f | %.1f | %d | %s |",
                name,
                graph.layers().size(),
                text(regions),
                text(mined),
                counts.get(0),
                counts.get(1),
                counts.get(2),
                milliseconds(REGIONS),
                milliseconds(MINED),
                mining.statistics().checkedPatterns(),
                unrestricted());
    }

    /** The least CPU time of a few runs. */
    private double milliseconds(FrequentSubgraphCollapser collapser) {
        long least = Long.MAX_VALUE;
        for (int time = 0; time < TIMES; time++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            collapser.collapse(graph);
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return least * 1e-6;
    }

    private String unrestricted() {
        LabelledGraph.Builder layers = LabelledGraph.directed();
        graph.layers().forEach(layer -> layers.vertex(PatternFinder.kind(layer)));
        for (int index = 0; index < graph.layers().size(); index++) {
            for (Tensor input : graph.layers().get(index).inputs()) {
                Optional<Integer> producer = graph.producerOf(input.name());
                if (producer.isPresent()) {
                    layers.edge(producer.get(), index, "data");
                }
            }
        }
        MiningResult result = FrequentSubgraphMiner.withDefaults()
                .mine(layers.build(), MiningOptions.withDefaults().withMaxSteps(UNRESTRICTED_STEPS));
        boolean ended = result.stopReason() == MiningEnd.COMPLETE || result.stopReason() == MiningEnd.EDGE_LIMIT;
        return (ended ? "" : "> ") + result.statistics().checkedPatterns();
    }

    private static String text(CollapsedGraph collapsed) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Layer block : blocks(collapsed.graph().layers())) {
            String label = block.operator().kind().replaceAll("Block<.*", "").replaceAll("\\(.*", "");
            int layers = Blocks.flat(List.of(block)).size();
            counts.merge(label.isEmpty() ? "of " + layers : label, 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static List<List<String>> layersOfBlocks(CollapsedGraph collapsed) {
        return blocks(collapsed.graph().layers()).stream()
                .map(block -> Blocks.flat(List.of(block)).stream()
                        .map(Layer::name)
                        .sorted()
                        .toList())
                .toList();
    }

    /** The outermost blocks that are frequent, also those within blocks that are not. */
    private static List<Layer> blocks(List<Layer> layers) {
        List<Layer> blocks = new ArrayList<>();
        for (Layer layer : layers) {
            if (layer.operator() instanceof Operator.Block block) {
                if (block.label().equals(ChainLinearizer.LABEL)) {
                    blocks.addAll(blocks(block.body().layers()));
                } else {
                    blocks.add(layer);
                }
            }
        }
        return blocks;
    }
}
