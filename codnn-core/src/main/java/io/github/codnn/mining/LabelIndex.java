package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Index of the graph for mining: vertices numbered within their label, one {@link Relation} per edge type. It omits
 * infrequent edge types, because no frequent pattern contains them.
 *
 * <p>Built in O(V + E log E); uses 8 bytes per edge end, 8 per vertex, and 4 per vertex and edge type.
 */
final class LabelIndex {

    private final boolean directed;
    private final int[][] verticesOfLabel;
    private final int[] offsets;
    private final int[] labelOf;
    private final List<int[]> components;
    private final Map<EdgeType, Relation> relations = new HashMap<>();
    private final List<List<EdgeType>> typesFromLabel = new ArrayList<>();
    private final List<Map<Integer, Integer>> maxDegrees = new ArrayList<>(); // [label] by kind

    LabelIndex(LabelledGraph graph, int minSupport) {
        directed = graph.isDirected();
        verticesOfLabel = groupByLabel(graph);
        offsets = new int[verticesOfLabel.length];
        for (int label = 1; label < offsets.length; label++) {
            offsets[label] = offsets[label - 1] + count(label - 1);
        }
        labelOf = new int[graph.vertexCount()];
        for (int label = 0; label < offsets.length; label++) {
            Arrays.fill(labelOf, offsets[label], offsets[label] + count(label), label);
        }
        Map<EdgeType, PairList> pairs = pairsByType(graph);
        for (Map.Entry<EdgeType, PairList> entry : pairs.entrySet()) {
            EdgeType type = entry.getKey();
            relations.put(
                    type, new Relation(count(type.source()), entry.getValue().sorted()));
        }
        List<EdgeType> frequent = new ArrayList<>();
        for (EdgeType type : relations.keySet()) {
            if (support(type) >= minSupport) {
                frequent.add(type);
            }
        }
        relations.keySet().retainAll(new HashSet<>(frequent));
        Collections.sort(frequent);
        for (int label = 0; label < verticesOfLabel.length; label++) {
            typesFromLabel.add(new ArrayList<>());
        }
        frequent.forEach(type -> typesFromLabel.get(type.source()).add(type));
        for (int label = 0; label < verticesOfLabel.length; label++) {
            maxDegrees.add(maxDegrees(label));
        }
        components = findComponents(graph.vertexCount());
    }

    /** Biconnected components of the graph of frequent edges, as unique vertex numbers (see {@link #offset}). */
    List<int[]> components() {
        return components;
    }

    private List<int[]> findComponents(int vertices) {
        int[][] neighbours = new int[vertices][];
        for (int label = 0; label < labels(); label++) {
            for (int u = 0; u < count(label); u++) {
                neighbours[u + offset(label)] = neighbours(label, u);
            }
        }
        return BiconnectedComponents.of(neighbours);
    }

    private int[] neighbours(int label, int u) {
        IntList row = new IntList();
        for (EdgeType type : typesFrom(label)) {
            Relation relation = relation(type);
            for (int i = relation.offset[u]; i < relation.offset[u + 1]; i++) {
                row.add(relation.target[i] + offset(type.target()));
            }
        }
        return row.toArray();
    }

    boolean isDirected() {
        return directed;
    }

    int labels() {
        return verticesOfLabel.length;
    }

    /** Number of vertices with the label. */
    int count(int label) {
        return verticesOfLabel[label].length;
    }

    /** Offset from the number of a vertex within its label to a number that is unique among all labels. */
    int offset(int label) {
        return offsets[label];
    }

    /** Label of a vertex given by its unique number. */
    int labelOf(int uniqueNumber) {
        return labelOf[uniqueNumber];
    }

    /** The graph's number of a vertex. */
    int vertex(int label, int numberWithinLabel) {
        return verticesOfLabel[label][numberWithinLabel];
    }

    /** The frequent edge types that leave or reach vertices of a label, ascending. */
    List<EdgeType> typesFrom(int label) {
        return typesFromLabel.get(label);
    }

    boolean hasRelation(EdgeType type) {
        return relations.containsKey(type);
    }

    /** The edges of a frequent type. */
    Relation relation(EdgeType type) {
        Relation relation = relations.get(type);
        if (relation == null) {
            throw new IllegalStateException("no relation for " + type);
        }
        return relation;
    }

    /** The most edges of a kind that a vertex of a label has, infrequent ones left out. */
    int maxDegree(int label, int kind) {
        return maxDegrees.get(label).getOrDefault(kind, 0);
    }

    private Map<Integer, Integer> maxDegrees(int label) {
        Map<Integer, int[]> degrees = new HashMap<>(); // by kind, [vertex]
        for (EdgeType type : typesFrom(label)) {
            int[] degree = degrees.computeIfAbsent(type.kind(), any -> new int[count(label)]);
            Relation relation = relation(type);
            for (int u = 0; u < degree.length; u++) {
                degree[u] += relation.offset[u + 1] - relation.offset[u];
            }
        }
        Map<Integer, Integer> greatest = new HashMap<>();
        degrees.forEach(
                (kind, degree) -> greatest.put(kind, Arrays.stream(degree).max().orElse(0)));
        return greatest;
    }

    /** Minimum-image support of a single edge. */
    int support(EdgeType type) {
        return Math.min(
                relation(type).distinctSources(),
                relation(type.reversed(directed)).distinctSources());
    }

    private static int[][] groupByLabel(LabelledGraph graph) {
        int[] counts = new int[graph.labels().size()];
        for (int v = 0; v < graph.vertexCount(); v++) {
            counts[graph.vertexLabelNumber(v)]++;
        }
        int[][] groups = new int[counts.length][];
        Arrays.setAll(groups, label -> new int[counts[label]]);
        Arrays.fill(counts, 0);
        for (int v = 0; v < graph.vertexCount(); v++) {
            int label = graph.vertexLabelNumber(v);
            groups[label][counts[label]++] = v;
        }
        return groups;
    }

    private Map<EdgeType, PairList> pairsByType(LabelledGraph graph) {
        int[] numberWithinLabel = new int[graph.vertexCount()];
        for (int[] group : verticesOfLabel) {
            for (int i = 0; i < group.length; i++) {
                numberWithinLabel[group[i]] = i;
            }
        }
        Map<EdgeType, PairList> pairs = new HashMap<>();
        for (int e = 0; e < graph.edgeCount(); e++) {
            int from = graph.edgeSource(e);
            int to = graph.edgeTarget(e);
            EdgeType type = new EdgeType(
                    graph.vertexLabelNumber(from),
                    EdgeKind.leaving(graph.edgeLabelNumber(e)),
                    graph.vertexLabelNumber(to));
            int u = numberWithinLabel[from];
            int v = numberWithinLabel[to];
            pairs.computeIfAbsent(type, t -> new PairList()).add(u, v);
            pairs.computeIfAbsent(type.reversed(directed), t -> new PairList()).add(v, u);
        }
        return pairs;
    }

    /** Growing list of (source, target) pairs, packed for sorting. */
    private static final class PairList {

        private long[] pairs = new long[16];
        private int size;

        void add(int source, int target) {
            if (size == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * size);
            }
            pairs[size++] = ((long) source << 32) | target;
        }

        long[] sorted() {
            long[] sorted = Arrays.copyOf(pairs, size);
            Arrays.sort(sorted);
            return sorted;
        }
    }
}
