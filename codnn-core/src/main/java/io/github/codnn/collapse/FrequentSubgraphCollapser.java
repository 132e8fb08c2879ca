package io.github.codnn.collapse;

import io.github.codnn.collapse.BlockChoice.Span;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.internal.Checks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the frequent subgraphs of a network by grouping the regions between its single-tensor cut points by structure,
 * and turns each occurrence into a block: Inception modules, residual blocks, fire modules, inverted residuals, dense
 * blocks, encoder layers.
 *
 * <p>General frequent-subgraph mining takes exponential time on networks that are nearly chains. This collapser
 * therefore considers only regions that can become a block, and does not use the package {@code mining}, which stands
 * alone. Regions belong to one family if their graphs have the same structure and operator kinds; sizes make no
 * difference. A family is collapsed if it occurs at least {@code minSupport} times. All other regions between cut
 * points become blocks like those of {@link ChainLinearizer}, so that the result is a chain, unless {@code linearise}
 * is off.
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

    private static final FrequentSubgraphCollapser DEFAULTS = new FrequentSubgraphCollapser(2, 1000, true);

    private final int minSupport;
    private final int maxBlockLayers;
    private final boolean linearise;

    private FrequentSubgraphCollapser(int minSupport, int maxBlockLayers, boolean linearise) {
        this.minSupport = minSupport;
        this.maxBlockLayers = maxBlockLayers;
        this.linearise = linearise;
    }

    /**
     * Returns a collapser for blocks that occur at least twice and have at most 1,000 layers; it linearises the rest.
     *
     * @return the collapser
     */
    public static FrequentSubgraphCollapser withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns this collapser with another threshold.
     *
     * @param occurrences how often a block must occur, at least 1
     * @return the changed collapser
     */
    public FrequentSubgraphCollapser withMinSupport(int occurrences) {
        return new FrequentSubgraphCollapser(
                Checks.positive(occurrences, "The least support of a block"), maxBlockLayers, linearise);
    }

    /**
     * Returns this collapser with another maximum size of frequent blocks. Blocks of linearisation have no limit.
     *
     * @param layers the maximum number of layers of a block, at least 1
     * @return the changed collapser
     */
    public FrequentSubgraphCollapser withMaxBlockLayers(int layers) {
        return new FrequentSubgraphCollapser(
                minSupport, Checks.positive(layers, "The most layers of a block"), linearise);
    }

    /**
     * Returns this collapser with or without linearisation of the regions that are not frequent.
     *
     * @param rest whether to collapse it
     * @return the changed collapser
     */
    public FrequentSubgraphCollapser withLinearise(boolean rest) {
        return new FrequentSubgraphCollapser(minSupport, maxBlockLayers, rest);
    }

    @Override
    public CollapsedGraph collapse(LayerGraph graph) {
        List<List<Layer>> segments = Segments.of(graph.layers());
        List<Span> spans = new BlockChoice(segments, minSupport, maxBlockLayers).spans();
        if (segments.size() == graph.layers().size() && spans.isEmpty()) {
            return new CollapsedGraph(graph, graph);
        }
        LayerGraph.Builder collapsed = LayerGraph.builder(graph.name());
        graph.inputs().forEach(collapsed::input);
        new Assembly(graph, segments, spans).layers().forEach(collapsed::add);
        graph.outputs().forEach(output -> collapsed.output(output.name()));
        return new CollapsedGraph(graph, collapsed.build());
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
                if (span.label().equals(BlockForm.DENSE)) {
                    FormFinder.runs(layersOf(span))
                            .forEach(run -> runSupport.merge(FormFinder.kinds(run), 1, Integer::sum));
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
            return span.label().equals(BlockForm.ATTENTION)
                    && next.label().equals(BlockForm.FEED_FORWARD)
                    && span.to() == next.from()
                    && layersOf(span).size() + layersOf(next).size() <= maxBlockLayers;
        }

        private Layer encoder(Span attention, Span feedForward) {
            List<Layer> layers = new ArrayList<>(layersOf(attention));
            layers.addAll(layersOf(feedForward));
            return Blocks.block(graph, "Encoder", layers, List.of(block(attention), block(feedForward)));
        }

        private Layer block(Span span) {
            List<Layer> layers = layersOf(span);
            List<Layer> parts = span.label().equals(BlockForm.DENSE) ? withDenseLayers(layers) : layers;
            return Blocks.block(graph, span.label(), layers, parts);
        }

        /**
         * Each run of layers becomes a block at the position of the run, so that the order of execution stays the same.
         */
        private List<Layer> withDenseLayers(List<Layer> layers) {
            Map<String, List<Layer>> runs = new HashMap<>(); // by their first layer
            FormFinder.runs(layers).forEach(run -> runs.put(run.get(0).name(), run));
            List<Layer> parts = new ArrayList<>();
            int index = 0;
            while (index < layers.size()) {
                List<Layer> run = runs.getOrDefault(layers.get(index).name(), List.of());
                int end = index + run.size();
                boolean together = !run.isEmpty()
                        && end <= layers.size()
                        && layers.subList(index, end).equals(run);
                if (together && runSupport.getOrDefault(FormFinder.kinds(run), 0) >= minSupport) {
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
                + ", linearise=" + linearise + "]";
    }
}
