package io.github.codnn.reproduce;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A test of a hypothesis.
 *
 * @param name what is compared with, or what changes
 * @param sample one figure per seed or platform: the saving against a rival, positive where ours is better; or the
 *     slope over sizes, positive where the figure rises
 * @param probability the p-value that there is no difference or no slope
 */
record Evidence(String name, Sample sample, double probability) {

    private static final double SIGNIFICANT = 0.05;

    boolean isSignificant() {
        return probability < SIGNIFICANT;
    }

    /** Returns tests with p-values corrected for all of them together. */
    static List<Evidence> corrected(List<Evidence> family) {
        List<Double> adjusted =
                Holm.adjusted(family.stream().map(Evidence::probability).toList());
        return IntStream.range(0, family.size())
                .mapToObj(i -> new Evidence(family.get(i).name, family.get(i).sample, adjusted.get(i)))
                .toList();
    }
}
