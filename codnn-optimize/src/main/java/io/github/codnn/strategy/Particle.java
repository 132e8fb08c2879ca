package io.github.codnn.strategy;

import io.github.codnn.optimize.SearchRun;
import java.io.Serializable;

/** One particle: where it is, how it moves, and the best it has seen. */
final class Particle implements Serializable {

    private static final long serialVersionUID = 1;
    private static final double LAST_KEY = Math.nextDown(1.0);

    final SplitMix random;
    final double[] position;
    final double[] velocity;
    final double[] best;
    final int[] placement; // what the position decodes to, after local search
    double bestValue = Double.POSITIVE_INFINITY;
    double bestViolation = Double.POSITIVE_INFINITY;

    Particle(long seed, int keys, int layers) {
        random = new SplitMix(seed);
        position = new double[keys];
        velocity = new double[keys];
        best = new double[keys];
        placement = new int[layers];
    }

    /** Goes anywhere, at a velocity that is half the way to anywhere else. */
    void scatter() {
        for (int key = 0; key < position.length; key++) {
            position[key] = random.nextDouble();
            velocity[key] = (random.nextDouble() - position[key]) / 2;
        }
    }

    /** Keeps where it is if that is the best place so far. */
    void remember(Score score) {
        if (SearchRun.isBetter(score.value(), score.violation(), bestValue, bestViolation)) {
            bestValue = score.value();
            bestViolation = score.violation();
            System.arraycopy(position, 0, best, 0, best.length);
        }
    }

    /** Takes over the memory of another particle. */
    void learn(Particle other) {
        bestValue = other.bestValue;
        bestViolation = other.bestViolation;
        System.arraycopy(other.best, 0, best, 0, best.length);
    }

    /** Moves; keys stay in [0, 1), and what hits a border stops there. */
    void move(double[] attractor, double inertia, Velocity coefficients) {
        double cognitive = coefficients.cognitive();
        double social = coefficients.social();
        double most = coefficients.most();
        for (int key = 0; key < position.length; key++) {
            double at = position[key];
            double speed = inertia * velocity[key]
                    + cognitive * random.nextDouble() * (best[key] - at)
                    + social * random.nextDouble() * (attractor[key] - at);
            speed = speed > most ? most : speed < -most ? -most : speed;
            double to = at + speed;
            if (to < 0) {
                to = 0;
                speed = 0;
            } else if (to > LAST_KEY) {
                to = LAST_KEY;
                speed = 0;
            }
            position[key] = to;
            velocity[key] = speed;
        }
    }
}
