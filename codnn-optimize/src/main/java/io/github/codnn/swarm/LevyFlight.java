package io.github.codnn.swarm;

import io.github.codnn.internal.Checks;
import java.io.Serializable;

/**
 * How far particles jump: a Levy step {@code s} re-draws {@code 1 + floor(inertia * scale * |s| * L)} of L genes, all
 * of them at the most. A particle that has found nothing better for some steps starts on another random position, as in
 * LFPSO (H. Hakli and H. Uguz, A novel particle swarm optimization algorithm with Levy flight, Applied Soft Computing
 * 23, 2014).
 *
 * @param beta the tail index, between 1 and 2 (exclusive); 1.5 as in most of the literature since X.-S. Yang and S.
 *     Deb, Cuckoo search via Levy flights, 2009
 * @param scale the share of all genes that a step of 1 re-draws, in (0, 1]; the literature takes 0.01 to 0.1 of the
 *     range
 * @param patience after how many steps without a better position a particle, unless it is the best, starts on another
 *     random position and forgets its best one, at least 1; 10 in LFPSO, where a step is a single evaluation
 */
public record LevyFlight(double beta, double scale, int patience) implements Serializable {

    /** Checks the components. */
    public LevyFlight {
        LevySteps.checkBeta(beta);
        Checks.inRange(scale, Double.MIN_NORMAL, 1, "The scale of Levy flights");
        Checks.positive(patience, "The patience of Levy flights");
    }

    /**
     * Returns index 1.5, scale 0.1 and a patience of 3 steps, each of which is a whole local search.
     *
     * @return the flight
     */
    public static LevyFlight withDefaults() {
        return new LevyFlight(LevySteps.DEFAULT_BETA, 0.1, 3);
    }

    /**
     * Returns this flight with another tail index.
     *
     * @param index the tail index
     * @return the changed flight
     */
    public LevyFlight withBeta(double index) {
        return new LevyFlight(index, scale, patience);
    }

    /**
     * Returns this flight with another scale.
     *
     * @param share the share of all genes that a step of 1 re-draws
     * @return the changed flight
     */
    public LevyFlight withScale(double share) {
        return new LevyFlight(beta, share, patience);
    }

    /**
     * Returns this flight with another patience.
     *
     * @param steps after how many steps without a better position a particle starts on another random position
     * @return the changed flight
     */
    public LevyFlight withPatience(int steps) {
        return new LevyFlight(beta, scale, steps);
    }

    /** Returns how many of a number of genes a step re-draws: the step is cut, not drawn again. */
    int genes(double size, double inertia, int all) {
        double jump = inertia * scale * size * all;
        return jump >= all - 1 ? all : 1 + (int) jump;
    }
}
