package io.github.codnn.monitor;

import io.github.codnn.internal.Checks;

/**
 * The bandwidth and latency of a link as estimated by a {@link BandwidthEstimator}.
 *
 * @param bytesPerSecond the bandwidth, positive
 * @param latencySeconds the time before the first byte arrives, zero or greater
 * @param lowBytesPerSecond the lower end of the confidence interval of the bandwidth, zero or greater
 * @param highBytesPerSecond its upper end; infinite as long as there is only one sample
 * @param samples the effective number of samples, after exponential weighting
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
