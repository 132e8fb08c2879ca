package io.github.codnn.dagsearch;

import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.TopologicalOrderIterator;

/**
 * The layers of a network in nodes that must share a device where each device runs one stage: colocated layers, layers
 * pinned to one device, and whatever lies on a cycle through such a group, since stages must not feed each other in a
 * circle. Nodes are in topological order.
 */
final class DagNodes {

    private final int[] nodeOf; // [layer]
    private final int[][] layers; // [node]
    private final int[][] successors; // [node]
    private final int[] predecessorCount; // [node]
    private final long[][] behind; // [node] itself and all that depend on it, as bits
    private final int[][] reads; // [node] tensors from other nodes or inputs
    private final int[][] writes; // [node] tensors for other nodes
    private final int[][] results; // [node] tensors for the sink
    private final int[] readers; // [tensor] how many nodes read it besides the one that writes it
    private final int[] writer; // [tensor] node or -1 for an input

    DagNodes(CompiledScenario compiled) {
        nodeOf = new int[compiled.layerCount()];
        List<List<Integer>> order = order(compiled);
        layers = new int[order.size()][];
        for (int node = 0; node < layers.length; node++) {
            layers[node] =
                    order.get(node).stream().mapToInt(layer -> layer).sorted().toArray();
            for (int layer : layers[node]) {
                nodeOf[layer] = node;
            }
        }
        readers = new int[compiled.tensorCount()];
        writer = new int[compiled.tensorCount()];
        List<BitSet> next = new ArrayList<>();
        List<List<Integer>> read = new ArrayList<>();
        List<List<Integer>> write = new ArrayList<>();
        List<List<Integer>> result = new ArrayList<>();
        for (int node = 0; node < layers.length; node++) {
            next.add(new BitSet());
            read.add(new ArrayList<>());
            write.add(new ArrayList<>());
            result.add(new ArrayList<>());
        }
        for (int tensor = 0; tensor < readers.length; tensor++) {
            int from = compiled.producer(tensor) < 0 ? -1 : nodeOf[compiled.producer(tensor)];
            writer[tensor] = from;
            int[] to = Arrays.stream(compiled.consumers(tensor))
                    .map(layer -> nodeOf[layer])
                    .filter(node -> node != from)
                    .distinct()
                    .toArray();
            readers[tensor] = to.length;
            for (int node : to) {
                read.get(node).add(tensor);
                if (from >= 0) {
                    next.get(from).set(node);
                }
            }
            if (from >= 0 && to.length > 0) {
                write.get(from).add(tensor);
            }
            if (from >= 0 && compiled.isDelivered(tensor)) {
                result.get(from).add(tensor);
            }
        }
        reads = read.stream().map(DagNodes::array).toArray(int[][]::new);
        writes = write.stream().map(DagNodes::array).toArray(int[][]::new);
        results = result.stream().map(DagNodes::array).toArray(int[][]::new);
        successors = next.stream().map(bits -> bits.stream().toArray()).toArray(int[][]::new);
        predecessorCount = new int[layers.length];
        behind = new long[layers.length][words()];
        for (int node = layers.length - 1; node >= 0; node--) {
            behind[node][node >> 6] |= 1L << node;
            for (int successor : successors[node]) {
                predecessorCount[successor]++;
                for (int word = 0; word < words(); word++) {
                    behind[node][word] |= behind[successor][word];
                }
            }
        }
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(number -> number).toArray();
    }

    /** Returns the layers of each node, in topological order. */
    private static List<List<Integer>> order(CompiledScenario compiled) {
        Map<Integer, Integer> firstPinned = new HashMap<>();
        Graph<Integer, DefaultEdge> graph = new DefaultDirectedGraph<>(DefaultEdge.class);
        for (int layer = 0; layer < compiled.layerCount(); layer++) {
            graph.addVertex(layer);
            if (compiled.colocated(layer) >= 0) {
                join(graph, compiled.colocated(layer), layer);
            }
            if (compiled.pinned(layer) >= 0) {
                join(graph, firstPinned.getOrDefault(compiled.pinned(layer), layer), layer);
                firstPinned.putIfAbsent(compiled.pinned(layer), layer);
            }
        }
        for (int tensor = 0; tensor < compiled.tensorCount(); tensor++) {
            for (int consumer : compiled.consumers(tensor)) {
                if (compiled.producer(tensor) >= 0) {
                    graph.addEdge(compiled.producer(tensor), consumer);
                }
            }
        }
        List<Set<Integer>> groups = new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets();
        Map<Integer, Integer> groupOf = new HashMap<>();
        Graph<Integer, DefaultEdge> condensed = new SimpleDirectedGraph<>(DefaultEdge.class);
        for (int group = 0; group < groups.size(); group++) {
            condensed.addVertex(group);
            for (int layer : groups.get(group)) {
                groupOf.put(layer, group);
            }
        }
        for (DefaultEdge edge : graph.edgeSet()) {
            int from = Objects.requireNonNull(groupOf.get(graph.getEdgeSource(edge)));
            int to = Objects.requireNonNull(groupOf.get(graph.getEdgeTarget(edge)));
            if (from != to) {
                condensed.addEdge(from, to);
            }
        }
        List<List<Integer>> order = new ArrayList<>();
        new TopologicalOrderIterator<>(condensed).forEachRemaining(group -> order.add(List.copyOf(groups.get(group))));
        return order;
    }

    /** Puts two layers on a cycle, so that they are strongly connected. */
    private static void join(Graph<Integer, DefaultEdge> graph, int one, int other) {
        if (one != other) {
            graph.addEdge(one, other);
            graph.addEdge(other, one);
        }
    }

    int size() {
        return layers.length;
    }

    /** Returns how many longs a set of nodes takes. */
    int words() {
        return (layers.length + 63) / 64;
    }

    int[] layers(int node) {
        return layers[node];
    }

    int[] successors(int node) {
        return successors[node];
    }

    int predecessorCount(int node) {
        return predecessorCount[node];
    }

    long[] behind(int node) {
        return behind[node];
    }

    int[] reads(int node) {
        return reads[node];
    }

    int[] writes(int node) {
        return writes[node];
    }

    int[] results(int node) {
        return results[node];
    }

    int readers(int tensor) {
        return readers[tensor];
    }

    int writer(int tensor) {
        return writer[tensor];
    }
}
