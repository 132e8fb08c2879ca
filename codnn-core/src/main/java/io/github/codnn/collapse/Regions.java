package io.github.codnn.collapse;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The smallest regions of a network that can become a block, at every depth: single layers, and everything between a
 * tensor that forks and the layer where all its branches have joined. A region reads one tensor from layers before it,
 * and layers after it read one tensor of it. Every collapsible region is a sequence of these.
 *
 * <p>Regions follow from dominators and post-dominators (single-entry single-exit regions as in Johnson, Pearson and
 * Pingali, "The program structure tree", PLDI 1994; dominators as in Cooper, Harvey and Kennedy, "A simple, fast
 * dominance algorithm", 2001, in one pass, because the network is acyclic). Inputs of the network but the first do not
 * count, and neither do outputs that other layers read, too, as in {@link Segments}.
 *
 * <p>Takes O(L d + E d + R) time for L layers and E tensor uses, where d is the depth of the dominator tree that
 * branches span, and R the sum of the sizes of all regions within the limit.
 */
final class Regions {

    /**
     * A region.
     *
     * @param layers its layers, in topological order
     * @param symbol equal for regions of the same structure and operator kinds
     */
    record Region(List<Layer> layers, String symbol) {

        boolean isBranched() {
            return layers.size() > 1;
        }
    }

    private static final int ROOT = 0;

    private final List<Layer> layers; // layer k is node k + 1
    private final int sink;
    private final List<Set<Integer>> sources = new ArrayList<>();
    private final List<Set<Integer>> readers = new ArrayList<>();
    private final int[] dominator;
    private final int[] postDominator;
    private final int maxLayers;
    private final List<Region> regions = new ArrayList<>();
    private final List<Integer> lastNodes = new ArrayList<>(); // [region]
    private final BitSet singles = new BitSet(); // nodes that are a region
    private final Map<Integer, Integer> regionAfter = new HashMap<>(); // by the node before it

    /**
     * Finds regions.
     *
     * @param layers layers in topological order, without those that compute carried tensors
     * @param maxLayers the greatest size of a region
     */
    Regions(List<Layer> layers, int maxLayers) {
        this.layers = layers;
        this.maxLayers = maxLayers;
        this.sink = layers.size() + 1;
        this.dominator = new int[sink + 1];
        this.postDominator = new int[sink + 1];
        connect();
        dominate();
        for (int node = ROOT; node < sink; node++) {
            addRegionAfter(node);
        }
        for (int node = 1; node < sink; node++) {
            addSingle(node);
        }
    }

    List<Region> regions() {
        return regions;
    }

    /** Returns the region that reads what a region writes and follows it at the same depth, or -1. */
    int next(int region) {
        return regionAfter.getOrDefault(lastNodes.get(region), -1);
    }

    private void connect() {
        for (int node = ROOT; node <= sink; node++) {
            sources.add(new LinkedHashSet<>());
            readers.add(new LinkedHashSet<>());
        }
        Map<String, Integer> writer = new HashMap<>();
        layers.get(0).inputs().forEach(entry -> writer.put(entry.name(), ROOT));
        for (int node = 1; node < sink; node++) {
            Layer layer = layers.get(node - 1);
            Set<Integer> from = sources.get(node);
            for (Tensor input : layer.inputs()) {
                int source = writer.getOrDefault(input.name(), -1);
                if (source >= ROOT) {
                    from.add(source);
                }
            }
            if (from.isEmpty()) {
                from.add(ROOT);
            }
            for (int source : from) {
                readers.get(source).add(node);
            }
            for (Tensor output : layer.outputs()) {
                writer.put(output.name(), node);
            }
        }
    }

    private void dominate() {
        for (int node = 1; node < sink; node++) {
            int common = -1;
            for (int source : sources.get(node)) {
                common = common < 0 ? source : commonDominator(common, source);
            }
            dominator[node] = common;
        }
        postDominator[sink] = sink;
        for (int node = sink - 1; node >= ROOT; node--) {
            int common = readers.get(node).isEmpty() ? sink : -1;
            for (int reader : readers.get(node)) {
                common = common < 0 ? reader : commonPostDominator(common, reader);
            }
            postDominator[node] = common;
        }
    }

    private int commonDominator(int one, int other) {
        int first = one;
        int second = other;
        while (first != second) {
            if (first > second) {
                first = dominator[first];
            } else {
                second = dominator[second];
            }
        }
        return first;
    }

    private int commonPostDominator(int one, int other) {
        int first = one;
        int second = other;
        while (first != second) {
            if (first < second) {
                first = postDominator[first];
            } else {
                second = postDominator[second];
            }
        }
        return first;
    }

    /** Adds the smallest region that reads what a layer writes, if it has one exit. */
    private void addRegionAfter(int node) {
        int end = postDominator[node];
        if (end == sink || dominator[end] != node) {
            return;
        }
        BitSet members = members(node, end);
        if (members.cardinality() <= maxLayers && hasOneEntry(node, members) && hasOneExit(end)) {
            regionAfter.put(node, regions.size());
            add(members, end);
        }
    }

    /** Adds a layer that begins a sequence: one that is not alone in reading its input. */
    private void addSingle(int node) {
        if (singles.get(node) || sources.get(node).size() > 1) {
            return;
        }
        BitSet members = new BitSet();
        members.set(node);
        if (hasOneEntry(sources.get(node).iterator().next(), members) && hasOneExit(node)) {
            add(members, node);
        }
    }

    private void add(BitSet members, int end) {
        List<Layer> ofRegion =
                members.stream().mapToObj(node -> layers.get(node - 1)).toList();
        regions.add(new Region(ofRegion, PatternFinder.symbol(ofRegion)));
        lastNodes.add(end);
        if (ofRegion.size() == 1) {
            singles.set(end);
        }
    }

    /** Returns the layers between two nodes, the second one included; too many of them if there are too many. */
    private BitSet members(int start, int end) {
        BitSet members = new BitSet();
        members.set(end);
        Deque<Integer> open = new ArrayDeque<>(List.of(end));
        int count = 1;
        while (!open.isEmpty() && count <= maxLayers) {
            for (int source : sources.get(open.pop())) {
                if (source != start && !members.get(source)) {
                    members.set(source);
                    open.push(source);
                    count++;
                }
            }
        }
        return members;
    }

    private boolean hasOneEntry(int source, BitSet members) {
        if (source == ROOT) {
            return true;
        }
        Set<String> written = names(source);
        Set<String> read = new HashSet<>();
        for (int reader : readers.get(source)) {
            if (members.get(reader)) {
                layers.get(reader - 1).inputs().stream()
                        .map(Tensor::name)
                        .filter(written::contains)
                        .forEach(read::add);
            }
        }
        return read.size() == 1;
    }

    private boolean hasOneExit(int end) {
        Set<String> written = names(end);
        Set<String> read = new HashSet<>();
        for (int reader : readers.get(end)) {
            layers.get(reader - 1).inputs().stream()
                    .map(Tensor::name)
                    .filter(written::contains)
                    .forEach(read::add);
        }
        return read.size() <= 1;
    }

    private Set<String> names(int node) {
        Set<String> names = new HashSet<>();
        layers.get(node - 1).outputs().forEach(output -> names.add(output.name()));
        return names;
    }
}
