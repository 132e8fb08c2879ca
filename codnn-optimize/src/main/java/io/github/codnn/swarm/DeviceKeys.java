package io.github.codnn.swarm;

import io.github.codnn.pipeline.OptimalCuts;
import io.github.codnn.pipeline.StageCosts;
import java.util.Arrays;

/** The keys of the devices' order, then that of the number of stages. */
final class DeviceKeys implements Decoder.Decoding {

    private final StageCosts chain;
    private final int devices;
    private final OptimalCuts cuts;
    private final int[] order;
    private final int[] ends;
    private final boolean[] used;

    DeviceKeys(StageCosts chain) {
        this.chain = chain;
        devices = chain.devices();
        cuts = new OptimalCuts(chain);
        order = new int[devices];
        ends = new int[devices];
        used = new boolean[devices];
    }

    @Override
    public int keyCount() {
        return devices + 1;
    }

    @Override
    public void decode(double[] keys, int[] placement) {
        DeviceOrder.sort(keys, 0, order);
        int stages = 1 + (int) (keys[devices] * chain.maxStages());
        if (!cuts.solve(stages, order, ends)) {
            for (int stage = 0; stage < stages; stage++) {
                ends[stage] = (int) ((long) placement.length * (stage + 1) / stages);
            }
        }
        int start = 0;
        for (int stage = 0; stage < stages; stage++) {
            Arrays.fill(placement, start, ends[stage], order[stage]);
            start = ends[stage];
        }
    }

    @Override
    public boolean encode(int[] placement, double[] keys) {
        Arrays.fill(used, false);
        int rank = 0;
        for (int device : placement) {
            if (!used[device]) {
                used[device] = true;
                keys[device] = (rank++ + 0.5) / devices;
            }
        }
        keys[devices] = (Math.min(rank, chain.maxStages()) - 0.5) / chain.maxStages();
        for (int device = 0; device < devices; device++) {
            if (!used[device]) {
                keys[device] = (rank++ + 0.5) / devices;
            }
        }
        return true;
    }
}
