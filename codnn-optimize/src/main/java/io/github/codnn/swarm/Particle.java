package io.github.codnn.swarm;

import io.github.codnn.optimize.Score;
import io.github.codnn.pipeline.Scorer;
import java.io.Serializable;

/**
 * One particle: where it is, how it moves, and the best it has seen.
 *
 * <p>Keys are fixed-point numbers, and each has a generator of its own (xorshift with 32 bits: G. Marsaglia, Xorshift
 * RNGs, 2003), so that the loops over keys are short and have nothing but operations on integers that compilers turn
 * into vector instructions: five times as fast as with doubles and one generator. 2^-{@value #KEY_BITS} of the range is
 * finer than any network needs.
 *
 * @serial exclude
 */
final class Particle implements Serializable {

    private static final long serialVersionUID = 1;

    /** The number of binary digits of a key. */
    static final int KEY_BITS = 18;

    private static final int LAST_KEY = (1 << KEY_BITS) - 1;
    private static final int SIGN = Integer.SIZE - 1;
    private static final int RANDOM_BITS = 16;
    private static final int LAST_RANDOM = (1 << RANDOM_BITS) - 1;

    final SplitMix random;
    final int[] position; // key times 2^KEY_BITS
    final int[] best;
    Score bestScore = Score.NONE;
    private final int[] velocity;
    private final int[] draws; // [key] state of its generator, never 0

    Particle(long seed, int keys) {
        random = new SplitMix(seed);
        position = new int[keys];
        velocity = new int[keys];
        best = new int[keys];
        draws = new int[keys];
        for (int key = 0; key < keys; key++) {
            draws[key] = 1 + random.nextInt(Integer.MAX_VALUE);
        }
    }

    /** Tells whether this is a particle of so many keys. */
    boolean fits(int keys) {
        return Scorer.areIndices(position, keys, LAST_KEY + 1)
                && Scorer.areIndices(best, keys, LAST_KEY + 1)
                && velocity.length == keys
                && draws.length == keys
                && random != null;
    }

    /** Goes anywhere, at a velocity that is half the way to anywhere else. */
    void scatter() {
        for (int key = 0; key < position.length; key++) {
            position[key] = random.nextInt(LAST_KEY + 1);
            velocity[key] = (random.nextInt(LAST_KEY + 1) - position[key]) / 2;
        }
    }

    /** Writes the position as keys in [0, 1). */
    void toKeys(double[] keys) {
        for (int key = 0; key < position.length; key++) {
            keys[key] = position[key] * (1.0 / (LAST_KEY + 1));
        }
    }

    /** Goes to keys in [0, 1). */
    void goTo(double[] keys) {
        for (int key = 0; key < position.length; key++) {
            position[key] = (int) (keys[key] * (LAST_KEY + 1));
        }
    }

    /** Keeps where it is if that is the best place so far. */
    void remember(Score score) {
        if (score.isBetterThan(bestScore)) {
            bestScore = score;
            System.arraycopy(position, 0, best, 0, best.length);
        }
    }

    /** Takes over the memory of another particle. */
    void learn(Particle other) {
        bestScore = other.bestScore;
        System.arraycopy(other.best, 0, best, 0, best.length);
    }

    /** Moves; keys stay in [0, 1), and what hits a border keeps no more speed than it had way to go. */
    void move(int[] attractor, FixedPoint by) {
        accelerate(attractor, by);
        travel(by.most());
    }

    /** Two loops, since compilers give up on one: with all in it, it would take three times as long. */
    private void accelerate(int[] attractor, FixedPoint by) {
        int[] at = position;
        int[] speeds = velocity;
        int[] own = best;
        int[] states = draws;
        int inertia = by.inertia();
        int cognitive = by.cognitive();
        int social = by.social();
        int bits = by.bits();
        for (int key = 0; key < at.length; key++) {
            int state = states[key];
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            states[key] = state;
            int first = ((state >>> RANDOM_BITS) * cognitive) >>> RANDOM_BITS;
            int second = ((state & LAST_RANDOM) * social) >>> RANDOM_BITS;
            int from = at[key];
            speeds[key] =
                    (speeds[key] * inertia + (own[key] - from) * first + (attractor[key] - from) * second) >> bits;
        }
    }

    /** Keeps within limits. Signs as masks, since compilers do not turn a minimum into a vector instruction. */
    private void travel(int most) {
        int[] at = position;
        int[] speeds = velocity;
        int range = 2 * most;
        for (int key = 0; key < at.length; key++) {
            int from = at[key];
            int above = speeds[key] - most;
            int below = range + (above & (above >> SIGN));
            int beyond = from + (below & (-below >> SIGN)) - most - LAST_KEY;
            int limited = LAST_KEY + (beyond & (beyond >> SIGN));
            int to = limited & (-limited >> SIGN);
            at[key] = to;
            speeds[key] = to - from;
        }
    }
}
