package io.github.codnn.internal;

import java.util.function.DoubleUnaryOperator;

/**
 * Gauss-Legendre quadrature: exact for polynomials of degree {@code 2 n - 1} with n points, up to rounding. Immutable
 * and thread-safe.
 */
public final class GaussLegendre {

    private final double[] nodes; // in (0, 1)
    private final double[] weights; // which sum to 1

    /**
     * Finds the points and weights by Newton's method on the Legendre polynomial. O(n^2).
     *
     * @param points the number of points n, positive
     */
    public GaussLegendre(int points) {
        Checks.positive(points, "The number of points");
        nodes = new double[points];
        weights = new double[points];
        for (int point = 0; point < points; point++) {
            double x = -Math.cos(Math.PI * (point + 0.75) / (points + 0.5)); // close enough for Newton's method
            double slope = slope(points, x);
            for (int round = 0; round < 5; round++) {
                x -= value(points, x) / slope;
                slope = slope(points, x);
            }
            nodes[point] = (1 + x) / 2;
            weights[point] = 1 / ((1 - x * x) * slope * slope);
        }
    }

    /**
     * Integrates from zero. O(n).
     *
     * @param to the upper end, finite
     * @param function the integrand, evaluated once at each point
     * @return the integral
     */
    public double integrate(double to, DoubleUnaryOperator function) {
        double sum = 0;
        for (int point = 0; point < nodes.length; point++) {
            sum += weights[point] * function.applyAsDouble(to * nodes[point]);
        }
        return to * sum;
    }

    private static double slope(int degree, double x) {
        return degree * (x * value(degree, x) - value(degree - 1, x)) / (x * x - 1);
    }

    /** Returns the Legendre polynomial, by its recurrence. */
    private static double value(int degree, double x) {
        double before = 0;
        double value = 1;
        for (int k = 1; k <= degree; k++) {
            double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
            before = value;
            value = next;
        }
        return value;
    }
}
