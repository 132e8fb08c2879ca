package io.github.codnn.reproduce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A test of a hypothesis.
 *
 * @param name what is compared with, or what changes
 * @param sample one figure per seed or platform that is no tie: the saving against a rival, positive where ours is
 *     better; or the slope over sizes, positive where the figure rises
 * @param ties how many seeds or platforms show no difference, and so speak neither for nor against
 * @param probability the p-value that there is no difference or no slope among the others
 */
record Evidence(String name, Sample sample, int ties, double probability) {

    /** Two results are equal if they differ by at most this share. */
    static final double TIE = 0.001;

    private static final double SIGNIFICANT = 0.05;

    /** Tests the differences from a rival, one per seed or platform, by Wilcoxon's signed rank test. */
    static Evidence ofDifferences(String rival, Sample all) {
        double[] different = IntStream.range(0, all.size())
                .mapToDouble(all::value)
                .filter(value -> Math.abs(value) > TIE)
                .toArray();
        Sample sample = new Sample(different);
        return new Evidence(rival, sample, all.size() - sample.size(), sample.signedRankProbability());
    }

    /** Tests whether the differences from a rival rise, by Page's test. Rows without any difference are ties. */
    static Evidence ofGrowth(String rival, List<Double> sizes, List<List<Double>> all) {
        List<List<Double>> different = all.stream()
                .filter(row -> row.stream().anyMatch(value -> Math.abs(value) > TIE))
                .toList();
        Trend trend = new Trend(sizes, different);
        return new Evidence(rival, trend.slopes(), all.size() - different.size(), trend.probability());
    }

    boolean isSignificant() {
        return probability < SIGNIFICANT;
    }

    /** Returns how many seeds or platforms there are. */
    int units() {
        return ties + sample.size();
    }

    /** Tells whether half of the seeds or platforms, or more, show no difference. */
    boolean isTie() {
        return ties >= sample.size();
    }

    /** Renders the number of ties, nothing if there are none. */
    String shownTies() {
        return ties == 0 ? "" : ", " + ties + " of " + units() + " tied";
    }

    /** Returns tests with p-values corrected for all of them together. */
    static List<Evidence> corrected(List<Evidence> family) {
        double[] adjusted =
                holm(family.stream().mapToDouble(Evidence::probability).toArray());
        return IntStream.range(0, adjusted.length)
                .mapToObj(i -> new Evidence(family.get(i).name, family.get(i).sample, family.get(i).ties, adjusted[i]))
                .toList();
    }

    /**
     * Adjusts p-values so that each, compared with 5 %, keeps the chance of any false rejection in the family at 5 %:
     * S. Holm's method (1979).
     *
     * @param family the p-values of all tests of the family
     * @return the adjusted p-values, in the same order
     */
    static double[] holm(double... family) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, family.length).boxed().toList());
        order.sort(Comparator.comparing(index -> family[index]));
        double[] adjusted = DoubleStream.of(family).toArray();
        double greatest = 0;
        for (int i = 0; i < order.size(); i++) {
            double scaled = family[order.get(i)] * (family.length - i);
            greatest = Math.min(1, Math.max(greatest, scaled));
            adjusted[order.get(i)] = greatest;
        }
        return adjusted;
    }
}
