package io.github.codnn.pipeline;

import java.util.Arrays;

/**
 * Repairs as many violations of the rules as one pass over the layers can: forced layers move to their devices,
 * colocated ones to their leader and, where devices run one stage of each task, a layer that would return to a device
 * stays with the layers that feed it.
 *
 * <p>Takes O(L) time for chains and at most O(L D + D^4) for DAGs. Not thread-safe.
 */
public final class StageRepair {

    private final Arrangement arrangement;
    private final int devices;
    private final boolean[] used; // [device]
    private final boolean[] reaches; // [from * D + to] whether the stage of one device feeds that of another

    public StageRepair(Arrangement arrangement) {
        this.arrangement = arrangement;
        devices = arrangement.devices;
        used = new boolean[devices];
        reaches = new boolean[devices * devices];
    }

    public void repair(int[] placement) {
        for (int layer = 0; layer < placement.length; layer++) {
            if (arrangement.forced[layer] >= 0) {
                placement[layer] = arrangement.forced[layer];
            } else {
                placement[layer] = placement[arrangement.leader[layer]];
            }
        }
        for (int task = 0; task < arrangement.maxStages.length && arrangement.oneStage; task++) {
            if (arrangement.compiled.isChain(task)) {
                repairChain(task, placement);
            } else {
                repairGraph(task, placement);
            }
        }
    }

    private void repairChain(int task, int[] placement) {
        Arrays.fill(used, false);
        int first = arrangement.firstLayer(task);
        int current = -1;
        for (int layer = first; layer < arrangement.endLayer(task); layer++) {
            int wanted = placement[layer];
            if (arrangement.forced[layer] < 0) {
                wanted = allowed(task, layer, wanted, current);
                placement[layer] = wanted;
            }
            used[wanted] = true;
            current = wanted;
        }
    }

    private int allowed(int task, int layer, int wanted, int current) {
        int next = arrangement.nextForced[layer];
        if (current >= 0 && (wanted == current || isAhead(task, layer, current))) {
            return current;
        }
        boolean free = !used[wanted] && (wanted == next || !isAhead(task, layer, wanted));
        if (free) {
            return wanted;
        }
        return current >= 0 ? current : next;
    }

    /** Tells whether a later layer of the task is forced to a device. */
    private boolean isAhead(int task, int layer, int device) {
        if (arrangement.nextForced[layer] < 0) {
            return false;
        }
        for (int later = layer; later < arrangement.endLayer(task); later++) {
            if (arrangement.forced[later] == device) {
                return true;
            }
        }
        return false;
    }

    private void repairGraph(int task, int[] placement) {
        Arrays.fill(reaches, false);
        for (int layer = arrangement.firstLayer(task); layer < arrangement.endLayer(task); layer++) {
            int[] feeders = arrangement.feeders[layer];
            if (arrangement.forced[layer] < 0 && closesCycle(feeders, placement, placement[layer])) {
                placement[layer] = lastOf(feeders, placement);
            }
            for (int feeder : feeders) {
                connect(placement[feeder], placement[layer]);
            }
        }
    }

    private boolean closesCycle(int[] feeders, int[] placement, int device) {
        for (int feeder : feeders) {
            if (placement[feeder] != device && reaches[device * devices + placement[feeder]]) {
                return true;
            }
        }
        return false;
    }

    /** Returns a device among the feeders' that feeds none of the others. */
    private int lastOf(int[] feeders, int[] placement) {
        int last = placement[feeders[0]];
        for (int feeder : feeders) {
            if (reaches[last * devices + placement[feeder]]) {
                last = placement[feeder];
            }
        }
        return last;
    }

    private void connect(int from, int to) {
        if (from == to || reaches[from * devices + to]) {
            return;
        }
        for (int before = 0; before < devices; before++) {
            if (before == from || reaches[before * devices + from]) {
                reaches[before * devices + to] = true;
                for (int after = 0; after < devices; after++) {
                    if (reaches[to * devices + after]) {
                        reaches[before * devices + after] = true;
                    }
                }
            }
        }
    }
}
