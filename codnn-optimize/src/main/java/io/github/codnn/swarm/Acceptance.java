package io.github.codnn.swarm;

import io.github.codnn.optimize.Score;
import java.util.random.RandomGenerator;

/** Which trials simulated annealing accepts. */
interface Acceptance {

    /**
     * Deb's rules: less that is impossible or a smaller violation always, a greater one never, and of equal violations
     * the Metropolis rule.
     */
    Acceptance BY_DEBS_RULES = (trial, current, temperature, random) -> {
        if (trial.impossible() != current.impossible()) {
            return trial.impossible() < current.impossible();
        }
        if (trial.violation() != current.violation()) {
            return trial.violation() < current.violation();
        }
        double scale = Math.abs(current.value());
        return metropolis(trial.value() - current.value(), scale, temperature, random);
    };

    /** Decides on a trial at a temperature, which is relative to the current value. */
    boolean accepts(Score trial, Score current, double temperature, RandomGenerator random);

    /** Begins a search. */
    default void begin() {}

    /** Adapts to the current score, after every trial. */
    default void adapt(Score current) {}

    /**
     * Accepts what is no worse, and what is worse by x with probability exp(-x / (temperature * scale)) (N. Metropolis,
     * A. Rosenbluth, M. Rosenbluth, A. Teller, E. Teller, 1953).
     */
    static boolean metropolis(double worse, double scale, double temperature, RandomGenerator random) {
        return worse <= 0 || (temperature > 0 && worse < -Math.log(1 - random.nextDouble()) * temperature * scale);
    }
}
