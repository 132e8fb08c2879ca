package io.github.codnn.swarm;

import io.github.codnn.optimize.Score;
import io.github.codnn.pipeline.Scorer;
import java.io.Serializable;

/**
 * A particle of {@link DblpsoMd}: where it is, how fast it was, and the best it has seen.
 *
 * @serial exclude
 */
final class MultiTaskParticle implements Serializable {

    private static final long serialVersionUID = 1;

    final SplitMix random;
    final int[] position; // [layer] device
    final int[] best;
    Score bestScore = Score.NONE;
    int failures; // steps since the best position last changed
    double velocity; // genes in the last step

    MultiTaskParticle(long seed, int genes) {
        random = new SplitMix(seed);
        position = new int[genes];
        best = new int[genes];
    }

    /** Tells whether this is a particle of so many layers and devices. */
    boolean fits(int layers, int devices) {
        return Scorer.areIndices(position, layers, devices)
                && Scorer.areIndices(best, layers, devices)
                && random != null;
    }

    void remember(Score score) {
        if (score.isBetterThan(bestScore)) {
            bestScore = score;
            System.arraycopy(position, 0, best, 0, best.length);
            failures = 0;
        } else {
            failures++;
        }
    }

    void forget() {
        bestScore = Score.NONE;
    }

    void learn(MultiTaskParticle other) {
        bestScore = other.bestScore;
        System.arraycopy(other.best, 0, best, 0, best.length);
    }

    boolean isBetterThan(MultiTaskParticle other) {
        return bestScore.isBetterThan(other.bestScore);
    }
}
