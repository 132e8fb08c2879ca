package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the least {@link DfsCode} of a pattern, which is its canonical code: it advances all traversals with the least
 * prefix together, edge by edge. Exponential in the worst case (as graph canonisation is), but patterns are small, and
 * twin leaves do not multiply the traversals.
 */
final class CanonicalCode {

    private final SmallGraph graph;
    private List<Traversal> traversals = new ArrayList<>();

    private CanonicalCode(SmallGraph graph) {
        this.graph = graph;
    }

    /** Whether a code is the canonical one of the pattern it describes, which has no edge before the first of it. */
    static boolean isLeast(DfsCode code, SmallGraph graph) {
        CanonicalCode least = new CanonicalCode(graph);
        least.start();
        int[] parent = new int[code.nodes()];
        parent[0] = -1;
        int newest = 1;
        for (int e = 1; e < code.edges(); e++) {
            Extension next = least.advance(newest, parent);
            if (next.from() != code.from[e]
                    || next.to() != code.to[e]
                    || next.kind() != code.kind[e]
                    || next.label() != code.label[code.to[e]]) {
                return false;
            }
            if (next.isForward()) {
                newest = next.to();
                parent[newest] = next.from();
            }
        }
        return true;
    }

    /** Canonical code of a connected pattern with the given number of edges, at least one. */
    static DfsCode codeOf(SmallGraph graph, int edges) {
        CanonicalCode least = new CanonicalCode(graph);
        DfsCode code = DfsCode.ofEdge(least.start());
        int[] parent = new int[graph.nodes()];
        parent[0] = -1;
        for (int e = 1; e < edges; e++) {
            Extension next = least.advance(code.nodes() - 1, parent);
            code = code.extended(next);
            if (next.isForward()) {
                parent[next.to()] = next.from();
            }
        }
        return code;
    }

    private EdgeType start() {
        EdgeType least = typeOf(0, 0);
        for (int v = 0; v < graph.nodes(); v++) {
            for (int x = 0; x < graph.degree(v); x++) {
                EdgeType type = typeOf(v, x);
                int order = type.compareTo(least);
                if (order < 0) {
                    traversals.clear();
                    least = type;
                }
                if (order <= 0 && graph.lowerTwin[v] < 0 && graph.lowerTwin[graph.neighbour[v][x]] < 0) {
                    traversals.add(new Traversal(graph.nodes(), v).step(graph.neighbour[v][x], 1, graph.edge[v][x]));
                }
            }
        }
        return least;
    }

    private EdgeType typeOf(int v, int x) {
        return new EdgeType(graph.label[v], graph.kind[v][x], graph.label[graph.neighbour[v][x]]);
    }

    /** Finds the least next edge over all traversals and keeps the traversals that have it. */
    private Extension advance(int newest, int[] parent) {
        Frontier frontier = new Frontier();
        for (Traversal traversal : traversals) {
            if (!addBackward(frontier, traversal, newest)) {
                addForward(frontier, traversal, newest, parent);
            }
        }
        traversals = frontier.traversals;
        return frontier.least;
    }

    /** A traversal with a remaining backward edge must use it first. Backward edges lead to ancestors only. */
    private boolean addBackward(Frontier frontier, Traversal traversal, int newest) {
        int v = traversal.nodeAt[newest];
        boolean found = false;
        for (int x = 0; x < graph.degree(v); x++) {
            int w = graph.neighbour[v][x];
            if (traversal.placeOf[w] >= 0 && !traversal.isUsed(graph.edge[v][x])) {
                found = true;
                Extension next = new Extension(newest, traversal.placeOf[w], graph.kind[v][x], graph.label[w]);
                if (frontier.accepts(next)) {
                    frontier.traversals.add(traversal.copy().use(graph.edge[v][x]));
                }
            }
        }
        return found;
    }

    private void addForward(Frontier frontier, Traversal traversal, int newest, int[] parent) {
        boolean found = false;
        for (int place = newest; place >= 0 && !found; place = parent[place]) {
            int v = traversal.nodeAt[place];
            for (int x = 0; x < graph.degree(v); x++) {
                int w = graph.neighbour[v][x];
                if (traversal.placeOf[w] < 0
                        && (graph.lowerTwin[w] < 0 || traversal.placeOf[graph.lowerTwin[w]] >= 0)) {
                    found = true;
                    Extension next = new Extension(place, newest + 1, graph.kind[v][x], graph.label[w]);
                    if (frontier.accepts(next)) {
                        frontier.traversals.add(traversal.copy().step(w, newest + 1, graph.edge[v][x]));
                    }
                }
            }
        }
    }

    /** The least next edge found so far, and the traversals that have it. */
    private static final class Frontier {

        private static final Extension NONE = new Extension(-1, 0, 0, 0);

        private Extension least = NONE;
        private final List<Traversal> traversals = new ArrayList<>();

        boolean accepts(Extension next) {
            int order = least.equals(NONE) ? -1 : next.compareInCode(least);
            if (order < 0) {
                traversals.clear();
                least = next;
            }
            return order <= 0;
        }
    }

    /** A depth-first traversal in progress. */
    private static final class Traversal {

        private final int[] nodeAt;
        private final int[] placeOf;
        private long usedEdges;

        Traversal(int nodes, int first) {
            nodeAt = new int[nodes];
            placeOf = new int[nodes];
            Arrays.fill(placeOf, -1);
            nodeAt[0] = first;
            placeOf[first] = 0;
        }

        private Traversal(Traversal other) {
            nodeAt = other.nodeAt.clone();
            placeOf = other.placeOf.clone();
            usedEdges = other.usedEdges;
        }

        Traversal copy() {
            return new Traversal(this);
        }

        Traversal step(int node, int place, int edge) {
            nodeAt[place] = node;
            placeOf[node] = place;
            return use(edge);
        }

        Traversal use(int edge) {
            usedEdges |= 1L << edge;
            return this;
        }

        boolean isUsed(int edge) {
            return ((usedEdges >>> edge) & 1) == 1;
        }
    }
}
