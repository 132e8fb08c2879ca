package io.github.codnn.pipeline;

import java.util.random.RandomGenerator;

/** How far moves shift a cut between two stages. */
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
}
