package io.github.codnn.monitor;

import io.github.codnn.internal.SpecialFunctions;

/** Student's t distribution; formulas as in the NIST Digital Library of Mathematical Functions (DLMF). */
final class StudentT {

    private static final double TOLERANCE = 1e-13;
    private static final double GREATEST = 0x1p400; // whose square is finite, over any degrees of freedom above 1e-60

    private StudentT() {}

    /**
     * Returns the two-sided quantile by bisection: the deviation that is exceeded with a given probability.
     *
     * @param tails the total probability of both tails, above 0 and below 1
     * @param freedom the degrees of freedom, positive
     * @return the deviation, with a relative error of about 1e-12 up to 1,000 degrees of freedom; infinite above 1e120
     */
    static double quantile(double tails, double freedom) {
        double high = 1;
        while (tails(high, freedom) > tails) {
            high *= 2;
            if (high > GREATEST) {
                return Double.POSITIVE_INFINITY;
            }
        }
        double low = 0;
        while (high - low > TOLERANCE * high) {
            double middle = (low + high) / 2;
            if (tails(middle, freedom) > tails) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Returns the probability of a greater deviation on either side: the incomplete beta function I_x(a, 1 / 2). */
    static double tails(double deviation, double freedom) {
        double a = freedom / 2;
        double square = deviation * deviation / freedom;
        double x = 1 / (1 + square);
        double y = square / (1 + square); // 1 - x
        double factor = Math.exp(SpecialFunctions.logGamma(a + 0.5)
                - SpecialFunctions.logGamma(a)
                - SpecialFunctions.logGamma(0.5)
                - a * Math.log1p(square)
                + Math.log(y) / 2);
        // The continued fraction converges fast on one side of the mean; I_x(a, b) = 1 - I_y(b, a).
        return x < (a + 1) / (a + 2.5) ? factor / (a * fraction(a, 0.5, x)) : 1 - factor / (0.5 * fraction(0.5, a, y));
    }

    /**
     * DLMF 8.17.22, from the innermost term outwards; the number of terms grows with the square root of the parameters.
     */
    private static double fraction(double a, double b, double x) {
        double fraction = 1;
        for (int m = 30 + (int) (3 * Math.sqrt(a + b)); m >= 0; m--) {
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            double even = (m + 1) * (b - m - 1) * x / ((a + 2 * m + 1) * (a + 2 * m + 2));
            fraction = 1 + odd / (1 + even / fraction);
        }
        return fraction;
    }
}
