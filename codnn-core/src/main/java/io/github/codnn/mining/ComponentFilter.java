package io.github.codnn.mining;

import java.util.Arrays;

/**
 * Removes images that cannot lie on the required cycles: the nodes of a biconnected component of the pattern map into
 * one biconnected component of the graph, which must have at least as many vertices of each label. Arc consistency
 * cannot detect this, because a path may repeat a short cycle, and a search needs exponential time to detect it.
 */
final class ComponentFilter {

    private final LabelIndex index;

    ComponentFilter(LabelIndex index) {
        this.index = index;
    }

    /** Filters in place; O(vertices in components) for each biconnected component of the pattern. */
    void filter(SmallGraph pattern, long[][] domains) {
        for (int[] part : BiconnectedComponents.of(pattern.neighbour)) {
            int[] wanted = new int[index.labels()];
            for (int node : part) {
                wanted[pattern.label[node]]++;
            }
            long[][] allowed = allowed(wanted);
            for (int node : part) {
                BitSets.retainAll(domains[node], allowed[pattern.label[node]]);
            }
        }
    }

    private long[][] allowed(int[] wanted) {
        long[][] allowed = new long[wanted.length][];
        for (int label = 0; label < wanted.length; label++) {
            allowed[label] = wanted[label] > 0 ? BitSets.empty(index.count(label)) : new long[0];
        }
        for (int[] component : index.components()) {
            if (isLargeEnough(component, wanted)) {
                for (int vertex : component) {
                    int label = index.labelOf(vertex);
                    if (wanted[label] > 0) {
                        BitSets.add(allowed[label], vertex - index.offset(label));
                    }
                }
            }
        }
        return allowed;
    }

    private boolean isLargeEnough(int[] component, int[] wanted) {
        int[] missing = wanted.clone();
        int total = Arrays.stream(wanted).sum();
        for (int vertex : component) {
            if (missing[index.labelOf(vertex)]-- > 0) {
                total--;
            }
        }
        return total == 0;
    }
}
