package io.github.codnn.swarm;

import io.github.codnn.optimize.Score;
import io.github.codnn.pipeline.Scorer;
import java.io.Serializable;

/**
 * One particle: where it is, how fast it is, and the best position that it has seen.
 *
 * @param <V> its velocity
 * @serial exclude
 */
final class Particle<V extends Serializable> implements Serializable {

    private static final long serialVersionUID = 1;

    final SplitMix random;
    final int[] position;
    final int[] best;
    final V velocity;
    private Score bestScore = Score.NONE;
    private long failures; // steps since the best position last changed

    Particle(SplitMix random, int length, V velocity) {
        this.random = random;
        this.velocity = velocity;
        position = new int[length];
        best = new int[length];
    }

    /** Tells whether positions have a length, and all their numbers are below a limit. */
    boolean fits(int length, int limit) {
        return Scorer.areIndices(position, length, limit)
                && Scorer.areIndices(best, length, limit)
                && random != null
                && velocity != null
                && bestScore != null;
    }

    /** Keeps the position if the last placement that was scored is the best so far. */
    void remember(Scorer scorer) {
        if (scorer.lastIsBetterThan(bestScore)) {
            keep(scorer.last());
        } else {
            failures++;
        }
    }

    /** Keeps the position if its score is the best so far. */
    void remember(Score score) {
        if (score.isBetterThan(bestScore)) {
            keep(score);
        } else {
            failures++;
        }
    }

    private void keep(Score score) {
        bestScore = score;
        System.arraycopy(position, 0, best, 0, best.length);
        failures = 0;
    }

    /** Forgets the best position, so that the next one is the best. */
    void forget() {
        bestScore = Score.NONE;
    }

    /** Counts failures anew. */
    void forgive() {
        failures = 0;
    }

    /** Takes over the best position of another particle. */
    void learn(Particle<V> other) {
        bestScore = other.bestScore;
        System.arraycopy(other.best, 0, best, 0, best.length);
    }

    boolean isBetterThan(Particle<V> other) {
        return bestScore.isBetterThan(other.bestScore);
    }

    long failures() {
        return failures;
    }
}
