package io.github.codnn.baseline;

import io.github.codnn.optimize.Score;
import io.github.codnn.pipeline.Scorer;

/** A member of a population: a placement with its score. */
final class Individual {

    final int[] placement;
    private Score score = Score.NONE;

    Individual(int layers) {
        placement = new int[layers];
    }

    void score(Scorer scorer) {
        scorer.score(placement);
        score = scorer.last();
    }

    void copy(Individual other) {
        System.arraycopy(other.placement, 0, placement, 0, placement.length);
        score = other.score;
    }

    boolean isBetterThan(Individual other) {
        return score.isBetterThan(other.score);
    }

    static int best(Individual[] population) {
        int best = 0;
        for (int each = 1; each < population.length; each++) {
            best = population[each].isBetterThan(population[best]) ? each : best;
        }
        return best;
    }
}
