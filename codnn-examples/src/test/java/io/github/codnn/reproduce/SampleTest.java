package io.github.codnn.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    private static final double ROUNDING = 1e-12;

    @Test
    void median_evenNumber_isBetweenTheMiddleOnes() {
        assertThat(new Sample(4, 1, 3, 2).median()).isEqualTo(2.5);
    }

    @Test
    void quantile_betweenFigures_interpolates() {
        Sample sample = new Sample(0, 10, 20, 30, 40);

        assertThat(sample.quantile(0)).isZero();
        assertThat(sample.quantile(0.3)).isCloseTo(12, within(ROUNDING));
        assertThat(sample.quantile(1)).isEqualTo(40);
    }

    @Test
    void interval_fiveFigures_isUnlimited() {
        Sample sample = new Sample(1, 2, 3, 4, 5);

        assertThat(sample.lower()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(sample.upper()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void interval_sixAndTwentyFigures_hasTheRanksOfTheBinomialDistribution() {
        Sample six = new Sample(IntStream.rangeClosed(1, 6).asDoubleStream().toArray());
        Sample twenty = new Sample(IntStream.rangeClosed(1, 20).asDoubleStream().toArray());

        assertThat(six.lower()).isEqualTo(1);
        assertThat(six.upper()).isEqualTo(6);
        assertThat(twenty.lower()).isEqualTo(6);
        assertThat(twenty.upper()).isEqualTo(15);
    }

    @Test
    void shareWithin_limits_areIncluded() {
        assertThat(new Sample(1, 2, 3, 4).shareWithin(2, 3)).isEqualTo(0.5);
    }

    @Test
    void signedRankProbability_allOneWay_isTwoOfAllSigns() {
        assertThat(new Sample(1, 2, 3, 4, 5, 6).signedRankProbability()).isCloseTo(2.0 / 64, within(ROUNDING));
    }

    @Test
    void signedRankProbability_zeros_areLeftOut() {
        assertThat(new Sample(1, 2, 0, 3, 4, 5, 6, 0).signedRankProbability()).isCloseTo(2.0 / 64, within(ROUNDING));
        assertThat(new Sample(0, 0).signedRankProbability()).isEqualTo(1);
    }

    @Test
    void signedRankProbability_differencesThatBalance_isOne() {
        assertThat(new Sample(1, 2, -3).signedRankProbability()).isEqualTo(1);
    }

    @Test
    void signedRankProbability_randomDifferencesWithTies_isThatOfAllSigns() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            double[] differences = IntStream.range(0, random.nextInt(1, 11))
                    .mapToDouble(i -> random.nextInt(-3, 4))
                    .toArray();

            assertThat(new Sample(differences).signedRankProbability())
                    .as(Arrays.toString(differences))
                    .isCloseTo(enumerated(differences), within(ROUNDING));
        }
    }

    /** The share of all signs whose rank sum is at least as far from its mean as the one observed. */
    private static double enumerated(double[] differences) {
        double[] used = DoubleStream.of(differences).filter(d -> d != 0).toArray();
        double[] ranks = DoubleStream.of(used).map(d -> rank(used, Math.abs(d))).toArray();
        double centre = DoubleStream.of(ranks).sum() / 2;
        double observed = IntStream.range(0, used.length)
                .mapToDouble(i -> used[i] > 0 ? ranks[i] : 0)
                .sum();
        long extreme = IntStream.range(0, 1 << used.length)
                .filter(signs -> {
                    double sum = IntStream.range(0, used.length)
                            .mapToDouble(i -> (signs >> i & 1) == 1 ? ranks[i] : 0)
                            .sum();
                    return Math.abs(sum - centre) >= Math.abs(observed - centre) - ROUNDING;
                })
                .count();
        return (double) extreme / (1 << used.length);
    }

    private static double rank(double[] differences, double size) {
        double less =
                DoubleStream.of(differences).filter(d -> Math.abs(d) < size).count();
        double same =
                DoubleStream.of(differences).filter(d -> Math.abs(d) == size).count();
        return less + (same + 1) / 2;
    }
}
