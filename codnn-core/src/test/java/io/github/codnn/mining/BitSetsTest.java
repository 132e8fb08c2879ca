package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against {@link BitSet}, with one to three words. */
final class BitSetsTest {

    @Property(tries = 300)
    void operations_randomSets_equalThoseOfBitSet(@ForAll @IntRange(min = 1, max = 150) int size, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] set = BitSets.full(size);
        long[] other = BitSets.empty(size);
        BitSet expected = new BitSet();
        expected.set(0, size);
        BitSet expectedOther = new BitSet();
        assertSame(set, expected);
        for (int change = 0; change < size; change++) {
            int element = random.nextInt(size);
            BitSets.remove(set, element);
            expected.clear(element);
            int added = random.nextInt(size);
            BitSets.add(other, added);
            expectedOther.set(added);
            assertThat(BitSets.contains(set, added)).isEqualTo(expected.get(added));
        }
        assertSame(set, expected);
        assertSame(other, expectedOther);
        BitSet difference = (BitSet) expected.clone();
        difference.andNot(expectedOther);
        assertThat(BitSets.difference(set, other)).isEqualTo(difference.stream().toArray());

        assertThat(BitSets.retainAll(set, other)).isEqualTo(!difference.isEmpty());
        expected.and(expectedOther);
        assertSame(set, expected);
        assertThat(BitSets.retainAll(set, other)).isFalse();
    }

    private static void assertSame(long[] set, BitSet expected) {
        assertThat(BitSet.valueOf(set)).isEqualTo(expected);
        assertThat(BitSets.size(set)).isEqualTo(expected.cardinality());
    }
}
