package io.github.codnn.internal;

/**
 * Which figures count. The range of doubles is wider than that of quantities that anybody means; sums over the whole of
 * it lose their small parts or overflow.
 */
public final class Quantities {

    /** The longest time of a layer or a transfer, about 32 years. Work that takes longer counts as impossible. */
    public static final double MAX_SECONDS = 1e9;

    /** The greatest figure of any other kind: power, price, energy, latency. */
    public static final double MAX_AMOUNT = 1e18;

    /** Figures below count as 0: products of them must not be denormal. */
    public static final double LEAST = 1e-100;

    /**
     * The greatest size of a tensor or of parameters that is told apart, 64 TiB, so that sums of them do not overflow.
     * Nothing of that size fits into a device with a limit below it.
     */
    public static final long MAX_BYTES = 1L << 46;

    private Quantities() {}

    /**
     * Returns a size as sums of memory use it.
     *
     * @param bytes the size
     * @return the size, at most {@link #MAX_BYTES}
     */
    public static long memory(long bytes) {
        return Math.min(bytes, MAX_BYTES);
    }

    /**
     * Returns a figure as calculations use it.
     *
     * @param value zero or greater and finite
     * @param what what the value is, for the message
     * @return the value; 0 for -0.0 and for what is less than {@link #LEAST}
     * @throws IllegalArgumentException if it is negative, NaN or greater than {@link #MAX_AMOUNT}
     */
    public static double amount(double value, String what) {
        Checks.nonNegativeFinite(value, what);
        if (value > MAX_AMOUNT) {
            throw new IllegalArgumentException(what + " must be at most " + MAX_AMOUNT + ", but is " + value);
        }
        return normal(value);
    }

    /**
     * Returns a figure without the sign of zero and without denormal numbers.
     *
     * @param value zero or greater
     * @return the value, or 0 if it is less than {@link #LEAST}
     */
    public static double normal(double value) {
        return value < LEAST ? 0 : value;
    }
}
