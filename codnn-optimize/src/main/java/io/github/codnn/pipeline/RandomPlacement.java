package io.github.codnn.pipeline;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws placements: contiguous stages on distinct devices where devices run one stage, layer by layer elsewhere. */
public final class RandomPlacement {

    private final Arrangement arrangement;
    private final StageRepair repair;
    private final int[] order; // a permutation of the devices
    private final int[] cuts; // ends of the stages

    public RandomPlacement(Arrangement arrangement) {
        this.arrangement = arrangement;
        repair = new StageRepair(arrangement);
        order = new int[arrangement.devices];
        cuts = new int[arrangement.devices];
        for (int device = 0; device < order.length; device++) {
            order[device] = device;
        }
    }

    /** Returns the devices in the order that the last draw left, on which the next one depends. */
    public List<Integer> deck() {
        return Ints.asList(order.clone());
    }

    /** Continues from the order that a draw left on another machine. */
    public void takeDeck(List<Integer> deck) {
        boolean[] met = new boolean[order.length];
        int different = 0;
        for (int position = 0; position < deck.size() && position < order.length; position++) {
            int device = deck.get(position);
            if (device >= 0 && device < order.length && !met[device]) {
                met[device] = true;
                different++;
            }
        }
        if (deck.size() != order.length || different != order.length) {
            throw new IllegalArgumentException("The order of devices " + deck + " does not have every device once");
        }
        for (int position = 0; position < order.length; position++) {
            order[position] = deck.get(position);
        }
    }

    /** Draws stages where devices run one stage of each task, and otherwise a device for every layer. */
    public void draw(RandomGenerator random, int[] placement) {
        if (arrangement.oneStage) {
            drawStages(random, placement);
        } else {
            for (int layer = 0; layer < placement.length; layer++) {
                placement[layer] = random.nextInt(arrangement.devices);
            }
            repair.repair(placement);
        }
    }

    /** Draws for each task a number of stages, their devices and their ends, each uniformly. */
    public void drawStages(RandomGenerator random, int[] placement) {
        for (int task = 0; task < arrangement.maxStages.length; task++) {
            int first = arrangement.firstLayer(task);
            int length = arrangement.endLayer(task) - first;
            int stages = 1 + random.nextInt(arrangement.maxStages[task]);
            for (int stage = 0; stage < stages; stage++) {
                int other = stage + random.nextInt(order.length - stage);
                int device = order[other];
                order[other] = order[stage];
                order[stage] = device;
                cuts[stage] = 1 + random.nextInt(length);
            }
            cuts[stages - 1] = length;
            Arrays.sort(cuts, 0, stages);
            int layer = 0;
            for (int stage = 0; stage < stages; stage++) {
                for (; layer < cuts[stage]; layer++) {
                    placement[first + layer] = order[stage];
                }
            }
        }
        repair.repair(placement);
    }
}
