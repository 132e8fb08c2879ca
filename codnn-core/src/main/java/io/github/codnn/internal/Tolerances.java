package io.github.codnn.internal;

/** By how much equal figures may differ because floating-point sums were added in different orders. */
public final class Tolerances {

    /**
     * Relative, of two figures of plans that count as equal: well above the rounding of sums over layers, far below
     * what a user can measure.
     */
    public static final double EQUAL = 1e-12;

    /**
     * Relative, of a load that keeps a period found before: above the rounding of a load, and below {@link #EQUAL}, so
     * that a search that lowers the period by that makes progress.
     */
    public static final double LOAD = 1e-13;

    /**
     * Relative, of a bound compared with a limit: bounds add, divide and multiply more often than evaluations, and must
     * not exclude a plan that keeps the limit.
     */
    public static final double BOUND = 1e-9;

    private Tolerances() {}
}
