package io.github.codnn.mining;

import java.util.Arrays;

/**
 * Stores failures of an {@link EmbeddingSearch}, so that it proves none twice.
 *
 * <p>A nogood is a set of images of the nodes adjacent to later nodes, and a set of vertices occupied by any earlier
 * nodes, with which the search cannot be completed from this depth. The second part is a set of vertices, not an
 * assignment, so that all orders of the same vertices share one nogood. This makes long paths of one label tractable,
 * for which backjumping does not help. Nogoods stay valid while domains shrink.
 */
final class NogoodStore {

    private static final int BUCKET_BITS = 12;
    private static final int MAX_INTS = 1 << 20;
    private static final int MAX_MASKS = 4;
    private static final int NONE = -1;

    private final PatternShape shape;
    private final int[] bucket = new int[1 << BUCKET_BITS];

    /** Sets of anchors that occur in nogoods, for each depth. */
    private final long[][] masks;

    // Layout of a record: next record of the bucket, then the fields below, last the images of the anchors and the
    // vertices that must be occupied.
    private static final int DEPTH = 1;
    private static final int MASK = 2;
    private static final int TAKEN_HASH = 4;
    private static final int BLOCKED_COUNT = 6;
    private static final int IMAGES = 7;

    private int[] records = new int[1 << 10];

    private int size;
    private long blockers;

    NogoodStore(PatternShape shape) {
        this.shape = shape;
        this.masks = new long[shape.nodes()][0];
        Arrays.fill(bucket, NONE);
    }

    /** Hash of a vertex for subset tests: a set can be a subset of another only if its hash is. */
    static long hash(int vertex) {
        return 1L << ((vertex * 0x9E3779B9) >>> 26);
    }

    /**
     * Anchors of a nogood that applies, or 0.
     *
     * @param takenHash union of {@link #hash} over these images
     */
    long lookUp(SearchOrder.Step step, int[] image, long takenHash) {
        for (long mask : masks[step.depth]) {
            for (int at = bucket[bucketOf(step.depth, mask, image)]; at != NONE; at = records[at]) {
                if ((word(at + TAKEN_HASH) & ~takenHash) == 0
                        && records[at + DEPTH] == step.depth
                        && word(at + MASK) == mask
                        && haveSameImages(at, mask, image)
                        && areTaken(at, mask, step.earlier, image)) {
                    return mask;
                }
            }
        }
        return 0;
    }

    /** After a hit, the nodes that occupy the vertices of the nogood. */
    long blockers() {
        return blockers;
    }

    void add(SearchOrder.Step step, int[] image, long anchors, long blocked) {
        if (!registerMask(step.depth, anchors)) {
            return;
        }
        int length = IMAGES + Long.bitCount(anchors) + Long.bitCount(blocked);
        if (size + length > records.length) {
            makeRoom();
        }
        int b = bucketOf(step.depth, anchors, image);
        records[size] = bucket[b];
        bucket[b] = size;
        records[size + DEPTH] = step.depth;
        putWord(size + MASK, anchors);
        records[size + BLOCKED_COUNT] = Long.bitCount(blocked);
        int next = size + IMAGES;
        for (long rest = anchors; rest != 0; rest &= rest - 1) {
            records[next++] = image[Long.numberOfTrailingZeros(rest)];
        }
        long hash = 0;
        for (long rest = blocked; rest != 0; rest &= rest - 1) {
            int vertex = vertex(Long.numberOfTrailingZeros(rest), image);
            records[next++] = vertex;
            hash |= hash(vertex);
        }
        putWord(size + TAKEN_HASH, hash);
        size = next;
    }

    /** A depth has few different sets of anchors; nogoods of further sets are not stored. */
    private boolean registerMask(int depth, long anchors) {
        for (long mask : masks[depth]) {
            if (mask == anchors) {
                return true;
            }
        }
        int known = masks[depth].length;
        if (known == MAX_MASKS) {
            return false;
        }
        masks[depth] = Arrays.copyOf(masks[depth], known + 1);
        masks[depth][known] = anchors;
        return true;
    }

    /** Enlarges the store; at the limit it deletes all nogoods, which costs time but no memory. */
    private void makeRoom() {
        if (records.length < MAX_INTS) {
            records = Arrays.copyOf(records, 2 * records.length);
        } else {
            Arrays.fill(bucket, NONE);
            size = 0;
        }
    }

    private boolean haveSameImages(int at, long mask, int[] image) {
        int next = at + IMAGES;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            if (records[next++] != image[Long.numberOfTrailingZeros(rest)]) {
                return false;
            }
        }
        return true;
    }

    private boolean areTaken(int at, long mask, long earlier, int[] image) {
        int first = at + IMAGES + Long.bitCount(mask);
        long holders = 0;
        for (int i = first; i < first + records[at + BLOCKED_COUNT]; i++) {
            int holder = holder(records[i], earlier, image);
            if (holder == NONE) {
                return false;
            }
            holders |= 1L << holder;
        }
        blockers = holders;
        return true;
    }

    private int holder(int vertex, long earlier, int[] image) {
        for (long rest = earlier; rest != 0; rest &= rest - 1) {
            int node = Long.numberOfTrailingZeros(rest);
            if (vertex(node, image) == vertex) {
                return node;
            }
        }
        return NONE;
    }

    private int vertex(int node, int[] image) {
        return image[node] + shape.offset[node];
    }

    private int bucketOf(int depth, long mask, int[] image) {
        int hash = depth;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            hash = hash * 31 + image[Long.numberOfTrailingZeros(rest)];
        }
        return (hash * 0x9E3779B9) >>> (32 - BUCKET_BITS);
    }

    private long word(int at) {
        return ((long) records[at] << 32) | (records[at + 1] & 0xFFFFFFFFL);
    }

    private void putWord(int at, long word) {
        records[at] = (int) (word >>> 32);
        records[at + 1] = (int) word;
    }
}
