package io.github.codnn.swarm;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.StageRepair;

/** A key per layer. */
final class LayerKeys implements Decoder.Decoding {

    private final int layers;
    private final int devices;
    private final boolean repaired;
    private final StageRepair repair;

    LayerKeys(Arrangement arrangement, boolean repaired) {
        layers = arrangement.layers;
        devices = arrangement.devices;
        this.repaired = repaired;
        repair = new StageRepair(arrangement);
    }

    @Override
    public int keyCount() {
        return layers;
    }

    @Override
    public void decode(double[] keys, int[] placement) {
        for (int layer = 0; layer < layers; layer++) {
            placement[layer] = (int) (keys[layer] * devices);
        }
        if (repaired) {
            repair.repair(placement);
        }
    }

    /** Tells whether {@link #decode(int[], int[])} may be used. */
    boolean fitsFixedPoint() {
        return !repaired && devices < 1 << (Integer.SIZE - 1 - KeyVelocity.KEY_BITS);
    }

    /** Decodes keys that are fixed-point numbers; a loop of vector instructions. */
    void decode(int[] keys, int[] placement) {
        int count = devices;
        for (int layer = 0; layer < placement.length; layer++) {
            placement[layer] = (keys[layer] * count) >> KeyVelocity.KEY_BITS;
        }
    }

    @Override
    public boolean encode(int[] placement, double[] keys) {
        for (int layer = 0; layer < layers; layer++) {
            keys[layer] = (placement[layer] + 0.5) / devices;
        }
        return true;
    }
}
