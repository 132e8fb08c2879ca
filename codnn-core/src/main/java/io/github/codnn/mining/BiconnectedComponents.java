package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.List;

/**
 * Biconnected components of at least three nodes, ignoring direction and parallel edges, by Tarjan's algorithm (SIAM
 * Journal on Computing 1(2), 1972) without recursion: O(V + E).
 */
final class BiconnectedComponents {

    private final int[][] neighbour;
    private final int[] found;
    private final int[] low;
    private final int[] nextEdge;
    private final IntList path = new IntList();
    private final IntList open = new IntList();
    private final List<int[]> components = new ArrayList<>();
    private int time;

    private BiconnectedComponents(int[][] neighbour) {
        this.neighbour = neighbour;
        this.found = new int[neighbour.length];
        this.low = new int[neighbour.length];
        this.nextEdge = new int[neighbour.length];
    }

    /** Node sets of the components of a graph given by neighbour rows; articulation nodes are in several. */
    static List<int[]> of(int[][] neighbour) {
        BiconnectedComponents search = new BiconnectedComponents(neighbour);
        for (int v = 0; v < neighbour.length; v++) {
            if (search.found[v] == 0) {
                search.traverse(v);
            }
        }
        return search.components;
    }

    private void traverse(int root) {
        enter(root);
        while (!path.isEmpty()) {
            int v = path.last();
            if (nextEdge[v] < neighbour[v].length) {
                int w = neighbour[v][nextEdge[v]++];
                if (found[w] == 0) {
                    enter(w);
                } else {
                    low[v] = Math.min(low[v], found[w]);
                }
            } else {
                path.removeLast();
                if (!path.isEmpty()) {
                    leave(v, path.last());
                }
            }
        }
        open.removeLast();
    }

    private void enter(int v) {
        found[v] = ++time;
        low[v] = time;
        path.add(v);
        open.add(v);
    }

    private void leave(int v, int parent) {
        low[parent] = Math.min(low[parent], low[v]);
        if (low[v] < found[parent]) {
            return;
        }
        // No node below v reaches above the parent: the open nodes down to v and the parent form a component.
        IntList component = new IntList();
        component.add(parent);
        int node;
        do {
            node = open.removeLast();
            component.add(node);
        } while (node != v);
        if (component.size() > 2) {
            components.add(component.toArray());
        }
    }
}
