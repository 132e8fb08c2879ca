package io.github.codnn.cost;

import io.github.codnn.internal.Checks;

/**
 * The speed of a device as three parameters.
 *
 * @param macsPerSecond multiply-accumulates per second, positive and finite
 * @param weightBytesPerSecond the rate at which weights are read, positive; infinite if it is no limit
 * @param secondsPerKernel the fixed time of every kernel, zero or greater
 */
public record Roofline(double macsPerSecond, double weightBytesPerSecond, double secondsPerKernel) {

    private static final double FLOPS_PER_MAC = 2;

    /** Checks the components. */
    public Roofline {
        Checks.positiveFinite(macsPerSecond, "macsPerSecond");
        if (!(weightBytesPerSecond > 0)) {
            throw new IllegalArgumentException("weightBytesPerSecond must be positive, but is " + weightBytesPerSecond);
        }
        Checks.nonNegativeFinite(secondsPerKernel, "secondsPerKernel");
    }

    /**
     * Makes the speed of a device from the peak rates in its data sheet.
     *
     * <p>FLOPs are counted as data sheets count them: one multiply-accumulate (MAC) is two floating-point operations, a
     * multiplication and an addition, so a device of 2 GFLOP/s runs 1e9 MACs per second. Peak figures are an upper
     * limit; real kernels reach less, so predicted times are a lower limit. Kernels have no fixed time.
     *
     * @param gigaflopsPerSecond 10^9 floating-point operations per second, positive and finite
     * @param gigabytesPerSecond the memory bandwidth in 10^9 bytes per second, positive; infinite if it is no limit
     * @return the speed
     */
    public static Roofline ofGigaflops(double gigaflopsPerSecond, double gigabytesPerSecond) {
        return new Roofline(gigaflopsPerSecond * 1e9 / FLOPS_PER_MAC, gigabytesPerSecond * 1e9, 0);
    }

    /**
     * Returns this speed with another fixed time of a kernel.
     *
     * @param seconds the fixed time of every kernel, zero or greater
     * @return the changed speed
     */
    public Roofline withSecondsPerKernel(double seconds) {
        return new Roofline(macsPerSecond, weightBytesPerSecond, seconds);
    }
}
