package io.github.codnn.pipeline;

import java.util.random.RandomGenerator;

/** Moves of cuts between stages, and how far they go. */
public final class Cuts {

    /** The greatest number of layers of a small step. */
    public static final int SMALL_STEP = 3;

    private Cuts() {}

    /** Returns a place for a cut: every second time a few layers away, otherwise anywhere within limits. */
    public static int shift(int cut, int least, int greatest, RandomGenerator random) {
        int anywhere = least + random.nextInt(greatest - least + 1);
        return random.nextBoolean() ? nudge(cut, least, greatest, random) : anywhere;
    }

    /** Returns a place a few layers away, within limits. */
    public static int nudge(int cut, int least, int greatest, RandomGenerator random) {
        int step = 1 + random.nextInt(SMALL_STEP);
        int target = random.nextBoolean() ? cut + step : cut - step;
        return target < least ? least : target > greatest ? greatest : target;
    }

    /** Moves a cut; neither stage vanishes. */
    public static boolean shiftCut(Pipeline pipeline, RandomGenerator random) {
        int stage = random.nextInt(pipeline.stages - 1);
        int cut = pipeline.ends[stage];
        int least = pipeline.start(stage) + 1;
        int most = pipeline.ends[stage + 1] - 1;
        if (least == most) {
            return merge(pipeline, random);
        }
        int target = shift(cut, least, most, random);
        pipeline.ends[stage] = target;
        return target != cut;
    }

    /** Gives the layers of any stage to a neighbour. */
    public static boolean merge(Pipeline pipeline, RandomGenerator random) {
        pipeline.remove(random.nextInt(pipeline.stages), random.nextBoolean());
        return true;
    }

    /** Swaps the devices of two stages. */
    public static boolean swap(Pipeline pipeline, RandomGenerator random) {
        int one = random.nextInt(pipeline.stages);
        int other = (one + 1 + random.nextInt(pipeline.stages - 1)) % pipeline.stages;
        int device = pipeline.devices[one];
        pipeline.devices[one] = pipeline.devices[other];
        pipeline.devices[other] = device;
        return true;
    }
}
