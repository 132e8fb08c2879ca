package io.github.codnn.mining;

import java.util.Arrays;

/**
 * Removes images by cycles: the nodes of a biconnected part of the pattern can only be sent into one biconnected part
 * of the graph, which must hold at least as many vertices of each label. Arc consistency does not see this (a walk may
 * go round a short cycle for ever), and a search finds out in exponential time only.
 */
final class BlockFilter {

    private final LabelIndex index;

    BlockFilter(LabelIndex index) {
        this.index = index;
    }

    /** Filters in place; O(vertices in blocks) for each biconnected part of the pattern. */
    void filter(SmallGraph pattern, long[][] domains) {
        for (int[] part : Blocks.of(pattern.neighbour)) {
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
        for (int[] block : index.blocks()) {
            if (isLargeEnough(block, wanted)) {
                for (int vertex : block) {
                    int label = index.labelOf(vertex);
                    if (wanted[label] > 0) {
                        BitSets.add(allowed[label], vertex - index.offset(label));
                    }
                }
            }
        }
        return allowed;
    }

    private boolean isLargeEnough(int[] block, int[] wanted) {
        int[] missing = wanted.clone();
        int total = Arrays.stream(wanted).sum();
        for (int vertex : block) {
            if (missing[index.labelOf(vertex)]-- > 0) {
                total--;
            }
        }
        return total == 0;
    }
}
