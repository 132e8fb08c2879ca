package io.github.codnn.dagsearch;

import java.util.Arrays;

/**
 * Labels of a {@link SuffixSearch} in flat arrays. A label belongs to a cell: a down-set and the devices that run the
 * nodes outside of it. It has a value, figures that add up, and a count for each shared tensor of the down-set; a label
 * that is not less in any of them than another one of its cell is dropped. Not thread-safe.
 */
final class SuffixTable {

    private static final int MAX_BYTES =
            160_000_000; // arrays grow by a factor of two, so that they take twice as much at most
    private static final int FIRST = 1 << 10;
    private static final int AT_MOST = 1; // bits of an order
    private static final int AT_LEAST = 2;

    private final int words;
    private final int sums;
    private final int[] firstOfSize; // [nodes] newest down-set of that size, -1
    private long[] sets = new long[0];
    private int[] nextOfSize = new int[0]; // [set]
    private int[] firstCell = new int[0]; // [set]
    private int[] setSlots = new int[0]; // number + 1, hashed
    private int setCount;
    private int[] cellSet = new int[0];
    private int[] cellUsed = new int[0];
    private int[] nextCell = new int[0]; // of the same down-set, -1
    private int[] firstLabel = new int[0]; // [cell]
    private int[] cellSlots = new int[0]; // number + 1, hashed
    private int cellCount;
    private double[] values = new double[0]; // [label]
    private double[] sumsOf = new double[0]; // [label * sums]
    private int[] parents = new int[0];
    private int[] cells = new int[0];
    private int[] classes = new int[0];
    private int[] nextLabel = new int[0]; // of the same cell, -1
    private int[] countsAt = new int[0];
    private int labelCount;
    private byte[] counts = new byte[0];
    private int countsEnd;

    SuffixTable(int words, int nodes, int sums) {
        this.words = words;
        this.sums = sums;
        firstOfSize = new int[nodes + 1];
    }

    /** Forgets all, and gives the memory back. */
    void clear() {
        Arrays.fill(firstOfSize, -1);
        setCount = 0;
        cellCount = 0;
        labelCount = 0;
        countsEnd = 0;
        setSlots = new int[2 * FIRST];
        cellSlots = new int[2 * FIRST];
        growSets(FIRST);
        growCells(FIRST);
        growLabels(FIRST);
        counts = new byte[FIRST];
    }

    /** Tells whether the table has reached its limit of memory. */
    boolean isFull() {
        return bytes() > MAX_BYTES;
    }

    /** Returns about how many bytes the table takes. */
    long bytes() {
        return 8L * sets.length
                + 8L * nextOfSize.length
                + 4L * (setSlots.length + cellSlots.length)
                + 16L * cellSet.length
                + (28L + 8L * sums) * values.length
                + counts.length;
    }

    private void growSets(int capacity) {
        sets = Arrays.copyOf(sets, capacity * words);
        nextOfSize = Arrays.copyOf(nextOfSize, capacity);
        firstCell = Arrays.copyOf(firstCell, capacity);
    }

    private void growCells(int capacity) {
        cellSet = Arrays.copyOf(cellSet, capacity);
        cellUsed = Arrays.copyOf(cellUsed, capacity);
        nextCell = Arrays.copyOf(nextCell, capacity);
        firstLabel = Arrays.copyOf(firstLabel, capacity);
    }

    private void growLabels(int capacity) {
        values = Arrays.copyOf(values, capacity);
        sumsOf = Arrays.copyOf(sumsOf, capacity * sums);
        parents = Arrays.copyOf(parents, capacity);
        cells = Arrays.copyOf(cells, capacity);
        classes = Arrays.copyOf(classes, capacity);
        nextLabel = Arrays.copyOf(nextLabel, capacity);
        countsAt = Arrays.copyOf(countsAt, capacity);
    }

    /** Returns the number of a down-set, or -1 if the table does not have it. */
    int find(long[] bits) {
        return setSlots[setSlot(bits, 0)] - 1;
    }

    /** Returns the number of a down-set with this many nodes, and adds it if it is new. */
    int set(long[] bits, int size) {
        int slot = setSlot(bits, 0);
        if (setSlots[slot] > 0) {
            return setSlots[slot] - 1;
        }
        if (setCount == nextOfSize.length) {
            growSets(2 * setCount);
            setSlots = new int[4 * setCount];
            for (int set = 0; set < setCount; set++) {
                setSlots[setSlot(sets, set * words)] = set + 1;
            }
            slot = setSlot(bits, 0);
        }
        System.arraycopy(bits, 0, sets, setCount * words, words);
        nextOfSize[setCount] = firstOfSize[size];
        firstOfSize[size] = setCount;
        firstCell[setCount] = -1;
        setSlots[slot] = setCount + 1;
        return setCount++;
    }

    private int setSlot(long[] bits, int at) {
        long hash = 0;
        for (int word = 0; word < words; word++) {
            hash = (hash ^ bits[at + word]) * 0xBF58476D1CE4E5B9L;
            hash ^= hash >>> 29;
        }
        int slot = (int) (hash ^ hash >>> 32) & setSlots.length - 1;
        while (setSlots[slot] > 0 && !isAt((setSlots[slot] - 1) * words, bits, at)) {
            slot = slot + 1 & setSlots.length - 1;
        }
        return slot;
    }

    private boolean isAt(int own, long[] bits, int at) {
        for (int word = 0; word < words; word++) {
            if (sets[own + word] != bits[at + word]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number of the cell of a down-set and used devices, and adds it if it is new. */
    int cell(int set, int used) {
        int slot = cellSlot(set, used);
        if (cellSlots[slot] > 0) {
            return cellSlots[slot] - 1;
        }
        if (cellCount == cellSet.length) {
            growCells(2 * cellCount);
            cellSlots = new int[4 * cellCount];
            for (int cell = 0; cell < cellCount; cell++) {
                cellSlots[cellSlot(cellSet[cell], cellUsed[cell])] = cell + 1;
            }
            slot = cellSlot(set, used);
        }
        cellSet[cellCount] = set;
        cellUsed[cellCount] = used;
        nextCell[cellCount] = firstCell[set];
        firstCell[set] = cellCount;
        firstLabel[cellCount] = -1;
        cellSlots[slot] = cellCount + 1;
        return cellCount++;
    }

    private int cellSlot(int set, int used) {
        long hash = (set * 0x9E3779B97F4A7C15L ^ used) * 0xBF58476D1CE4E5B9L;
        int slot = (int) (hash ^ hash >>> 32) & cellSlots.length - 1;
        while (cellSlots[slot] > 0 && (cellSet[cellSlots[slot] - 1] != set || cellUsed[cellSlots[slot] - 1] != used)) {
            slot = slot + 1 & cellSlots.length - 1;
        }
        return slot;
    }

    /**
     * Adds a label, and drops those that it is at most as great as.
     *
     * @param to its cell
     * @param value its value
     * @param ofSums its sums
     * @param ofCounts its counts, one for each shared tensor of the down-set
     * @param length the number of shared tensors
     * @param parent the label of the larger down-set that it comes from, -1 for the first one
     * @param deviceClass the class of the device that runs the nodes between
     */
    void add(int to, double value, double[] ofSums, byte[] ofCounts, int length, int parent, int deviceClass) {
        int before = -1;
        for (int label = firstLabel[to]; label >= 0; label = nextLabel[label]) {
            int order = order(label, value, ofSums, ofCounts, length);
            if ((order & AT_MOST) != 0) {
                return;
            }
            if ((order & AT_LEAST) != 0) {
                unlink(to, before, label);
            } else {
                before = label;
            }
        }
        append(to, value, ofSums, ofCounts, length);
        parents[labelCount - 1] = parent;
        classes[labelCount - 1] = deviceClass;
    }

    private void append(int to, double value, double[] ofSums, byte[] ofCounts, int length) {
        if (labelCount == values.length) {
            growLabels(2 * labelCount);
        }
        if (countsEnd + length > counts.length) {
            counts = Arrays.copyOf(counts, 2 * counts.length + length);
        }
        System.arraycopy(ofCounts, 0, counts, countsEnd, length);
        System.arraycopy(ofSums, 0, sumsOf, labelCount * sums, sums);
        values[labelCount] = value;
        cells[labelCount] = to;
        countsAt[labelCount] = countsEnd;
        countsEnd += length;
        nextLabel[labelCount] = firstLabel[to];
        firstLabel[to] = labelCount++;
    }

    private void unlink(int from, int before, int label) {
        if (before < 0) {
            firstLabel[from] = nextLabel[label];
        } else {
            nextLabel[before] = nextLabel[label];
        }
    }

    /** Tells whether a label is at most, or at least, as great in its value, in each sum and in each count. */
    private int order(int label, double value, double[] ofSums, byte[] ofCounts, int length) {
        int order = order(values[label], value);
        for (int sum = 0; sum < sums && order != 0; sum++) {
            order &= order(sumsOf[label * sums + sum], ofSums[sum]);
        }
        for (int index = 0; index < length && order != 0; index++) {
            order &= order(counts[countsAt[label] + index], ofCounts[index]);
        }
        return order;
    }

    private static int order(double one, double other) {
        return (one <= other ? AT_MOST : 0) | (one >= other ? AT_LEAST : 0);
    }

    int firstOfSize(int size) {
        return firstOfSize[size];
    }

    int nextOfSize(int set) {
        return nextOfSize[set];
    }

    /** Copies the bits of a down-set. */
    void read(int set, long[] bits) {
        System.arraycopy(sets, set * words, bits, 0, words);
    }

    int firstCell(int set) {
        return firstCell[set];
    }

    int nextCell(int cell) {
        return nextCell[cell];
    }

    int firstLabel(int cell) {
        return firstLabel[cell];
    }

    int nextLabel(int label) {
        return nextLabel[label];
    }

    int usedOf(int cell) {
        return cellUsed[cell];
    }

    int cellOf(int label) {
        return cells[label];
    }

    int setOf(int label) {
        return cellSet[cells[label]];
    }

    double value(int label) {
        return values[label];
    }

    double sum(int label, int index) {
        return sumsOf[label * sums + index];
    }

    byte count(int label, int index) {
        return counts[countsAt[label] + index];
    }

    int parent(int label) {
        return parents[label];
    }

    int deviceClass(int label) {
        return classes[label];
    }
}
