package io.github.codnn.swarm;

import java.io.Serializable;

/**
 * The velocity of a particle whose position is an array of keys.
 *
 * <p>Keys are fixed-point numbers, and each has a generator of its own (xorshift with 32 bits: G. Marsaglia, Xorshift
 * RNGs, 2003), so that the loops over keys are short and consist of integer operations that compilers turn into vector
 * instructions: five times as fast as with doubles and one generator. A resolution of 2^-{@value #KEY_BITS} of the
 * range is finer than any network needs.
 *
 * @serial exclude
 */
final class KeyVelocity implements Serializable {

    private static final long serialVersionUID = 1;

    /** The number of binary digits of a key. */
    static final int KEY_BITS = 18;

    /** Above all keys. */
    static final int KEY_LIMIT = 1 << KEY_BITS;

    private static final int LAST_KEY = KEY_LIMIT - 1;
    private static final int SIGN = Integer.SIZE - 1;
    private static final int RANDOM_BITS = 16;
    private static final int LAST_RANDOM = (1 << RANDOM_BITS) - 1;

    private final int[] velocity;
    private final int[] draws; // [key] state of its generator, never 0

    KeyVelocity(SplitMix random, int keys) {
        velocity = new int[keys];
        draws = new int[keys];
        for (int key = 0; key < keys; key++) {
            draws[key] = 1 + random.nextInt(Integer.MAX_VALUE);
        }
    }

    /** Tells whether this is the velocity of so many keys. */
    boolean fits(int keys) {
        return velocity.length == keys && draws.length == keys;
    }

    /** Draws a position, and a velocity that is half the way to another one. */
    void scatter(int[] position, SplitMix random) {
        for (int key = 0; key < position.length; key++) {
            position[key] = random.nextInt(KEY_LIMIT);
            velocity[key] = (random.nextInt(KEY_LIMIT) - position[key]) / 2;
        }
    }

    /** Writes a position as keys in [0, 1). */
    static void toKeys(int[] position, double[] keys) {
        for (int key = 0; key < position.length; key++) {
            keys[key] = position[key] * (1.0 / KEY_LIMIT);
        }
    }

    /** Reads a position from keys in [0, 1). */
    static void fromKeys(double[] keys, int[] position) {
        for (int key = 0; key < position.length; key++) {
            position[key] = (int) (keys[key] * KEY_LIMIT);
        }
    }

    /** Moves a key by a share of the range; what leaves it at one end comes back at the other. */
    static int shift(int key, double share) {
        double to = key * (1.0 / KEY_LIMIT) + share;
        return Math.min(LAST_KEY, (int) ((to - Math.floor(to)) * KEY_LIMIT));
    }

    /** Moves a position; keys stay in [0, 1), and a key that reaches a border keeps the speed that led there. */
    void move(Particle<KeyVelocity> particle, int[] attractor, FixedPoint by) {
        accelerate(particle, attractor, by);
        travel(particle.position, by.maxVelocity());
    }

    /** Two loops, since compilers vectorise both, but not one that does all: that takes three times as long. */
    private void accelerate(Particle<KeyVelocity> particle, int[] attractor, FixedPoint by) {
        int[] at = particle.position;
        int[] speeds = velocity;
        int[] own = particle.best;
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
    private void travel(int[] at, int max) {
        int[] speeds = velocity;
        int range = 2 * max;
        for (int key = 0; key < at.length; key++) {
            int from = at[key];
            int above = speeds[key] - max;
            int below = range + (above & (above >> SIGN));
            int beyond = from + (below & (-below >> SIGN)) - max - LAST_KEY;
            int limited = LAST_KEY + (beyond & (beyond >> SIGN));
            int to = limited & (-limited >> SIGN);
            at[key] = to;
            speeds[key] = to - from;
        }
    }

    /**
     * The coefficients of a move as fixed-point numbers: small enough that the sum of their products with a velocity
     * and
     * two differences of keys is an int.
     *
     * @param inertia times 2^bits
     * @param cognitive times 2^bits
     * @param social times 2^bits
     * @param bits 10 for coefficients whose sum is less than 7, fewer for greater ones
     * @param maxVelocity the greatest velocity, as a key
     */
    record FixedPoint(int inertia, int cognitive, int social, int bits, int maxVelocity) {

        private static final int ROOM = Integer.SIZE - 1 - KEY_BITS; // bits of a sum of coefficients
        private static final int MAX_BITS = 10;
        private static final double MAX_COEFFICIENT = (1 << (ROOM - 1)) - 1; // two of them and an inertia fit

        static FixedPoint of(Velocity velocity, double inertia) {
            double cognitive = Math.min(MAX_COEFFICIENT, velocity.cognitive());
            double social = Math.min(MAX_COEFFICIENT, velocity.social());
            int bits = Math.max(0, Math.min(MAX_BITS, ROOM - 1 - Math.getExponent(1 + cognitive + social)));
            int one = 1 << bits;
            return new FixedPoint((int) (inertia * one), (int) (cognitive * one), (int) (social * one), bits, (int)
                    (velocity.maxVelocity() * (1 << KEY_BITS)));
        }
    }
}
