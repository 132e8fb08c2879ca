package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Minimum-image support by definition, sharing no code with the miner: takes every connected set of edges of the graph,
 * groups these by isomorphism, and collects the images of each node over all isomorphisms onto all members of the
 * group.
 */
final class BruteForceMiner {

    private final LabelledGraph graph;
    private final int maxEdges;

    BruteForceMiner(LabelledGraph graph, int maxEdges) {
        this.graph = graph;
        this.maxEdges = maxEdges;
    }

    /** Canonical code to support; fails if two patterns that are not isomorphic have the same code. */
    Map<String, Integer> mine(int minSupport) {
        Map<String, Integer> frequent = new LinkedHashMap<>();
        for (Group group : groups()) {
            int support = group.support();
            if (support >= minSupport
                    && frequent.put(group.representative.pattern().code(), support) != null) {
                throw new AssertionError("one code for two patterns: "
                        + group.representative.pattern().code());
            }
        }
        return frequent;
    }

    private List<Group> groups() {
        Map<String, List<Group>> byInvariant = new LinkedHashMap<>();
        for (Set<Integer> edges : connectedEdgeSets()) {
            Sub sub = new Sub(List.copyOf(edges));
            List<Group> similar = byInvariant.computeIfAbsent(sub.invariant(), key -> new ArrayList<>());
            if (similar.stream().noneMatch(group -> group.add(sub))) {
                Group group = new Group(sub);
                group.add(sub);
                similar.add(group);
            }
        }
        return byInvariant.values().stream().flatMap(List::stream).toList();
    }

    private Set<Set<Integer>> connectedEdgeSets() {
        Set<Set<Integer>> all = new HashSet<>();
        Set<Set<Integer>> level = new HashSet<>();
        for (int e = 0; e < graph.edgeCount(); e++) {
            level.add(Set.of(e));
        }
        for (int size = 1; size <= maxEdges; size++) {
            all.addAll(level);
            Set<Set<Integer>> next = new HashSet<>();
            for (Set<Integer> edges : level) {
                for (int e = 0; e < graph.edgeCount(); e++) {
                    int edge = e;
                    if (!edges.contains(e) && edges.stream().anyMatch(other -> touch(edge, other))) {
                        Set<Integer> larger = new TreeSet<>(edges);
                        larger.add(e);
                        next.add(larger);
                    }
                }
            }
            level = next;
        }
        return all;
    }

    private boolean touch(int e, int f) {
        return graph.edgeSource(e) == graph.edgeSource(f)
                || graph.edgeSource(e) == graph.edgeTarget(f)
                || graph.edgeTarget(e) == graph.edgeSource(f)
                || graph.edgeTarget(e) == graph.edgeTarget(f);
    }

    /** Edge sets that are isomorphic to the first of them. */
    private static final class Group {

        private final Sub representative;
        private final List<Set<Integer>> images = new ArrayList<>();

        Group(Sub representative) {
            this.representative = representative;
            representative.vertices.forEach(v -> images.add(new HashSet<>()));
        }

        boolean add(Sub other) {
            return representative.mapOnto(other, new ArrayList<>(), images);
        }

        int support() {
            return images.stream().mapToInt(Set::size).min().orElseThrow();
        }
    }

    /** The subgraph made of some edges. */
    private final class Sub {

        private final List<Integer> edges;
        private final List<Integer> vertices;
        private final Map<Integer, String> looks = new HashMap<>();

        Sub(List<Integer> edges) {
            this.edges = edges;
            this.vertices = edges.stream()
                    .flatMap(e -> List.of(graph.edgeSource(e), graph.edgeTarget(e)).stream())
                    .distinct()
                    .sorted()
                    .toList();
            vertices.forEach(v -> looks.put(v, look(v)));
        }

        String invariant() {
            return vertices.stream().map(looks::get).sorted().collect(Collectors.joining(" "));
        }

        /** Label and degree: isomorphisms keep both. */
        private String look(int vertex) {
            return graph.vertexLabel(vertex) + "/"
                    + edges.stream()
                            .filter(e -> graph.edgeSource(e) == vertex || graph.edgeTarget(e) == vertex)
                            .count();
        }

        Pattern pattern() {
            return Pattern.of(
                    graph.isDirected(),
                    vertices.stream().map(graph::vertexLabel).toList(),
                    edges.stream()
                            .map(e -> new Pattern.Edge(
                                    vertices.indexOf(graph.edgeSource(e)),
                                    vertices.indexOf(graph.edgeTarget(e)),
                                    graph.edgeLabel(e)))
                            .toList());
        }

        /** Tries all bijections that keep labels and degrees; adds the images of those that carry edges to edges. */
        boolean mapOnto(Sub other, List<Integer> chosen, List<Set<Integer>> images) {
            if (chosen.size() == vertices.size()) {
                if (!carriesEdges(other, chosen)) {
                    return false;
                }
                for (int i = 0; i < chosen.size(); i++) {
                    images.get(i).add(chosen.get(i));
                }
                return true;
            }
            boolean any = false;
            String look = looks.getOrDefault(vertices.get(chosen.size()), "");
            for (int candidate : other.vertices) {
                if (!chosen.contains(candidate) && look.equals(other.looks.get(candidate))) {
                    chosen.add(candidate);
                    any |= mapOnto(other, chosen, images);
                    chosen.remove(chosen.size() - 1);
                }
            }
            return any;
        }

        private boolean carriesEdges(Sub other, List<Integer> chosen) {
            return edges.stream().allMatch(e -> {
                int from = chosen.get(vertices.indexOf(graph.edgeSource(e)));
                int to = chosen.get(vertices.indexOf(graph.edgeTarget(e)));
                return other.edges.stream().anyMatch(f -> isEdge(f, from, to, graph.edgeLabel(e)));
            });
        }

        private boolean isEdge(int edge, int from, int to, String label) {
            boolean forward = graph.edgeSource(edge) == from && graph.edgeTarget(edge) == to;
            boolean backward = !graph.isDirected() && graph.edgeSource(edge) == to && graph.edgeTarget(edge) == from;
            return graph.edgeLabel(edge).equals(label) && (forward || backward);
        }
    }
}
