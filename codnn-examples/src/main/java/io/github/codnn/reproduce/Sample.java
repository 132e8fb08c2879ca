package io.github.codnn.reproduce;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Independent figures, one per seed or platform, with statistics that need no assumption about their distribution. */
final class Sample {

    private static final double ERROR = 0.05;

    private final double[] values;
    private final double[] sorted;

    /**
     * Takes the figures.
     *
     * @param values may be none, which have no median and no interval
     */
    Sample(double... values) {
        this.values = values.clone();
        this.sorted = DoubleStream.of(values).sorted().toArray();
    }

    int size() {
        return values.length;
    }

    double value(int index) {
        return values[index];
    }

    double median() {
        return quantile(0.5);
    }

    /** Interpolates linearly between the two figures next to a quantile; no number if there are no figures. */
    double quantile(double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
    }

    /** Returns the share of the figures within a closed range. */
    double shareWithin(double least, double greatest) {
        return DoubleStream.of(sorted)
                        .filter(value -> value >= least && value <= greatest)
                        .count()
                / (double) sorted.length;
    }

    /** Returns the lower limit of the interval of the median; minus infinity for fewer than 6 figures. */
    double lower() {
        int rank = rank();
        return rank == 0 ? Double.NEGATIVE_INFINITY : sorted[rank - 1];
    }

    /** Returns the upper limit of the interval of the median; infinity for fewer than 6 figures. */
    double upper() {
        int rank = rank();
        return rank == 0 ? Double.POSITIVE_INFINITY : sorted[sorted.length - rank];
    }

    /**
     * Returns the rank r such that the r-th smallest and the r-th greatest figure enclose the median with a confidence
     * of at least 95 %, exactly, by the binomial distribution; 0 if there are too few figures.
     */
    private int rank() {
        int n = sorted.length;
        double probability = Math.pow(0.5, n);
        double below = 0;
        int rank = 0;
        while (2 * (below + probability) <= ERROR) {
            below += probability;
            rank++;
            probability *= (double) (n - rank + 1) / rank;
        }
        return rank;
    }

    /** Renders the median and its interval, as percentages. */
    String percentages() {
        return Table.percent(median()) + " [" + Table.percent(lower()) + ", " + Table.percent(upper()) + "]";
    }

    /** Renders the median and its interval. */
    String interval() {
        return Table.number(median()) + " [" + Table.number(lower()) + ", " + Table.number(upper()) + "]";
    }

    /**
     * Returns the p-value of Wilcoxon's signed rank test that the figures, differences of pairs, are symmetric around
     * 0: two-sided and exact, also for equal sizes, which share their mean rank. Leaves out zeros.
     *
     * @return at most 1; 1 if all figures are 0
     */
    double signedRankProbability() {
        double[] sizes = Arrays.stream(values)
                .filter(value -> value != 0)
                .map(Math::abs)
                .sorted()
                .toArray();
        int[] ranks = doubledRanks(sizes);
        int all = Arrays.stream(ranks).sum();
        double positive = 0;
        for (double value : values) {
            positive += value > 0 ? ranks[Arrays.binarySearch(sizes, value)] : 0;
        }
        double[] chances = signedRankSums(ranks, all);
        double least = Math.min(positive, all - positive);
        double tail = 0;
        for (int sum = 0; sum <= least; sum++) {
            tail += chances[sum];
        }
        return Math.min(1, 2 * tail);
    }

    /** Returns the chance of every sum of doubled ranks with a positive sign. */
    private static double[] signedRankSums(int[] ranks, int all) {
        double[] chances = new double[all + 1];
        chances[0] = 1;
        int reached = 0;
        for (int rank : ranks) {
            reached += rank;
            for (int sum = reached; sum >= 0; sum--) {
                chances[sum] = (chances[sum] + (sum >= rank ? chances[sum - rank] : 0)) / 2;
            }
        }
        return chances;
    }

    /** Returns twice the rank of each of some sorted figures: equal ones share their mean rank, doubled an integer. */
    static int[] doubledRanks(double[] sorted) {
        int[] ranks = new int[sorted.length];
        int first = 0;
        while (first < sorted.length) {
            int end = first + 1;
            while (end < sorted.length && sorted[end] == sorted[first]) {
                end++;
            }
            Arrays.fill(ranks, first, end, first + end + 1);
            first = end;
        }
        return ranks;
    }
}
