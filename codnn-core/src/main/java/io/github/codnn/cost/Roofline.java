package io.github.codnn.cost;

import io.github.codnn.internal.Checks;

/**
 * The speed of a device in three figures.
 *
 * @param macsPerSecond multiply-accumulates per second, positive and finite
 * @param weightBytesPerSecond the rate at which weights are read, positive; infinite if it never limits
 * @param secondsPerKernel the fixed time of every kernel, zero or greater
 */
public record Roofline(double macsPerSecond, double weightBytesPerSecond, double secondsPerKernel) {

    /** Checks the components. */
    public Roofline {
        Checks.positiveFinite(macsPerSecond, "macsPerSecond");
        if (!(weightBytesPerSecond > 0)) {
            throw new IllegalArgumentException("weightBytesPerSecond must be positive, but is " + weightBytesPerSecond);
        }
        Checks.nonNegativeFinite(secondsPerKernel, "secondsPerKernel");
    }
}
