package io.github.codnn.swarm;

import io.github.codnn.internal.GaussLegendre;
import io.github.codnn.internal.SpecialFunctions;
import java.util.random.RandomGenerator;

/**
 * Steps of a Levy flight: mostly short, rarely very long, of either sign with equal probability.
 *
 * <p>A step is {@code u / |v|^(1 / beta)} with {@code u} normal of deviation {@link #sigma(double)} and {@code v}
 * standard normal (R. N. Mantegna, Fast, accurate algorithm for numerical simulation of Levy stable stochastic
 * processes, Physical Review E 49, 1994), whose tail falls as {@code |step|^-beta}. Drawn by inversion from a table of
 * quantiles instead: one random long and one interpolation, no logarithm, power or normal deviate. Every halving of the
 * tail has {@value #NODES} nodes, which keeps the relative error of a quantile below 1e-4 from a tail probability of a
 * half down to 2^-{@value #HALVINGS}; no step is longer than that quantile, so that all are finite.
 *
 * <p>Immutable and thread-safe. Takes 20 kB; construction takes about 10 ms.
 */
public final class LevySteps {

    /** The index that most of the literature on swarms takes. */
    public static final double DEFAULT_BETA = 1.5;

    private static final int HALVINGS = 40;
    private static final int NODES = 64;
    private static final int NODE_BITS = 6;

    /** Below a tail probability of 2^-12 the tail is a power of the step to 7 digits. */
    private static final int INTEGRATED = 12;

    private static final double DONE = 1e-13;

    private final double beta;
    private final double[] sizes; // at tail probabilities rising from 2^-HALVINGS to 1, NODES for each doubling

    private static final class Default {
        static final LevySteps STEPS = new LevySteps(DEFAULT_BETA);
    }

    private LevySteps(double beta) {
        this.beta = beta;
        sizes = new double[HALVINGS * NODES + 1];
        Tail tail = new Tail(beta);
        double size = 0;
        int least = (HALVINGS - INTEGRATED) * NODES;
        for (int node = sizes.length - 2; node >= least; node--) {
            size = tail.size(probability(node), size);
            sizes[node] = size;
        }
        for (int node = least - 1; node >= 0; node--) {
            sizes[node] = sizes[least] * Math.pow(probability(node) / probability(least), -1 / beta);
        }
    }

    private static double probability(int node) {
        return Math.scalb(1 + (double) (node % NODES) / NODES, node / NODES - HALVINGS);
    }

    /**
     * Returns the steps of an index.
     *
     * @param beta the tail index: between 1 (exclusive), where steps have no mean, and 2 (exclusive), where long ones
     *     die out
     * @return the steps
     * @throws IllegalArgumentException if the index is not between 1 and 2
     */
    public static LevySteps of(double beta) {
        checkBeta(beta);
        return beta == DEFAULT_BETA ? Default.STEPS : new LevySteps(beta);
    }

    static void checkBeta(double beta) {
        if (!(beta > 1 && beta < 2)) {
            throw new IllegalArgumentException(
                    "The index beta of Levy steps must be greater than 1 and less than 2, but is " + beta
                            + ". Maybe take " + DEFAULT_BETA + ".");
        }
    }

    /**
     * Returns the deviation of the numerator,
     * {@code (Gamma(1 + b) sin(pi b / 2) / (Gamma((1 + b) / 2) b 2^((b - 1) / 2)))^(1 / b)}; the exponent applies to
     * the whole fraction.
     *
     * @param beta the tail index b, at least 1 and less than 2
     * @return the deviation: 1 for 1, 0.696575 for 1.5
     */
    public static double sigma(double beta) {
        double numerator = SpecialFunctions.gamma(1 + beta) * Math.sin(Math.PI * beta / 2);
        double denominator = SpecialFunctions.gamma((1 + beta) / 2) * beta * Math.pow(2, (beta - 1) / 2);
        return Math.pow(numerator / denominator, 1 / beta);
    }

    /**
     * Returns the tail index.
     *
     * @return beta, between 1 and 2
     */
    public double beta() {
        return beta;
    }

    /** Returns the mean of the sizes when those above a limit are cut to it. */
    double meanUpTo(double limit) {
        double mean = 0;
        for (int node = 0; node + 1 < sizes.length; node++) {
            double width = probability(node + 1) - probability(node);
            mean += width * (Math.min(limit, sizes[node]) + Math.min(limit, sizes[node + 1])) / 2;
        }
        return mean;
    }

    /**
     * Draws a step. O(1).
     *
     * @param random the source of randomness, asked for one long
     * @return the step, finite, of either sign
     */
    public double next(RandomGenerator random) {
        long bits = random.nextLong();
        double size = size(bits >>> 1);
        return (bits & 1) == 0 ? size : -size;
    }

    /**
     * Draws the size of a step. O(1).
     *
     * @param random the source of randomness, asked for one long
     * @return the size, finite, zero or greater
     */
    public double nextSize(RandomGenerator random) {
        return size(random.nextLong() >>> 1);
    }

    /** Returns the size whose tail probability is a number of 63 bits, taken as a fraction. */
    private double size(long tail) {
        int halvings = Long.numberOfLeadingZeros(tail) - 1;
        if (halvings >= HALVINGS) {
            return sizes[0];
        }
        long below = tail << (halvings + 2); // without the leading one
        int node = ((HALVINGS - 1 - halvings) << NODE_BITS) + (int) (below >>> (Long.SIZE - NODE_BITS));
        double share = ((below << NODE_BITS) >>> 11) * 0x1p-53;
        return sizes[node] + share * (sizes[node + 1] - sizes[node]);
    }

    /** The tail of the sizes, {@code P(|u| > s |v|^(1 / beta))}, by quadrature over whatever is the smoother. */
    private static final class Tail {

        private static final GaussLegendre QUADRATURE = new GaussLegendre(64);
        private static final double FURTHEST = 8.5; // of a standard normal, beyond which nothing is left to count

        private final double beta;
        private final double sigma;

        Tail(double beta) {
            this.beta = beta;
            sigma = sigma(beta);
        }

        /** Returns the size of a tail probability by Newton's method, from that of a greater probability. */
        double size(double probability, double start) {
            double size = start;
            for (int round = 0; round < 50; round++) {
                double step = (of(size) - probability) / density(size);
                size += step;
                if (Math.abs(step) <= DONE * size) {
                    break;
                }
            }
            return size;
        }

        /** Substitutes {@code u = w^2}, so that {@code u^beta} is smooth at 0; for short steps counts what is below. */
        private double of(double size) {
            if (size > 1) {
                return QUADRATURE.integrate(
                        Math.sqrt(FURTHEST),
                        w -> 2
                                * w
                                * normal(w * w)
                                * SpecialFunctions.erf(Math.pow(sigma * w * w / size, beta) / Math.sqrt(2)));
            }
            double scale = size / sigma;
            return 1
                    - QUADRATURE.integrate(
                            furthestBelow(),
                            w -> 2
                                    * w
                                    * scale
                                    * normal(scale * w * w)
                                    * SpecialFunctions.erfc(Math.pow(w, 2 * beta) / Math.sqrt(2)));
        }

        private double density(double size) {
            if (size > 1) {
                return QUADRATURE.integrate(Math.sqrt(FURTHEST), w -> {
                    double v = Math.pow(sigma * w * w / size, beta);
                    return 2 * w * normal(w * w) * normal(v) * v * beta / size;
                });
            }
            double scale = size / sigma;
            return QUADRATURE.integrate(furthestBelow(), w -> {
                double v = Math.pow(w, 2 * beta);
                return 2 * w * normal(scale * w * w) * normal(v) * v * beta / sigma;
            });
        }

        private double furthestBelow() {
            return Math.pow(FURTHEST, 1 / (2 * beta));
        }

        /** Returns the density of the size of a standard normal. */
        private static double normal(double x) {
            return Math.sqrt(2 / Math.PI) * Math.exp(-x * x / 2);
        }
    }
}
