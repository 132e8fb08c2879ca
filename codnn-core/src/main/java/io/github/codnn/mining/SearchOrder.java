package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which a search from one node visits the others. The next node is a neighbour of the visited ones: first
 * by most edges to them, then by fewest possible images (as a power of two), then by adjacency to the latest one. Few
 * images first detects early that a cycle cannot close. Completing one branch before the next keeps few nodes open, so
 * that the {@link NogoodStore} matches more dead ends.
 */
final class SearchOrder {

    /** How to place each node after the root; entry 0 is not used. */
    final Step[] steps;

    private final PatternShape shape;

    /** Depth of each visited node, -1 for the others. */
    private final int[] depthOf;

    SearchOrder(PatternShape shape, long[][] domains, int root) {
        this.shape = shape;
        steps = new Step[shape.nodes()];
        depthOf = new int[steps.length];
        int[] size = new int[steps.length];
        for (int v = 0; v < size.length; v++) {
            depthOf[v] = -1;
            size[v] = BitSets.size(domains[v]);
        }
        depthOf[root] = 0;
        long visited = 1L << root;
        for (int depth = 1; depth < steps.length; depth++) {
            int node = next(size);
            steps[depth] = step(depth, node, visited);
            depthOf[node] = depth;
            visited |= 1L << node;
        }
    }

    private int next(int[] size) {
        int best = -1;
        for (int v = 0; v < steps.length; v++) {
            if (depthOf[v] < 0 && latest(v) >= 0 && (best < 0 || isBefore(v, best, size))) {
                best = v;
            }
        }
        return best;
    }

    private boolean isBefore(int v, int w, int[] size) {
        if (visitedEdges(v) != visitedEdges(w)) {
            return visitedEdges(v) > visitedEdges(w);
        }
        if (magnitude(size[v]) != magnitude(size[w])) {
            return size[v] < size[w];
        }
        return latest(v) != latest(w) ? latest(v) > latest(w) : size[v] < size[w];
    }

    /** Small differences in size must not make the search switch between branches. */
    private static int magnitude(int size) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(size);
    }

    private int visitedEdges(int v) {
        int edges = 0;
        for (int neighbour : shape.graph.neighbour[v]) {
            edges += depthOf[neighbour] >= 0 ? 1 : 0;
        }
        return edges;
    }

    /** Depth of the latest visited neighbour, or -1. */
    private int latest(int v) {
        int latest = -1;
        for (int neighbour : shape.graph.neighbour[v]) {
            latest = Math.max(latest, depthOf[neighbour]);
        }
        return latest;
    }

    private Step step(int depth, int node, long visited) {
        List<Integer> ends = new ArrayList<>();
        List<Relation> relations = new ArrayList<>();
        IntList rivals = new IntList();
        for (int v = 0; v < steps.length; v++) {
            if (depthOf[v] < 0) {
                continue;
            }
            if (shape.graph.label[v] == shape.graph.label[node]) {
                rivals.add(v);
            }
            for (int x = 0; x < shape.graph.degree(v); x++) {
                if (shape.graph.neighbour[v][x] == node) {
                    ends.add(v);
                    relations.add(shape.relation[v][x]);
                }
            }
        }
        return new Step(depth, node, visited, new Edges(ends, relations), rivals.toArray());
    }

    /** Edges to earlier nodes: each node and the relation from its images. */
    private record Edges(List<Integer> ends, List<Relation> relations) {}

    /** How to place one node. */
    static final class Step {

        final int depth;
        final int node;

        /** Bit set of the nodes placed before. */
        final long earlier;

        /** Candidates are the neighbours of the image of this earlier node ... */
        final int anchor;

        /** ... along this relation. */
        final Relation via;

        /** Further edges to earlier nodes, to be checked. */
        final int[] checkNodes;

        final Relation[] checks;

        /** Earlier nodes of the same label, whose images are occupied. */
        final int[] rivals;

        private Step(int depth, int node, long earlier, Edges edges, int[] rivals) {
            this.depth = depth;
            this.node = node;
            this.earlier = earlier;
            this.anchor = edges.ends.get(0);
            this.via = edges.relations.get(0);
            this.checkNodes =
                    edges.ends.stream().skip(1).mapToInt(Integer::intValue).toArray();
            this.checks = edges.relations.stream().skip(1).toArray(Relation[]::new);
            this.rivals = rivals;
        }
    }
}
