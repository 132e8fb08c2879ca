package io.github.codnn.collapse;

import io.github.codnn.collapse.BlockChoice.Span;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.internal.Checks;
import io.github.codnn.mining.FrequentSubgraphMiner;
import io.github.codnn.mining.MiningOptions;
import io.github.codnn.mining.MiningResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the frequent subgraphs of a network and turns each occurrence into a block: Inception modules, residual blocks,
 * fire modules, inverted residuals, dense blocks, encoder layers.
 *
 * <p>General frequent-subgraph mining takes exponential time on networks that are nearly chains, so this class looks
 * only at what can become a block. By default these are the regions between single-tensor cut points: those of the same
 * structure and operator kinds are occurrences of one pattern; sizes make no difference. A pattern is collapsed if its
 * support, the number of its occurrences, is at least {@code minSupport}. {@link #withMining()} takes the candidates
 * from {@link FrequentSubgraphMiner} instead, which also finds them at greater depth and in plain chains, but not under
 * the names below if variants differ, and takes longer.
 *
 * <p>All other regions between cut points become blocks like those of {@link ChainLinearizer}, so that the result is a
 * chain, unless {@code linearise} is off or tensors are carried along ({@link #withMaxCarriedShare}).
 *
 * <p>Labels come from structure: {@code Residual}, if two branches are added of which one is empty or, with
 * {@code (projection)}, holds convolutions, normalisations and pooling only; {@code InvertedResidual}, if there is a
 * depthwise convolution in the other, {@code (linear)} without shortcut and {@code (unexpanded)} if it also begins with
 * the depthwise convolution; {@code Attention} with a softmax, {@code FeedForward} with matrix products only, and
 * {@code Encoder} for both in a row; {@code Inception}, if three branches or more with convolutions are concatenated;
 * {@code Fire} for two, with the squeeze layers before them; {@code Dense}, if every layer reads the concatenation of
 * all before, with blocks {@code DenseLayer} within; {@code SqueezeExcitation} and {@code Swish}, where channels or
 * elements are scaled; otherwise {@code Block<hash>}.
 *
 * <p>Immutable and thread-safe. The choice of blocks is heuristic; the collapsed network computes exactly the same.
 * O((L + E) log L) time for L layers and E tensor uses, times the number of different inverted residuals.
 */
public final class FrequentSubgraphCollapser implements GraphCollapser {

    private static final FrequentSubgraphCollapser DEFAULTS =
            new FrequentSubgraphCollapser(2, 1000, true, ChainLinearizer.MAX_CARRIED_SHARE, Optional.empty());

    /** The networks of the zoo need 622 at most; a step takes a tenth of a millisecond or less. */
    private static final long MAX_MINING_STEPS = 50_000;

    private final int minSupport;
    private final int maxBlockLayers;
    private final boolean linearise;
    private final double maxCarriedShare;
    private final Optional<MiningOptions> mining;

    private FrequentSubgraphCollapser(
            int minSupport,
            int maxBlockLayers,
            boolean linearise,
            double maxCarriedShare,
            Optional<MiningOptions> mining) {
        this.minSupport = minSupport;
        this.maxBlockLayers = maxBlockLayers;
        this.linearise = linearise;
        this.maxCarriedShare = maxCarriedShare;
        this.mining = mining;
    }

    /**
     * Returns a collapser for blocks that occur at least twice and have at most 1,000 layers; it takes them from the
     * regions between cut points and linearises the rest.
     *
     * @return the collapser
     */
    public static FrequentSubgraphCollapser withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns this collapser with another threshold.
     *
     * @param support the least support of a block: how many occurrences it must have, at least 1
     * @return the changed collapser
     */
    public FrequentSubgraphCollapser withMinSupport(int support) {
        Checks.positive(support, "The least support of a block");
        return new FrequentSubgraphCollapser(support, maxBlockLayers, linearise, maxCarriedShare, mining);
    }

    /**
     * Returns this collapser with another maximum size of frequent blocks. Blocks of linearisation have no limit.
     *
     * @param layers the maximum number of layers of a block, at least 1
     * @return the changed collapser
     */
    public FrequentSubgraphCollapser withMaxBlockLayers(int layers) {
        Checks.positive(layers, "The most layers of a block");
        return new FrequentSubgraphCollapser(minSupport, layers, linearise, maxCarriedShare, mining);
    }

    /**
     * Returns this collapser with or without linearisation of the regions that are not frequent.
     *
     * @param rest whether to collapse it
     * @return the changed collapser
     */
    public FrequentSubgraphCollapser withLinearise(boolean rest) {
        return new FrequentSubgraphCollapser(minSupport, maxBlockLayers, rest, maxCarriedShare, mining);
    }

    /**
     * Returns this collapser with another limit on tensors that are carried along, as by
     * {@link ChainLinearizer#withMaxCarriedShare}.
     *
     * @param share how many of their bytes may cross a cut for each byte of the single tensor that crosses it, 0 to 1
     * @return the changed collapser
     */
    public FrequentSubgraphCollapser withMaxCarriedShare(double share) {
        Checks.inRange(share, 0, 1, "The greatest share of carried bytes");
        return new FrequentSubgraphCollapser(minSupport, maxBlockLayers, linearise, share, mining);
    }

    /**
     * Returns this collapser with candidates from {@link FrequentSubgraphMiner}, within 50,000 steps.
     *
     * @return the changed collapser
     */
    public FrequentSubgraphCollapser withMining() {
        return withMining(MiningOptions.withDefaults().withMaxSteps(MAX_MINING_STEPS));
    }

    /**
     * Returns this collapser with candidates from {@link FrequentSubgraphMiner} within other limits. If a limit stops
     * the miner, blocks are chosen among the patterns found by then.
     *
     * @param options limits, listener and threads of the miner; with a time limit results are not reproducible
     * @return the changed collapser
     */
    public FrequentSubgraphCollapser withMining(MiningOptions options) {
        return new FrequentSubgraphCollapser(
                minSupport, maxBlockLayers, linearise, maxCarriedShare, Optional.of(options));
    }

    /**
     * Mines the frequent patterns that can be collapsed, with the threshold and the limits of this collapser. Nodes of
     * a pattern are regions with one entry and one exit; their labels are operator kinds, or hashes for regions of
     * several layers.
     *
     * @param graph the network
     * @return the patterns of two regions and more, by minimum-image support
     */
    public MiningResult mine(LayerGraph graph) {
        return candidates(graph).mine(options());
    }

    private MinedBlocks candidates(LayerGraph graph) {
        CarriedTensors network = CarriedTensors.of(graph.layers(), maxCarriedShare);
        return new MinedBlocks(graph.layers(), network, minSupport, maxBlockLayers);
    }

    private MiningOptions options() {
        return mining.orElseGet(() -> MiningOptions.withDefaults().withMaxSteps(MAX_MINING_STEPS));
    }

    @Override
    public CollapsedGraph collapse(LayerGraph graph) {
        if (mining.isPresent()) {
            MinedBlocks candidates = candidates(graph);
            return contracted(graph, candidates.choose(candidates.mine(options())));
        }
        CarriedTensors network = CarriedTensors.of(graph.layers(), maxCarriedShare);
        List<List<Layer>> segments = network.segments();
        List<Span> spans = new BlockChoice(network, minSupport, maxBlockLayers).spans();
        if (segments.size() == graph.layers().size() && spans.isEmpty()) {
            return new CollapsedGraph(graph, graph);
        }
        return new CollapsedGraph(graph, Blocks.graph(graph, new Assembly(graph, segments, spans).layers()));
    }

    /** Makes blocks of disjoint sets of layers and, with linearisation, of what is between cut points. */
    private CollapsedGraph contracted(LayerGraph graph, List<MinedBlocks.Found> blocks) {
        Set<String> inBlocks = new HashSet<>();
        List<Layer> layers = new ArrayList<>();
        for (MinedBlocks.Found block : blocks) {
            block.layers().forEach(layer -> inBlocks.add(layer.name()));
            layers.add(Blocks.block(graph, block.label(), block.layers()));
        }
        graph.layers().stream()
                .filter(layer -> !inBlocks.contains(layer.name()))
                .forEach(layers::add);
        layers.sort(Comparator.comparingInt(
                layer -> graph.indexOf(Blocks.flat(List.of(layer)).get(0).name())));
        LayerGraph contracted = Blocks.graph(graph, layers);
        if (!linearise) {
            return new CollapsedGraph(graph, contracted);
        }
        List<Layer> chain = new ArrayList<>();
        for (List<Layer> parts :
                CarriedTensors.of(contracted.layers(), maxCarriedShare).segments()) {
            List<Layer> inner = Blocks.inOrder(graph, Blocks.flat(parts));
            chain.add(parts.size() == 1 ? parts.get(0) : Blocks.block(graph, ChainLinearizer.LABEL, inner, parts));
        }
        return new CollapsedGraph(graph, Blocks.graph(graph, chain));
    }

    /** Builds the layers of the collapsed graph. */
    private final class Assembly {

        private final LayerGraph graph;
        private final List<List<Layer>> segments;
        private final List<Span> spans;
        private final Map<List<String>, Integer> runSupport = new HashMap<>(); // of chains within dense blocks

        Assembly(LayerGraph graph, List<List<Layer>> segments, List<Span> spans) {
            this.graph = graph;
            this.segments = segments;
            this.spans = spans;
            for (Span span : spans) {
                if (span.label().equals(BlockPattern.DENSE)) {
                    PatternFinder.runs(layersOf(span))
                            .forEach(run -> runSupport.merge(PatternFinder.kinds(run), 1, Integer::sum));
                }
            }
        }

        List<Layer> layers() {
            List<Layer> layers = new ArrayList<>();
            int segment = 0;
            for (int index = 0; index < spans.size(); index++) {
                Span span = spans.get(index);
                for (; segment < span.from(); segment++) {
                    addRest(segments.get(segment), layers);
                }
                boolean encoder = index + 1 < spans.size() && isEncoder(span, spans.get(index + 1));
                layers.add(encoder ? encoder(span, spans.get(++index)) : block(span));
                segment = spans.get(index).to();
            }
            for (; segment < segments.size(); segment++) {
                addRest(segments.get(segment), layers);
            }
            return layers;
        }

        private void addRest(List<Layer> segment, List<Layer> layers) {
            if (linearise && segment.size() > 1) {
                layers.add(Blocks.block(graph, ChainLinearizer.LABEL, segment));
            } else {
                layers.addAll(segment);
            }
        }

        private boolean isEncoder(Span span, Span next) {
            return span.label().equals(BlockPattern.ATTENTION)
                    && next.label().equals(BlockPattern.FEED_FORWARD)
                    && span.to() == next.from()
                    && layersOf(span).size() + layersOf(next).size() <= maxBlockLayers;
        }

        private Layer encoder(Span attention, Span feedForward) {
            List<Layer> layers = new ArrayList<>(layersOf(attention));
            layers.addAll(layersOf(feedForward));
            return Blocks.block(graph, BlockPattern.ENCODER, layers, List.of(block(attention), block(feedForward)));
        }

        private Layer block(Span span) {
            List<Layer> layers = layersOf(span);
            List<Layer> parts = span.label().equals(BlockPattern.DENSE) ? withDenseLayers(layers) : layers;
            return Blocks.block(graph, span.label(), layers, parts);
        }

        /**
         * Each run of layers becomes a block at the position of the run, so that the order of execution stays the same.
         */
        private List<Layer> withDenseLayers(List<Layer> layers) {
            Map<String, List<Layer>> runs = new HashMap<>(); // by their first layer
            PatternFinder.runs(layers).forEach(run -> runs.put(run.get(0).name(), run));
            List<Layer> parts = new ArrayList<>();
            int index = 0;
            while (index < layers.size()) {
                List<Layer> run = runs.getOrDefault(layers.get(index).name(), List.of());
                int end = index + run.size();
                boolean together = !run.isEmpty()
                        && end <= layers.size()
                        && layers.subList(index, end).equals(run);
                if (together && runSupport.getOrDefault(PatternFinder.kinds(run), 0) >= minSupport) {
                    parts.add(Blocks.block(graph, "DenseLayer", run));
                    index = end;
                } else {
                    parts.add(layers.get(index++));
                }
            }
            return parts;
        }

        private List<Layer> layersOf(Span span) {
            List<Layer> layers = new ArrayList<>();
            segments.subList(span.from(), span.to()).forEach(layers::addAll);
            return layers;
        }
    }

    @Override
    public String toString() {
        return "FrequentSubgraphCollapser[minSupport=" + minSupport + ", maxBlockLayers=" + maxBlockLayers
                + ", linearise=" + linearise + ", maxCarriedShare=" + maxCarriedShare + ", mining=" + mining.isPresent()
                + "]";
    }
}
