package io.github.codnn.costsearch;

import java.util.Arrays;

/** Checks that the devices of a block form no cycle and that colocated layers are together. Not thread-safe. */
final class StageOrder {

    private final CostModel model;
    private final Wiring wiring;
    private final long[] feeds; // [device] the devices that it sends to, as bits

    StageOrder(CostModel model, Wiring wiring) {
        this.model = model;
        this.wiring = wiring;
        feeds = new long[model.devices];
    }

    /** Tells whether the rules allow the placement of a block after a layer on some device. */
    boolean allows(Block block, int in, int[] placement) {
        long used = 0;
        for (int layer = block.first; layer < block.end; layer++) {
            int group = model.compiled.colocated(layer);
            if (group >= 0 && placement[group] != placement[layer]) {
                return false;
            }
            used |= 1L << placement[layer];
        }
        return Long.bitCount(used) <= model.maxDevices && (!model.oneStage || isOrdered(block, in, placement));
    }

    private boolean isOrdered(Block block, int in, int[] placement) {
        Arrays.fill(feeds, 0);
        for (int layer = block.first; layer < block.end; layer++) {
            for (int tensor : wiring.inputs[layer]) {
                int producer = model.compiled.producer(tensor);
                int from = producer < block.first ? in : placement[producer];
                if (producer >= 0 && from != placement[layer]) {
                    feeds[from] |= 1L << placement[layer];
                }
            }
        }
        long left = ~0L;
        boolean found = true;
        while (found) {
            found = false;
            for (int device = 0; device < feeds.length; device++) {
                if ((left >> device & 1) != 0 && (feeds[device] & left) == 0) {
                    left &= ~(1L << device);
                    found = true;
                }
            }
        }
        return (left & ((1L << model.devices) - 1)) == 0;
    }
}
