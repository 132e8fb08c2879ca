package io.github.codnn.reproduce;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;

/** Statistics of random figures, one figure per seed. */
final class Sample {

    private static final double CONFIDENCE = 0.95;
    private static final int MAX_EXACT = 20;

    private final double[] values;

    /**
     * Takes the figures.
     *
     * @param values at least two
     */
    Sample(double... values) {
        this.values = values.clone();
    }

    double value(int seed) {
        return values[seed];
    }

    double mean() {
        return StatUtils.mean(values);
    }

    double median() {
        return StatUtils.percentile(values, 50);
    }

    /** Returns half the width of the 95 % confidence interval of the mean, by Student's distribution. */
    double error() {
        double quantile = new TDistribution(values.length - 1.0).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        return quantile * Math.sqrt(StatUtils.variance(values) / values.length);
    }

    /** Renders the mean and half its interval. */
    String interval() {
        return Table.number(mean()) + " ± " + Table.number(error());
    }

    /**
     * Returns the p-value of Wilcoxon's signed rank test, two-sided, exact for few pairs. Ignores pairs without a
     * difference.
     *
     * @param other the figures of the same seeds
     * @return the p-value, 1 if there is no difference
     */
    double pairedProbability(Sample other) {
        int[] different = IntStream.range(0, values.length)
                .filter(i -> values[i] != other.values[i])
                .toArray();
        if (different.length < 2) {
            return 1;
        }
        double[] mine = Arrays.stream(different).mapToDouble(i -> values[i]).toArray();
        double[] theirs =
                Arrays.stream(different).mapToDouble(i -> other.values[i]).toArray();
        return new WilcoxonSignedRankTest().wilcoxonSignedRankTest(mine, theirs, mine.length <= MAX_EXACT);
    }
}
