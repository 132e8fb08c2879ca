package io.github.codnn.mining;

import java.util.Arrays;

/**
 * Sets of vertices of one label as bare {@code long[]}: the innermost loops copy, intersect and iterate over domains,
 * and {@link java.util.BitSet} costs a range check and a call for each bit.
 */
final class BitSets {

    private BitSets() {}

    static long[] full(int size) {
        long[] words = new long[(size + 63) >>> 6];
        Arrays.fill(words, -1L);
        if ((size & 63) != 0) {
            words[words.length - 1] = (1L << size) - 1;
        }
        return words;
    }

    static long[] empty(int size) {
        return new long[(size + 63) >>> 6];
    }

    static boolean contains(long[] set, int element) {
        return ((set[element >> 6] >>> element) & 1) == 1;
    }

    static void add(long[] set, int element) {
        set[element >> 6] |= 1L << element;
    }

    static void remove(long[] set, int element) {
        set[element >> 6] &= ~(1L << element);
    }

    /** Intersects in place; returns whether an element was removed. */
    static boolean retainAll(long[] set, long[] other) {
        long removed = 0;
        for (int w = 0; w < set.length; w++) {
            removed |= set[w] & ~other[w];
            set[w] &= other[w];
        }
        return removed != 0;
    }

    static int size(long[] set) {
        int size = 0;
        for (long word : set) {
            size += Long.bitCount(word);
        }
        return size;
    }

    /** Elements of {@code set} that are not in {@code other}, ascending. */
    static int[] difference(long[] set, long[] other) {
        int size = 0;
        for (int w = 0; w < set.length; w++) {
            size += Long.bitCount(set[w] & ~other[w]);
        }
        int[] elements = new int[size];
        int next = 0;
        for (int w = 0; w < set.length; w++) {
            for (long word = set[w] & ~other[w]; word != 0; word &= word - 1) {
                elements[next++] = (w << 6) | Long.numberOfTrailingZeros(word);
            }
        }
        return elements;
    }

    static long[][] copy(long[][] sets) {
        long[][] copy = sets.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = sets[i].clone();
        }
        return copy;
    }
}
