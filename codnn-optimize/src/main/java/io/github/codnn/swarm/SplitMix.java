package io.github.codnn.swarm;

import io.github.codnn.internal.Seeds;
import java.io.Serializable;
import java.util.random.RandomGenerator;

/**
 * The generator of one particle: SplitMix64 of G. Steele, D. Lea and C. Flood (Fast splittable pseudorandom number
 * generators, 2014), whose whole state is one long. Unlike the JDK's generators it is serialisable.
 *
 * @serial exclude
 */
public final class SplitMix implements RandomGenerator, Serializable {

    private static final long serialVersionUID = 1;

    private long state;

    /**
     * Makes a generator.
     *
     * @param seed any number; the same gives the same sequence
     */
    public SplitMix(long seed) {
        state = seed;
    }

    @Override
    public long nextLong() {
        long mixed = Seeds.mix(state);
        state += Seeds.GOLDEN_GAMMA;
        return mixed;
    }

    /** Returns an integer below a bound; off by less than 2^-32 from uniform, and cheaper than the default. */
    @Override
    public int nextInt(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }
}
