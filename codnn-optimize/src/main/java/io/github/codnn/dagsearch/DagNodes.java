package io.github.codnn.dagsearch;

import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.TopologicalOrderIterator;

/**
 * The layers of a network in nodes that must share a device where each device runs one stage: colocated layers, layers
 * pinned to one device, and layers on a cycle through such a group, since stages must not feed each other in a cycle.
 * Nodes are in topological order.
 */
final class DagNodes {

    private final int[] nodeOf; // [layer] -1 if it is left out
    private final int[][] layers; // [node]
    private final int[][] successors; // [node]
    private final int[][] predecessors; // [node]
    private final long[][] behind; // [node] itself and all that depend on it, as bits
    private final long[][] ahead; // [node] itself and all it depends on, as bits
    private final int[][] reads; // [node] tensors from other nodes or inputs
    private final int[][] writes; // [node] tensors for other nodes
    private final int[][] results; // [node] tensors for the sink
    private final int[][] readers; // [tensor] nodes that read it besides the one that writes it
    private final int[] writer; // [tensor] node or -1 for an input

    DagNodes(CompiledScenario compiled) {
        this(compiled, layersOfNodes(order(compiled)), List.of());
    }

    /** Makes nodes of layers, of which some come before others although they send them nothing. */
    private DagNodes(CompiledScenario compiled, int[][] layers, List<int[]> orderedPairs) {
        this.layers = layers;
        nodeOf = nodesOfLayers(compiled.layerCount());
        readers = new int[compiled.tensorCount()][];
        writer = new int[compiled.tensorCount()];
        Lists next = new Lists(layers.length);
        Lists read = new Lists(layers.length);
        Lists write = new Lists(layers.length);
        Lists result = new Lists(layers.length);
        orderedPairs.forEach(pair -> next.add(pair[0], pair[1]));
        for (int tensor = 0; tensor < readers.length; tensor++) {
            int producer = compiled.producer(tensor);
            int from = producer < 0 ? -1 : nodeOf[producer];
            boolean isLeftOut = producer >= 0 && from < 0;
            int[] to = isLeftOut ? new int[0] : readers(compiled.consumers(tensor), from);
            readers[tensor] = to;
            writer[tensor] = from;
            read.addToAll(to, tensor);
            if (from >= 0 && to.length > 0) {
                Arrays.stream(to).forEach(node -> next.add(from, node));
                write.add(from, tensor);
            }
            if (from >= 0 && compiled.isDelivered(tensor)) {
                result.add(from, tensor);
            }
        }
        reads = read.arrays();
        writes = write.arrays();
        results = result.arrays();
        successors = next.sortedArrays();
        predecessors = predecessors();
        int last = layers.length - 1;
        behind = closure(successors, IntStream.rangeClosed(0, last).map(node -> last - node));
        ahead = closure(predecessors, IntStream.rangeClosed(0, last));
    }

    /** Returns the nodes but for some, in the same order; what came before them still comes before what followed. */
    DagNodes without(CompiledScenario compiled, boolean[] leftOut) {
        int[] number = new int[size()];
        List<int[]> kept = new ArrayList<>();
        for (int node = 0; node < size(); node++) {
            number[node] = kept.size();
            if (!leftOut[node]) {
                kept.add(layers[node]);
            }
        }
        List<int[]> orderedPairs = new ArrayList<>();
        for (int node = 0; node < size(); node++) {
            for (int later = node + 1; later < size() && !leftOut[node]; later++) {
                if (!leftOut[later] && (behind[node][later >> 6] & 1L << later) != 0) {
                    orderedPairs.add(new int[] {number[node], number[later]});
                }
            }
        }
        return new DagNodes(compiled, kept.toArray(int[][]::new), orderedPairs);
    }

    private static int[][] layersOfNodes(List<List<Integer>> order) {
        return order.stream()
                .map(layers -> layers.stream().mapToInt(layer -> layer).sorted().toArray())
                .toArray(int[][]::new);
    }

    private int[] nodesOfLayers(int layerCount) {
        int[] nodes = new int[layerCount];
        Arrays.fill(nodes, -1);
        for (int node = 0; node < layers.length; node++) {
            for (int layer : layers[node]) {
                nodes[layer] = node;
            }
        }
        return nodes;
    }

    /** Returns the nodes, other than the one that writes it, of the layers that read a tensor. */
    private int[] readers(int[] consumers, int writer) {
        return Arrays.stream(consumers)
                .map(layer -> nodeOf[layer])
                .filter(node -> node >= 0 && node != writer)
                .distinct()
                .toArray();
    }

    private int[][] predecessors() {
        Lists before = new Lists(layers.length);
        for (int node = 0; node < layers.length; node++) {
            before.addToAll(successors[node], node);
        }
        return before.arrays();
    }

    /** Returns each node with all that can be reached from it, as bits; neighbours come before it in the order. */
    private long[][] closure(int[][] neighbours, IntStream order) {
        long[][] sets = new long[layers.length][words()];
        order.forEach(node -> {
            sets[node][node >> 6] |= 1L << node;
            for (int neighbour : neighbours[node]) {
                for (int word = 0; word < words(); word++) {
                    sets[node][word] |= sets[neighbour][word];
                }
            }
        });
        return sets;
    }

    /** A list of numbers for each node. */
    private static final class Lists {

        private final List<List<Integer>> lists = new ArrayList<>();

        private Lists(int nodes) {
            for (int node = 0; node < nodes; node++) {
                lists.add(new ArrayList<>());
            }
        }

        private void add(int node, int number) {
            lists.get(node).add(number);
        }

        private void addToAll(int[] nodes, int number) {
            for (int node : nodes) {
                add(node, number);
            }
        }

        private int[][] arrays() {
            return lists.stream()
                    .map(list -> list.stream().mapToInt(number -> number).toArray())
                    .toArray(int[][]::new);
        }

        /** Returns each number once, in increasing order. */
        private int[][] sortedArrays() {
            return lists.stream()
                    .map(list -> list.stream()
                            .mapToInt(number -> number)
                            .distinct()
                            .sorted()
                            .toArray())
                    .toArray(int[][]::new);
        }
    }

    /** Returns the layers of each node, in topological order. */
    private static List<List<Integer>> order(CompiledScenario compiled) {
        Graph<Integer, DefaultEdge> graph = dependencies(compiled);
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

    /** Returns which layer feeds which; layers that must share a device are on a cycle. */
    private static Graph<Integer, DefaultEdge> dependencies(CompiledScenario compiled) {
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
        return graph;
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

    int[] predecessors(int node) {
        return predecessors[node];
    }

    int predecessorCount(int node) {
        return predecessors[node].length;
    }

    long[] behind(int node) {
        return behind[node];
    }

    long[] ahead(int node) {
        return ahead[node];
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

    /** Returns the nodes that read a tensor, without the one that writes it. */
    int[] readers(int tensor) {
        return readers[tensor];
    }

    int writer(int tensor) {
        return writer[tensor];
    }
}
