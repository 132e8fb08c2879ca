package io.github.codnn.swarm;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.SpecialFunctions;
import java.io.Serializable;
import java.util.random.RandomGenerator;

/**
 * How far and when particles jump: a Levy step {@code s} goes {@code scale * |s|} of the way that is possible, all of
 * it at the most. {@link PositionUpdate} tells what jumps.
 *
 * @param beta the tail index, between 1 and 2 (exclusive); 1.5 as in most of the literature since X.-S. Yang and S.
 *     Deb, Cuckoo search via Levy flights, 2009
 * @param scale the share of the greatest jump that a step of 1 goes, in (0, 1]; the literature takes 0.01 to 0.1 of
 *     the range
 * @param patience after how many steps without a better position a particle is relocated, at least 1; 10 in LFPSO (H.
 *     Hakli and H. Uguz, A novel particle swarm optimization algorithm with Levy flight, Applied Soft Computing 23,
 *     2014), where a step is a single evaluation
 * @param lightTailed whether steps are normally distributed instead, with the same mean reach, to tell what the heavy
 *     tail does from what jumps do
 */
public record LevyFlight(double beta, double scale, int patience, boolean lightTailed) implements Serializable {

    private static final int BISECTIONS = 64;

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
        return new LevyFlight(LevySteps.DEFAULT_BETA, 0.1, 3, false);
    }

    /**
     * Returns this flight with another tail index.
     *
     * @param index the tail index
     * @return the changed flight
     */
    public LevyFlight withBeta(double index) {
        return new LevyFlight(index, scale, patience, lightTailed);
    }

    /**
     * Returns this flight with another scale.
     *
     * @param share the share of the greatest jump that a step of 1 goes
     * @return the changed flight
     */
    public LevyFlight withScale(double share) {
        return new LevyFlight(beta, share, patience, lightTailed);
    }

    /**
     * Returns this flight with another patience.
     *
     * @param steps after how many steps without a better position a particle is relocated
     * @return the changed flight
     */
    public LevyFlight withPatience(int steps) {
        return new LevyFlight(beta, scale, steps, lightTailed);
    }

    /**
     * Returns the fair twin of this flight: normally distributed steps, whose deviation gives the same mean of
     * {@code min(1, scale * |s|)}.
     *
     * @return the changed flight
     */
    public LevyFlight withLightTail() {
        return new LevyFlight(beta, scale, patience, true);
    }

    /** Returns how many of a number of genes a step re-draws: the step is cut, not drawn again. */
    int genes(double size, double inertia, int all) {
        double jump = inertia * scale * size * all;
        return jump >= all - 1 ? all : 1 + (int) jump;
    }

    /** Returns what draws steps. */
    Lengths lengths() {
        LevySteps levy = LevySteps.of(beta);
        return new Lengths(levy, lightTailed ? deviation(levy.meanUpTo(1 / scale), 1 / scale) : 0);
    }

    /** Returns the deviation of a normal variable whose size, cut to a limit, has a mean; by bisection. */
    private static double deviation(double mean, double limit) {
        double least = 0;
        double greatest = 1;
        while (meanUpTo(limit, greatest) < mean) {
            greatest *= 2;
        }
        for (int round = 0; round < BISECTIONS; round++) {
            double middle = (least + greatest) / 2;
            if (meanUpTo(limit, middle) < mean) {
                least = middle;
            } else {
                greatest = middle;
            }
        }
        return greatest;
    }

    private static double meanUpTo(double limit, double deviation) {
        double ratio = limit / deviation;
        return deviation * Math.sqrt(2 / Math.PI) * (1 - Math.exp(-ratio * ratio / 2))
                + limit * SpecialFunctions.erfc(ratio / Math.sqrt(2));
    }

    /**
     * The lengths of jumps, before they are scaled.
     *
     * @param levy the heavy-tailed steps
     * @param deviation of the normal steps that replace them, 0 for none
     */
    record Lengths(LevySteps levy, double deviation) {

        /** Draws a length of either sign. */
        double next(RandomGenerator random) {
            return deviation > 0 ? deviation * random.nextGaussian() : levy.next(random);
        }

        /** Draws a length. */
        double nextSize(RandomGenerator random) {
            return deviation > 0 ? Math.abs(deviation * random.nextGaussian()) : levy.nextSize(random);
        }
    }
}
