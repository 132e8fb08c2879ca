package io.github.codnn.baseline;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.StageRepair;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The operators on placements that genetic searches share. */
final class Genes {

    private final Arrangement arrangement;
    private final RandomGenerator random;
    private final StageRepair repair;

    Genes(Arrangement arrangement, RandomGenerator random) {
        this.arrangement = arrangement;
        this.random = random;
        repair = new StageRepair(arrangement);
    }

    RandomGenerator random() {
        return random;
    }

    /** Copies a random segment of another placement: a two-point crossover. */
    void cross(int[] placement, int[] other) {
        int one = random.nextInt(placement.length);
        int two = random.nextInt(placement.length);
        int from = one < two ? one : two;
        int to = (one < two ? two : one) + 1;
        System.arraycopy(other, from, placement, from, to - from);
    }

    /** Moves one layer, or the layers from there to a random end of the run, to another device. */
    void mutate(int[] placement) {
        if (arrangement.devices == 1) {
            return;
        }
        int layer = random.nextInt(placement.length);
        int other = random.nextInt(arrangement.devices - 1);
        int device = other < placement[layer] ? other : other + 1;
        int end = layer + 1;
        if (random.nextBoolean()) {
            int most = arrangement.endLayer(arrangement.task[layer]);
            while (end < most && placement[end] == placement[layer] && random.nextInt(8) > 0) {
                end++;
            }
        }
        Arrays.fill(placement, layer, end, device);
    }

    /** Moves one layer to another device. */
    void mutateLayer(int[] placement) {
        if (arrangement.devices > 1) {
            int layer = random.nextInt(placement.length);
            int other = random.nextInt(arrangement.devices - 1);
            placement[layer] = other < placement[layer] ? other : other + 1;
        }
    }

    void repair(int[] placement) {
        repair.repair(placement);
    }
}
