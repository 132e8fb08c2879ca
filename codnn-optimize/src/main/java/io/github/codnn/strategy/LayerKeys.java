package io.github.codnn.strategy;

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

    @Override
    public boolean encode(int[] placement, double[] keys) {
        for (int layer = 0; layer < layers; layer++) {
            keys[layer] = (placement[layer] + 0.5) / devices;
        }
        return true;
    }
}
