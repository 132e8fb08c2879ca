package io.github.codnn.swarm;

import java.io.Serializable;
import java.util.random.RandomGenerator;

/**
 * The generator of one particle: SplitMix64 of G. Steele, D. Lea and C. Flood (Fast splittable pseudorandom number
 * generators, 2014), whose whole state is one long. Unlike the JDK's generators it can travel to another machine.
 *
 * @serial exclude
 */
public final class SplitMix implements RandomGenerator, Serializable {

    private static final long serialVersionUID = 1;

    private long state;

    public SplitMix(long seed) {
        state = seed;
    }

    @Override
    public long nextLong() {
        state += 0x9e3779b97f4a7c15L;
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
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
