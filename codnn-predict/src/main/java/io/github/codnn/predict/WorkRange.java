package io.github.codnn.predict;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The least and greatest amounts of work among the layers of a fit.
 *
 * @param least the least of each of {@link #QUANTITIES}
 * @param greatest the greatest of each
 */
record WorkRange(List<Double> least, List<Double> greatest) {

    static final List<String> QUANTITIES = List.of("macs", "inputBytes", "outputBytes", "weightBytes");

    WorkRange {
        least = List.copyOf(least);
        greatest = List.copyOf(greatest);
    }

    static WorkRange of(Collection<LayerWork> works) {
        double[] least = new double[QUANTITIES.size()];
        double[] greatest = new double[QUANTITIES.size()];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (LayerWork work : works) {
            double[] values = values(work);
            for (int index = 0; index < values.length; index++) {
                least[index] = Math.min(least[index], values[index]);
                greatest[index] = Math.max(greatest[index], values[index]);
            }
        }
        return new WorkRange(boxed(least), boxed(greatest));
    }

    boolean contains(LayerWork work) {
        double[] values = values(work);
        for (int index = 0; index < values.length; index++) {
            if (values[index] < least.get(index) || values[index] > greatest.get(index)) {
                return false;
            }
        }
        return true;
    }

    private static double[] values(LayerWork work) {
        return new double[] {work.macs(), work.inputBytes(), work.outputBytes(), work.weightBytes()};
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
