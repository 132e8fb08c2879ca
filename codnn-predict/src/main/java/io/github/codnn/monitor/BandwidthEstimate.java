package io.github.codnn.monitor;

import io.github.codnn.internal.Checks;

/**
 * What a {@link BandwidthEstimator} believes of a link.
 *
 * @param bytesPerSecond the bandwidth, positive
 * @param latencySeconds the time before the first byte arrives, zero or greater
 * @param lowBytesPerSecond the lower end of the confidence interval of the bandwidth, zero or greater
 * @param highBytesPerSecond its upper end; infinite while there is but one sample
 * @param samples the number of samples that the estimate is worth, after forgetting
 */
public record BandwidthEstimate(
        double bytesPerSecond,
        double latencySeconds,
        double lowBytesPerSecond,
        double highBytesPerSecond,
        double samples) {

    /** Checks the components. */
    public BandwidthEstimate {
        Checks.positiveFinite(bytesPerSecond, "bytesPerSecond");
        Checks.nonNegativeFinite(latencySeconds, "latencySeconds");
        Checks.inRange(lowBytesPerSecond, 0, bytesPerSecond, "lowBytesPerSecond");
        Checks.inRange(highBytesPerSecond, bytesPerSecond, Double.POSITIVE_INFINITY, "highBytesPerSecond");
        Checks.positiveFinite(samples, "samples");
    }
}
