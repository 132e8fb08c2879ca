package io.github.codnn.collapse;

import io.github.codnn.collapse.Regions.Region;
import io.github.codnn.graph.Layer;
import io.github.codnn.mining.FrequentPattern;
import io.github.codnn.mining.FrequentSubgraphMiner;
import io.github.codnn.mining.LabelledGraph;
import io.github.codnn.mining.MiningOptions;
import io.github.codnn.mining.MiningResult;
import io.github.codnn.mining.Pattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Chooses blocks among the frequent patterns that {@link FrequentSubgraphMiner} finds in the graph of {@link Regions}.
 *
 * <p>That graph has a vertex for each region, labelled by its structure, and an edge from each region to the next one
 * of its sequence. A pattern therefore grows by whole regions, and every pattern that is looked at can be collapsed.
 * Regions within a frequent region are left out: they become part of a block in any case.
 *
 * <p>A pattern with a part twice in a row is several blocks, and so is every larger one; the miner does not extend it.
 * A pattern can become a block if its occurrences cannot overlap (no proper prefix is a suffix), if each region in it
 * that has branches and MACs occurs in this pattern only, and if some region, of those with MACs if there are any,
 * mostly does. Chosen is, again and again, the pattern that saves most layers. Only occurrences whose layers run one
 * directly after the other become blocks, so that the order of execution stays the same.
 */
final class MinedBlocks {

    /**
     * A block.
     *
     * @param label what it is
     * @param layers its layers, in topological order
     */
    record Found(String label, List<Layer> layers) {}

    /** A layer such as a convolution also occurs beside the blocks that consist of it, in a stem for example. */
    private static final double OWN_SHARE = 0.75;

    private final List<Region> regions = new ArrayList<>(); // [vertex]
    private final List<Integer> next = new ArrayList<>(); // [vertex] or -1
    private final List<Layer> layers;
    private final Map<String, Integer> place = new HashMap<>(); // of layers in the order, by name
    private final CarriedTensors network;
    private final LabelledGraph graph;
    private final Map<String, Integer> support = new LinkedHashMap<>(); // of single regions, by symbol
    private final Map<String, Region> example = new HashMap<>(); // by symbol
    private final int minSupport;
    private final int maxLayers;

    MinedBlocks(List<Layer> layers, CarriedTensors network, int minSupport, int maxLayers) {
        this.layers = layers;
        this.network = network;
        this.minSupport = minSupport;
        this.maxLayers = maxLayers;
        for (int index = 0; index < layers.size(); index++) {
            place.put(layers.get(index).name(), index);
        }
        Regions all = new Regions(network.withoutCarrying(layers), maxLayers);
        Map<Integer, Integer> vertexOf = new LinkedHashMap<>();
        Set<Integer> inner = withinFrequent(all.regions());
        LabelledGraph.Builder builder = LabelledGraph.directed();
        for (int index = 0; index < all.regions().size(); index++) {
            if (!inner.contains(index)) {
                Region region = all.regions().get(index);
                vertexOf.put(index, regions.size());
                regions.add(region);
                builder.vertex(region.symbol());
                support.merge(region.symbol(), 1, Integer::sum);
                example.putIfAbsent(region.symbol(), region);
            }
        }
        vertexOf.forEach((index, vertex) -> {
            int following = vertexOf.getOrDefault(all.next(index), -1);
            next.add(following);
            if (following >= 0) {
                builder.edge(vertex, following, "next");
            }
        });
        graph = builder.build();
    }

    /** Returns the indices of regions that lie in a larger one whose structure is frequent. */
    private Set<Integer> withinFrequent(List<Region> all) {
        Map<String, Integer> count = new HashMap<>();
        all.forEach(region -> count.merge(region.symbol(), 1, Integer::sum));
        Map<String, Integer> cover = new HashMap<>(); // the size of the largest frequent region that holds the layer
        for (Region region : all) {
            if (region.isBranched() && count.getOrDefault(region.symbol(), 0) >= minSupport) {
                region.layers()
                        .forEach(layer ->
                                cover.merge(layer.name(), region.layers().size(), Math::max));
            }
        }
        Set<Integer> inner = new HashSet<>();
        for (int index = 0; index < all.size(); index++) {
            List<Layer> layers = all.get(index).layers();
            if (cover.getOrDefault(layers.get(0).name(), 0) > layers.size()) {
                inner.add(index);
            }
        }
        return inner;
    }

    /** Mines the patterns of two regions and more. */
    MiningResult mine(MiningOptions options) {
        return FrequentSubgraphMiner.withDefaults()
                .withMinSupport(minSupport)
                .withConstraint(this::mayGrow)
                .mine(graph, options);
    }

    /** Tells whether a pattern can be part of a block; if not, no larger pattern can. */
    private boolean mayGrow(Pattern pattern) {
        List<String> symbols = sequence(pattern);
        return symbols.stream().mapToInt(this::size).sum() <= maxLayers && !repeatsAPart(symbols);
    }

    /**
     * A pattern that can become a block.
     *
     * @param symbols its regions
     * @param layers how many layers an occurrence has
     * @param support how many occurrences are left, or were when it was last looked at
     */
    private record Candidate(List<String> symbols, int layers, int support) {

        long saved() {
            return (long) support * (layers - 1);
        }
    }

    /** Chooses blocks; their layers are disjoint. */
    List<Found> choose(MiningResult mined) {
        PriorityQueue<Candidate> queue = new PriorityQueue<>(Comparator.comparingLong(Candidate::saved)
                .reversed()
                .thenComparing(candidate -> works(candidate.symbols().get(0)) ? 0 : 1)
                .thenComparing(Candidate::symbols, MinedBlocks::compare));
        queue.addAll(candidates(mined));
        Map<String, List<Integer>> vertices = new HashMap<>(); // by symbol
        for (int vertex = 0; vertex < regions.size(); vertex++) {
            vertices.computeIfAbsent(regions.get(vertex).symbol(), any -> new ArrayList<>())
                    .add(vertex);
        }
        Set<String> taken = new HashSet<>(); // names of layers
        List<Found> found = new ArrayList<>();
        while (!queue.isEmpty()) {
            Candidate candidate = queue.remove();
            List<List<Layer>> free = free(occurrences(candidate, vertices), taken);
            if (free.size() < minSupport) {
                continue;
            }
            if (free.size() < candidate.support()) {
                queue.add(new Candidate(candidate.symbols(), candidate.layers(), free.size()));
                continue;
            }
            String label = label(candidate);
            for (List<Layer> occurrence : free) {
                occurrence.forEach(layer -> taken.add(layer.name()));
                found.add(new Found(label, occurrence));
            }
        }
        return found;
    }

    private List<Candidate> candidates(MiningResult mined) {
        List<Candidate> candidates = new ArrayList<>();
        support.forEach((symbol, count) -> {
            int layers = size(symbol);
            if (layers > 1 && count >= minSupport) {
                candidates.add(new Candidate(List.of(symbol), layers, count));
            }
        });
        for (FrequentPattern frequent : mined.patterns()) {
            List<String> symbols = sequence(frequent.pattern());
            int layers = symbols.stream().mapToInt(this::size).sum();
            if (isBlock(symbols, frequent.support())) {
                candidates.add(new Candidate(symbols, layers, frequent.support()));
            }
        }
        return candidates;
    }

    private int size(String symbol) {
        Region region = example.get(symbol);
        return region == null ? 0 : region.layers().size();
    }

    /** Returns the labels along a pattern: all patterns are paths, because every region has at most one next. */
    private static List<String> sequence(Pattern pattern) {
        Map<Integer, Integer> next = new HashMap<>();
        Set<Integer> targets = new HashSet<>();
        pattern.edges().forEach(edge -> {
            next.put(edge.from(), edge.to());
            targets.add(edge.to());
        });
        int node = 0;
        while (targets.contains(node)) {
            node++;
        }
        List<String> symbols = new ArrayList<>();
        for (Integer at = node; at != null; at = next.get(at)) {
            symbols.add(pattern.nodeLabels().get(at));
        }
        return symbols;
    }

    private boolean isBlock(List<String> symbols, int patternSupport) {
        boolean works = symbols.stream().anyMatch(this::works);
        boolean isWhole = symbols.stream()
                .filter(symbol -> size(symbol) > 1 && works(symbol))
                .allMatch(symbol -> support.getOrDefault(symbol, 0) == patternSupport);
        boolean hasOwn = symbols.stream()
                .filter(symbol -> !works || works(symbol))
                .anyMatch(symbol -> patternSupport * Collections.frequency(symbols, symbol)
                        >= OWN_SHARE * support.getOrDefault(symbol, 0));
        return isWhole && hasOwn && !overlapsItself(symbols);
    }

    private boolean works(String symbol) {
        Region region = example.get(symbol);
        return region != null && region.layers().stream().anyMatch(layer -> layer.macs() > 0);
    }

    private static boolean overlapsItself(List<String> symbols) {
        for (int length = 1; length < symbols.size(); length++) {
            if (symbols.subList(0, length).equals(symbols.subList(symbols.size() - length, symbols.size()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean repeatsAPart(List<String> symbols) {
        for (int length = 1; 2 * length <= symbols.size(); length++) {
            int equal = 0;
            for (int index = 0; index + length < symbols.size(); index++) {
                equal = symbols.get(index).equals(symbols.get(index + length)) ? equal + 1 : 0;
                if (equal == length) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Finds occurrences by following the sequences; the miner has told that there are some. */
    private List<List<Region>> occurrences(Candidate candidate, Map<String, List<Integer>> vertices) {
        List<List<Region>> occurrences = new ArrayList<>();
        for (int start : vertices.getOrDefault(candidate.symbols().get(0), List.of())) {
            List<Region> occurrence = new ArrayList<>();
            int vertex = start;
            for (String symbol : candidate.symbols()) {
                if (vertex < 0 || !regions.get(vertex).symbol().equals(symbol)) {
                    break;
                }
                occurrence.add(regions.get(vertex));
                vertex = next.get(vertex);
            }
            if (occurrence.size() == candidate.symbols().size()) {
                occurrences.add(occurrence);
            }
        }
        return occurrences;
    }

    private static int compare(List<String> one, List<String> other) {
        for (int index = 0; index < Math.min(one.size(), other.size()); index++) {
            int order = one.get(index).compareTo(other.get(index));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** Returns the layers of occurrences that can become blocks, with what is computed among them to be carried. */
    private List<List<Layer>> free(List<List<Region>> occurrences, Set<String> taken) {
        List<List<Layer>> free = new ArrayList<>();
        for (List<Region> occurrence : occurrences) {
            BitSet places = new BitSet();
            occurrence.forEach(region ->
                    region.layers().forEach(layer -> places.set(place.getOrDefault(layer.name(), 0))));
            List<Layer> run = layers.subList(places.nextSetBit(0), places.length());
            int own = network.withoutCarrying(run).size();
            if (own == places.cardinality() && run.stream().noneMatch(layer -> taken.contains(layer.name()))) {
                free.add(run);
            }
        }
        return free;
    }

    private String label(Candidate candidate) {
        Set<String> named = new HashSet<>();
        for (String symbol : candidate.symbols()) {
            Region region = example.get(symbol);
            if (region != null && region.isBranched()) {
                named.add(PatternFinder.pattern(region.layers()).label());
            }
        }
        named.removeIf(PatternFinder::isUnnamed);
        if (named.equals(Set.of(BlockPattern.ATTENTION, BlockPattern.FEED_FORWARD))) {
            return BlockPattern.ENCODER;
        }
        return named.size() == 1
                ? named.iterator().next()
                : PatternFinder.unnamed(PatternFinder.symbolOf(candidate.symbols()));
    }
}
