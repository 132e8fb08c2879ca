package io.github.codnn.internal;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random generators and hashes that depend only on a seed. */
public final class Seeds {

    /** The increment of SplitMix64: 2^64 divided by the golden ratio, odd. */
    public static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Seeds() {}

    /**
     * Returns the generator of a search or a sample.
     *
     * @param seed the seed
     * @return the generator, the same on all platforms and JDK versions
     */
    public static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /**
     * Returns the next number of SplitMix64 (G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number
     * generators, 2014), also a hash in which every bit of the input affects all bits.
     *
     * @param state the state of the generator, or the number to hash
     * @return the mixed bits
     */
    public static long mix(long state) {
        long mixed = state + GOLDEN_GAMMA;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
