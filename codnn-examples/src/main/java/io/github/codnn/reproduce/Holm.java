package io.github.codnn.reproduce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The correction of S. Holm (1979) for several tests. */
final class Holm {

    private Holm() {}

    /**
     * Adjusts p-values so that each, compared with 5 %, keeps the chance of any false rejection in the family at 5 %.
     *
     * @param family the p-values of all tests of the family
     * @return the adjusted p-values, in the same order
     */
    static List<Double> adjusted(List<Double> family) {
        List<Integer> order = IntStream.range(0, family.size())
                .boxed()
                .sorted(Comparator.comparing(family::get))
                .toList();
        List<Double> adjusted = new ArrayList<>(family);
        double greatest = 0;
        for (int i = 0; i < order.size(); i++) {
            double scaled = family.get(order.get(i)) * (family.size() - i);
            greatest = Math.min(1, Math.max(greatest, scaled));
            adjusted.set(order.get(i), greatest);
        }
        return adjusted;
    }
}
