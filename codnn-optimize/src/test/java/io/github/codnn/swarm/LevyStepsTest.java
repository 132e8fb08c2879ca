package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.internal.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sampler as a distribution. All seeds are fixed, so nothing fails by chance; the error rates say how likely a
 * correct sampler would be to fail with a seed drawn anew.
 */
class LevyStepsTest {

    private static final int DRAWS = 400_000;

    /** Six standard errors: a correct sampler fails once in 500 million times for each figure. */
    private static final double ERRORS = 6;

    private static double[] sizes(double beta, int count) {
        LevySteps steps = LevySteps.of(beta);
        SplittableRandom random = new SplittableRandom(7);
        return DoubleStream.generate(() -> steps.nextSize(random))
                .limit(count)
                .sorted()
                .toArray();
    }

    /** Mantegna's formula, draw by draw. */
    private static double[] formula(double beta, int count) {
        RandomGenerator random = Seeds.generator(11);
        double sigma = LevySteps.sigma(beta);
        return DoubleStream.generate(() ->
                        Math.abs(sigma * random.nextGaussian()) / Math.pow(Math.abs(random.nextGaussian()), 1 / beta))
                .limit(count)
                .sorted()
                .toArray();
    }

    /** Recomputed in 30 digits; with the exponent on the denominator alone 1.5 would give 0.6824. */
    @ParameterizedTest
    @CsvSource({"1.0, 1.0", "1.2, 0.878829", "1.5, 0.696575", "1.8, 0.458638", "1.99, 0.110693"})
    void sigma_knownIndex_hasTheKnownValue(double beta, double sigma) {
        assertThat(LevySteps.sigma(beta)).isCloseTo(sigma, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 0, -1.5, 3, Double.NaN, Double.POSITIVE_INFINITY})
    void of_indexNotBetweenOneAndTwo_isRefused(double beta) {
        assertThatThrownBy(() -> LevySteps.of(beta))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("greater than 1 and less than 2");
        assertThatThrownBy(() -> new LevyFlight(beta, 0.01, 3, false)).isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * Published figures of 400,000 draws: a different sigma, or a Gamma deviate for the Gamma function, misses all of
     * them.
     */
    @ParameterizedTest
    @CsvSource({"0.5, 0.633", "0.9, 2.49", "0.99, 11.9", "0.999, 55"})
    void nextSize_indexOneAndAHalf_hasTheKnownQuantiles(double share, double quantile) {
        double[] sizes = sizes(1.5, DRAWS);

        // With r = (1 - share) / share a quantile has the relative error sqrt(share (1 - share) / n) / (s f(s)); in the
        // tail
        // s f(s) is beta (1 - share), at the median it is 0.29.
        double density = share == 0.5 ? 0.29 : 1.5 * (1 - share);
        double error = Math.sqrt(share * (1 - share) / DRAWS) / density;
        assertThat(sizes[(int) (share * DRAWS)]).isCloseTo(quantile, within((ERRORS * error + 0.01) * quantile));
    }

    /** Kolmogorov-Smirnov against the formula, 1 in 10,000 at each index. */
    @ParameterizedTest
    @ValueSource(doubles = {1.05, 1.5, 1.95})
    void nextSize_anyIndex_isDistributedAsTheFormula(double beta) {
        double[] sizes = sizes(beta, 40_000);
        double[] expected = formula(beta, 40_000);

        KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
        double distance = test.kolmogorovSmirnovStatistic(sizes, expected);
        assertThat(test.approximateP(distance, sizes.length, expected.length)).isGreaterThan(1e-4);
    }

    /** Hill's estimator over the greatest thousandth; its standard error is the index over the root of their number. */
    @ParameterizedTest
    @ValueSource(doubles = {1.2, 1.5, 1.8})
    void nextSize_tail_hasItsIndex(double beta) {
        double[] sizes = sizes(beta, DRAWS);
        int most = DRAWS / 1000;
        double threshold = sizes[DRAWS - most - 1];
        double sum = Arrays.stream(sizes, DRAWS - most, DRAWS)
                .map(size -> Math.log(size / threshold))
                .sum();

        assertThat(most / sum).isCloseTo(beta, within(ERRORS * beta / Math.sqrt(most)));
    }

    /** The tail reaches far, and not further than a double. */
    @Test
    void nextSize_extremeBits_areFinite() {
        LevySteps steps = LevySteps.of(1.5);

        assertThat(steps.nextSize(() -> 0L)).isBetween(1e7, 1e9);
        assertThat(steps.nextSize(() -> -1L)).isBetween(0.0, 1e-15);
        assertThat(sizes(1.5, DRAWS)[DRAWS - 1]).isGreaterThan(1000);
    }

    /** A sign test and Kolmogorov-Smirnov between the two sides. */
    @ParameterizedTest
    @ValueSource(longs = {1L << 62, 12345L << 40, -2L, 2L})
    void next_lastBit_isTheSign(long bits) {
        LevySteps steps = LevySteps.of(1.3);

        assertThat(steps.beta()).isEqualTo(1.3);
        assertThat(steps.nextSize(() -> bits)).isPositive();
        assertThat(steps.next(() -> bits)).isEqualTo(steps.nextSize(() -> bits));
        assertThat(steps.next(() -> bits | 1)).isEqualTo(-steps.nextSize(() -> bits));
    }

    /** The mean of a normal size cut to 1 / scale, by the midpoint rule, is that of the Levy steps. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 0.1})
    void lightTail_anyScale_hasTheMeanOfTheCutSteps(double scale) {
        LevyFlight.Lengths lengths =
                LevyFlight.withDefaults().withScale(scale).withLightTail().lengths();
        double mean = 0;
        double width = 1e-4;
        for (double x = width / 2; x < 12; x += width) {
            double density = Math.sqrt(2 / Math.PI) * Math.exp(-x * x / 2);
            mean += width * density * Math.min(1 / scale, lengths.deviation() * x);
        }

        assertThat(mean).isEqualTo(LevySteps.of(1.5).meanUpTo(1 / scale), within(1e-6));
    }

    @Test
    void next_bothSides_areAlike() {
        LevySteps steps = LevySteps.of(1.5);
        SplittableRandom random = new SplittableRandom(5);
        double[] draws =
                DoubleStream.generate(() -> steps.next(random)).limit(DRAWS).toArray();
        double[] positive = Arrays.stream(draws).filter(draw -> draw > 0).toArray();
        double[] negative =
                Arrays.stream(draws).filter(draw -> draw < 0).map(draw -> -draw).toArray();

        assertThat(positive.length + negative.length).isEqualTo(DRAWS);
        double deviation = (positive.length - DRAWS / 2.0) / Math.sqrt(DRAWS / 4.0);
        assertThat(Math.abs(deviation)).isLessThan(new NormalDistribution().inverseCumulativeProbability(1 - 1e-6));
        KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
        double distance = test.kolmogorovSmirnovStatistic(positive, negative);
        assertThat(test.approximateP(distance, positive.length, negative.length))
                .isGreaterThan(1e-4);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 100, 1", "0.99, 1, 100, 1", "1, 1, 100, 2", "50, 1, 100, 51", "50, 0.5, 100, 26"})
    void genes_aStep_growWithItAndWithTheInertia(double size, double inertia, int all, int genes) {
        assertThat(LevyFlight.withDefaults().withScale(0.01).genes(size, inertia, all))
                .isEqualTo(genes);
    }

    /** The step is cut, not drawn again: every step beyond the last gene moves all. */
    @ParameterizedTest
    @ValueSource(doubles = {99.5, 1e3, 1e8, Double.MAX_VALUE, Double.POSITIVE_INFINITY})
    void genes_longStep_areAllAtTheMost(double size) {
        assertThat(LevyFlight.withDefaults().withScale(0.01).genes(size, 1, 100))
                .isEqualTo(100);
    }
}
