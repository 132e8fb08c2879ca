package io.github.codnn.baseline;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.StageRepair;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Makes placements of fractional shares. Not thread-safe. */
final class Rounding {

    private final Arrangement arrangement;
    private final RelaxedPlacement shares;
    private final RandomGenerator random;
    private final StageRepair repair;
    private final int[] placement;
    private final int[] order;
    private final double[][] load; // [task][device]

    Rounding(Arrangement arrangement, RelaxedPlacement shares, RandomGenerator random) {
        this.arrangement = arrangement;
        this.shares = shares;
        this.random = random;
        repair = new StageRepair(arrangement);
        placement = new int[arrangement.layers];
        order = new int[arrangement.devices];
        load = new double[arrangement.maxStages.length][arrangement.devices];
        for (int task = 0; task < load.length; task++) {
            for (int device = 0; device < order.length; device++) {
                order[device] = device;
                load[task][device] = shares.load(task, device);
            }
        }
    }

    /** Fills devices in random order up to their load, along the topological order. */
    int[] fill() {
        for (int task = 0; task < load.length; task++) {
            int stages = shuffle(task);
            int stage = 0;
            double left = load[task][order[0]];
            for (int layer = arrangement.firstLayer(task); layer < arrangement.endLayer(task); layer++) {
                double seconds = arrangement.compiled.seconds(layer, order[stage]);
                // A layer stays if the greater part of it fits.
                while (left < seconds / 2 && stage < stages - 1) {
                    stage++;
                    left = load[task][order[stage]];
                    seconds = arrangement.compiled.seconds(layer, order[stage]);
                }
                left -= seconds;
                placement[layer] = order[stage];
            }
        }
        repair.repair(placement);
        return placement;
    }

    /** Shuffles the devices with those that the task uses first; returns how many stages there may be. */
    private int shuffle(int task) {
        for (int at = order.length - 1; at > 0; at--) {
            int other = random.nextInt(at + 1);
            int device = order[other];
            order[other] = order[at];
            order[at] = device;
        }
        int used = 0;
        for (int at = 0; at < order.length; at++) {
            int device = order[at];
            if (load[task][device] > 0) {
                order[at] = order[used];
                order[used++] = device;
            }
        }
        return Math.max(1, Math.min(used, arrangement.maxStages[task]));
    }

    /** Draws the device of each block by its shares. */
    int[] draw() {
        for (int block = 0; block < shares.blocks().size(); block++) {
            double point = random.nextDouble();
            int device = 0;
            while (device < order.length - 1 && point >= shares.share(block, device)) {
                point -= shares.share(block, device);
                device++;
            }
            RelaxedPlacement.Block run = shares.blocks().get(block);
            Arrays.fill(placement, run.start(), run.end(), device);
        }
        repair.repair(placement);
        return placement;
    }
}
