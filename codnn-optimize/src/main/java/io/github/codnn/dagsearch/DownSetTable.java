package io.github.codnn.dagsearch;

/**
 * A set of pairs of down-set and count of used devices, in one flat array with linear probing. It never drops a pair;
 * when it has reached its memory limit, it ignores new ones.
 */
final class DownSetTable {

    static final int MAX_LONGS = 48_000_000; // 384 MB

    private final int maxLongs;
    private final int words;
    private final int stride;
    private long[] slots = new long[0];
    private int capacity;
    private int size;

    DownSetTable(int words, int maxLongs) {
        this.maxLongs = maxLongs;
        this.words = words;
        stride = words + 1;
        clear();
    }

    void clear() {
        capacity = 1 << 12;
        slots = new long[capacity * stride];
        size = 0;
    }

    /** Tells whether a pair is in the set; the down-set must not be empty. */
    boolean contains(long[] downSet, long used) {
        return slots[slot(downSet, used)] != 0;
    }

    void add(long[] downSet, long used) {
        int slot = slot(downSet, used);
        if (slots[slot] == 0 && size * 2 < capacity) {
            slots[slot] = used + 1;
            System.arraycopy(downSet, 0, slots, slot + 1, words);
            size++;
            if (size * 2 >= capacity && (long) slots.length * 2 <= maxLongs) {
                grow();
            }
        }
    }

    private int slot(long[] downSet, long used) {
        long hash = used * 0x9E3779B97F4A7C15L;
        for (int word = 0; word < words; word++) {
            hash = (hash ^ downSet[word]) * 0xBF58476D1CE4E5B9L;
            hash ^= hash >>> 29;
        }
        int index = (int) (hash ^ hash >>> 32) & capacity - 1;
        while (slots[index * stride] != 0 && !isAt(index * stride, downSet, used)) {
            index = index + 1 & capacity - 1;
        }
        return index * stride;
    }

    private boolean isAt(int slot, long[] downSet, long used) {
        if (slots[slot] != used + 1) {
            return false;
        }
        for (int word = 0; word < words; word++) {
            if (slots[slot + 1 + word] != downSet[word]) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        long[] old = slots;
        capacity *= 2;
        slots = new long[capacity * stride];
        long[] downSet = new long[words];
        for (int slot = 0; slot < old.length; slot += stride) {
            if (old[slot] != 0) {
                System.arraycopy(old, slot + 1, downSet, 0, words);
                int place = slot(downSet, old[slot] - 1);
                System.arraycopy(old, slot, slots, place, stride);
            }
        }
    }
}
