package io.github.codnn.swarm;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.StageRepair;
import java.util.Arrays;

/** For each task the keys of the devices' order, then those of the cuts. */
final class OrderKeys implements Decoder.Decoding {

    private final Arrangement arrangement;
    private final int devices;
    private final int cutCount;
    private final StageRepair repair;
    private final int[] order;
    private final double[] cuts;
    private final boolean[] used;

    OrderKeys(Arrangement arrangement) {
        this.arrangement = arrangement;
        devices = arrangement.devices;
        int most = Arrays.stream(arrangement.maxStages).max().orElse(1);
        cutCount = most - 1;
        repair = new StageRepair(arrangement);
        order = new int[devices];
        cuts = new double[cutCount];
        used = new boolean[devices];
    }

    @Override
    public int keyCount() {
        return arrangement.maxStages.length * (devices + cutCount);
    }

    @Override
    public void decode(double[] keys, int[] placement) {
        for (int task = 0; task < arrangement.maxStages.length; task++) {
            decodeTask(task, keys, placement);
        }
        repair.repair(placement);
    }

    private void decodeTask(int task, double[] keys, int[] placement) {
        int firstKey = task * (devices + cutCount);
        DeviceOrder.sort(keys, firstKey, order);
        System.arraycopy(keys, firstKey + devices, cuts, 0, cutCount);
        Arrays.sort(cuts);
        int first = arrangement.firstLayer(task);
        int length = arrangement.endLayer(task) - first;
        int layer = 0;
        int stage = 0;
        for (; stage < cutCount; stage++) {
            int end = (int) (cuts[stage] * (length + 1));
            for (; layer < end; layer++) {
                placement[first + layer] = order[stage];
            }
        }
        for (; layer < length; layer++) {
            placement[first + layer] = order[stage];
        }
    }

    @Override
    public boolean encode(int[] placement, double[] keys) {
        for (int task = 0; task < arrangement.maxStages.length; task++) {
            encodeTask(task, placement, keys);
        }
        return true;
    }

    /** Ranks stages in the order in which they begin, and unused devices after them. */
    private void encodeTask(int task, int[] placement, double[] keys) {
        Arrays.fill(used, false);
        int firstKey = task * (devices + cutCount);
        int first = arrangement.firstLayer(task);
        int end = arrangement.endLayer(task);
        int rank = 0;
        for (int layer = first; layer < end; layer++) {
            int device = placement[layer];
            if (!used[device] && rank <= cutCount) {
                used[device] = true;
                keys[firstKey + device] = (rank + 0.5) / devices;
                if (rank > 0) {
                    keys[firstKey + devices + rank - 1] = (layer - first + 0.5) / (end - first + 1);
                }
                rank++;
            }
        }
        for (int cut = Math.max(0, rank - 1); cut < cutCount; cut++) {
            keys[firstKey + devices + cut] = (end - first + 0.5) / (end - first + 1);
        }
        for (int device = 0; device < devices; device++) {
            if (!used[device]) {
                keys[firstKey + device] = (rank++ + 0.5) / devices;
            }
        }
    }
}
