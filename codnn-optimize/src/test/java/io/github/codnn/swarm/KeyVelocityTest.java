package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How keys move, by the equations in fractions instead of fixed-point numbers. */
class KeyVelocityTest {

    private static final int LIMIT = 1 << 18;

    @Test
    void keys_thereAndBack_areTheSame() {
        int[] position = {0, 1, LIMIT / 2, LIMIT - 1};
        double[] keys = new double[4];
        int[] back = new int[4];

        KeyVelocity.toKeys(position, keys);
        KeyVelocity.fromKeys(keys, back);

        assertThat(keys).containsExactly(0, 1.0 / LIMIT, 0.5, 1 - 1.0 / LIMIT);
        assertThat(back).containsExactly(position);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.25, 65536", "0, -0.25, 196608", "131072, 0.75, 65536", "131072, 2, 131072", "0, -1e-12, 262143"})
    void shift_anyShare_comesBackAtTheOtherEnd(int key, double share, int expected) {
        assertThat(KeyVelocity.shift(key, share)).isEqualTo(expected);
    }

    @Test
    void fits_otherNumberOfKeys_tellsSo() {
        KeyVelocity velocity = new KeyVelocity(new SplitMix(1), 3);

        assertThat(velocity.fits(3)).isTrue();
        assertThat(velocity.fits(4)).isFalse();
    }

    /** Coefficients have up to ten binary digits, fewer if they are so large that sums would not fit 31 bits. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 1.5, 2, 0.5, 512, 1536, 2048, 10",
        "0.25, 3, 3, 1, 256, 3072, 3072, 10",
        "0.5, 4, 4, 0.25, 256, 2048, 2048, 9",
        "1, 5000, 10000, 0.5, 1, 4095, 4095, 0"
    })
    void fixedPoint_coefficients_areAsFineAsFits(
            double inertia, double own, double social, double max, int one, int two, int three, int bits) {
        Velocity velocity =
                Velocity.constriction().withCoefficients(own, social).withMaxVelocity(max);

        assertThat(KeyVelocity.FixedPoint.of(velocity, inertia))
                .isEqualTo(new KeyVelocity.FixedPoint(one, two, three, bits, (int) (max * LIMIT)));
    }

    /** A scattered velocity leads half the way to another random position. */
    @Test
    void scatter_inertiaOfOne_goesHalfTheWayToARandomPosition() {
        int keys = 2000;
        Particle<KeyVelocity> particle = particle(keys);
        SplitMix random = new SplitMix(7);
        particle.velocity.scatter(particle.position, random);
        int[] start = particle.position.clone();
        SplitMix same = new SplitMix(7);

        particle.velocity.move(particle, particle.position, new KeyVelocity.FixedPoint(1, 0, 0, 0, LIMIT));

        for (int key = 0; key < keys; key++) {
            int from = same.nextInt(LIMIT);
            int goal = same.nextInt(LIMIT);
            assertThat(start[key]).isEqualTo(from);
            assertThat(particle.position[key]).isEqualTo(from + (goal - from) / 2);
        }
    }

    private static Particle<KeyVelocity> particle(int keys) {
        SplitMix random = new SplitMix(3);
        return new Particle<>(random, keys, new KeyVelocity(random, keys));
    }

    /** Both random numbers are those of xorshift: its upper and lower halves as fractions. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void move_severalSteps_followTheEquationOfSwarms(long seed) {
        int keys = 300;
        SplitMix same = new SplitMix(3);
        int[] states = new int[keys];
        Arrays.setAll(states, key -> 1 + same.nextInt(Integer.MAX_VALUE));
        Particle<KeyVelocity> particle = particle(keys);
        SplittableRandom random = new SplittableRandom(seed);
        int[] attractor = random.ints(keys, 0, LIMIT).toArray();
        double[] speed = new double[keys];
        Arrays.setAll(particle.position, key -> random.nextInt(LIMIT));
        Arrays.setAll(particle.best, key -> random.nextInt(LIMIT));
        double max = 0.2 * LIMIT;
        KeyVelocity.FixedPoint by = new KeyVelocity.FixedPoint(700, 1500, 1200, 10, (int) max);
        for (int step = 0; step < 5; step++) {
            int[] from = particle.position.clone();

            particle.velocity.move(particle, attractor, by);

            for (int key = 0; key < keys; key++) {
                states[key] = xorshift(states[key]);
                double own = (states[key] >>> 16) / 65536.0 * 1500 / 1024;
                double social = (states[key] & 0xffff) / 65536.0 * 1200 / 1024;
                double wanted = speed[key] * 700 / 1024
                        + own * (particle.best[key] - from[key])
                        + social * (attractor[key] - from[key]);
                double limited = Math.max(-max, Math.min(max, wanted));
                double to = Math.max(0, Math.min(LIMIT - 1, from[key] + limited));
                // Coefficients are rounded down to 2^-10, so a way of up to 2^18 is off by some 2^9 at the most.
                assertThat((double) particle.position[key]).isCloseTo(to, within(600.0));
                speed[key] = particle.position[key] - from[key];
            }
        }
    }

    private static int xorshift(int state) {
        int next = state;
        next ^= next << 13;
        next ^= next >>> 17;
        next ^= next << 5;
        return next;
    }

    /** Exact where no random number counts: the velocity of the step before, within the limits. */
    @Test
    void move_inertiaOnly_keepsTheSpeedWithinTheRange() {
        Particle<KeyVelocity> particle = particle(1);
        KeyVelocity.FixedPoint all = new KeyVelocity.FixedPoint(1024, 0, 0, 10, LIMIT / 4);
        particle.velocity.scatter(particle.position, new SplitMix(7));
        int start = particle.position[0];
        SplitMix same = new SplitMix(7);
        int from = same.nextInt(LIMIT);
        int speed = Math.max(-LIMIT / 4, Math.min(LIMIT / 4, (same.nextInt(LIMIT) - from) / 2));
        assertThat(speed).isNotZero();
        int expected = start;
        for (int step = 0; step < 12; step++) {
            particle.velocity.move(particle, particle.position, all);
            int next = Math.max(0, Math.min(LIMIT - 1, expected + speed));
            speed = next - expected; // that which led to the border
            expected = next;
            assertThat(particle.position[0]).isEqualTo(expected);
        }
    }
}
