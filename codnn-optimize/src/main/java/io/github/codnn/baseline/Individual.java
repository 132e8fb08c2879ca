package io.github.codnn.baseline;

import io.github.codnn.optimize.SearchRun;
import io.github.codnn.pipeline.Scorer;

/** A placement with its score, as populations keep them. */
final class Individual {

    final int[] placement;
    private double value = Double.POSITIVE_INFINITY;
    private double violation = Double.POSITIVE_INFINITY;

    Individual(int layers) {
        placement = new int[layers];
    }

    void score(Scorer scorer) {
        scorer.score(placement);
        value = scorer.value();
        violation = scorer.violation();
    }

    void copy(Individual other) {
        System.arraycopy(other.placement, 0, placement, 0, placement.length);
        value = other.value;
        violation = other.violation;
    }

    boolean isBetterThan(Individual other) {
        return SearchRun.isBetter(value, violation, other.value, other.violation);
    }

    static int best(Individual[] population) {
        int best = 0;
        for (int each = 1; each < population.length; each++) {
            best = population[each].isBetterThan(population[best]) ? each : best;
        }
        return best;
    }
}
