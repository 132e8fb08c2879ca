package io.github.codnn.dagsearch;

import io.github.codnn.optimize.StopSignal;
import java.util.Arrays;
import java.util.Optional;

/**
 * All down-sets of a network, numbered by growing size from the empty one on, with the edges that add one node and the
 * tensors that cross their ends. Takes O(M N W) time and O(M (N + W)) memory at worst for M down-sets of N nodes in W
 * words.
 */
final class DownSets {

    private static final int FIRST = 1 << 8;

    private final DagNodes nodes;
    private final int words;
    private final long[][] readers; // [tensor] nodes that read it besides the one that writes it, as bits
    private int count;
    private long[] bits = new long[0];
    private int[] slots = new int[2 * FIRST]; // number + 1, hashed
    private int[] firstEdge = new int[FIRST + 1];
    private int[] edgeNode = new int[FIRST];
    private int[] edgeTo = new int[FIRST];
    private int edges;
    private int[] firstCrossing = new int[FIRST + 1];
    private int[] crossing = new int[FIRST];
    private int crossings;

    private DownSets(DagModel model) {
        nodes = model.nodes;
        words = nodes.words();
        readers = new long[model.leastCross.length][words];
        for (int tensor = 0; tensor < readers.length; tensor++) {
            for (int node : nodes.readers(tensor)) {
                readers[tensor][node >> 6] |= 1L << node;
            }
        }
    }

    /** Lists all down-sets; nothing if there are more than a number of them or if the signal is raised. */
    static Optional<DownSets> of(DagModel model, int most, StopSignal signal) {
        DownSets sets = new DownSets(model);
        sets.number(new long[sets.words]);
        boolean goesOn = true;
        for (int set = 0; set < sets.count && goesOn; set++) {
            sets.grow(set, model.size);
            sets.findCrossing(set);
            goesOn = sets.count <= most && !signal.isRaised(model.size * sets.words);
        }
        return goesOn ? Optional.of(sets) : Optional.empty();
    }

    int count() {
        return count;
    }

    int firstEdge(int set) {
        return firstEdge[set];
    }

    int edgeNode(int edge) {
        return edgeNode[edge];
    }

    int edgeTo(int edge) {
        return edgeTo[edge];
    }

    int firstCrossing(int set) {
        return firstCrossing[set];
    }

    /** Returns a tensor that is written or given before the end of a set and read behind it. */
    int crossing(int index) {
        return crossing[index];
    }

    boolean contains(int set, int node) {
        return (bits[set * words + (node >> 6)] & 1L << node) != 0;
    }

    /** Tells whether a node of the greater set, but not of the smaller one, reads a tensor. */
    boolean isReadBetween(int tensor, int smaller, int greater) {
        boolean read = false;
        for (int word = 0; word < words && !read; word++) {
            read = (readers[tensor][word] & bits[greater * words + word] & ~bits[smaller * words + word]) != 0;
        }
        return read;
    }

    /** Writes the nodes of the greater set that are not in the smaller one, in topological order; returns the end. */
    int nodesBetween(int smaller, int greater, int[] into, int from) {
        int end = from;
        for (int word = 0; word < words; word++) {
            long more = bits[greater * words + word] & ~bits[smaller * words + word];
            for (; more != 0; more &= more - 1) {
                into[end++] = (word << 6) + Long.numberOfTrailingZeros(more);
            }
        }
        return end;
    }

    private void grow(int set, int size) {
        long[] next = new long[words];
        for (int node = 0; node < size; node++) {
            if (!contains(set, node) && isReady(set, node)) {
                System.arraycopy(bits, set * words, next, 0, words);
                next[node >> 6] |= 1L << node;
                if (edges == edgeNode.length) {
                    edgeNode = Arrays.copyOf(edgeNode, 2 * edges);
                    edgeTo = Arrays.copyOf(edgeTo, 2 * edges);
                }
                edgeNode[edges] = node;
                edgeTo[edges++] = number(next);
            }
        }
        if (set + 1 == firstEdge.length) {
            firstEdge = Arrays.copyOf(firstEdge, 2 * set + 2);
            firstCrossing = Arrays.copyOf(firstCrossing, 2 * set + 2);
        }
        firstEdge[set + 1] = edges;
    }

    private boolean isReady(int set, int node) {
        for (int before : nodes.predecessors(node)) {
            if (!contains(set, before)) {
                return false;
            }
        }
        return true;
    }

    private void findCrossing(int set) {
        for (int tensor = 0; tensor < readers.length; tensor++) {
            int writer = nodes.writer(tensor);
            boolean open = false;
            for (int word = 0; word < words && !open; word++) {
                open = (readers[tensor][word] & ~bits[set * words + word]) != 0;
            }
            if (open && (writer < 0 || contains(set, writer))) {
                if (crossings == crossing.length) {
                    crossing = Arrays.copyOf(crossing, 2 * crossings);
                }
                crossing[crossings++] = tensor;
            }
        }
        firstCrossing[set + 1] = crossings;
    }

    private int number(long[] set) {
        if (2 * count >= slots.length) {
            slots = new int[2 * slots.length];
            for (int each = 0; each < count; each++) {
                slots[slot(bits, each * words)] = each + 1;
            }
        }
        int slot = slot(set, 0);
        if (slots[slot] == 0) {
            if ((count + 1) * words > bits.length) {
                bits = Arrays.copyOf(bits, Math.max(FIRST * words, 2 * bits.length));
            }
            System.arraycopy(set, 0, bits, count * words, words);
            slots[slot] = ++count;
        }
        return slots[slot] - 1;
    }

    private int slot(long[] from, int at) {
        long hash = 0;
        for (int word = 0; word < words; word++) {
            hash = (hash ^ from[at + word]) * 0xBF58476D1CE4E5B9L;
            hash ^= hash >>> 29;
        }
        int slot = (int) (hash ^ hash >>> 32) & slots.length - 1;
        while (slots[slot] != 0
                && !Arrays.equals(bits, (slots[slot] - 1) * words, slots[slot] * words, from, at, at + words)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }
}
