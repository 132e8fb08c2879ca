package io.github.codnn.monitor;

import io.github.codnn.internal.Checks;
import java.util.Optional;

/**
 * Estimates the bandwidth and latency of one link from ordinary transfers and from probes.
 *
 * <p>The model of a transfer of x bytes is {@code latency + x / bandwidth}. A probe of two sizes determines both, the
 * bandwidth as the difference of the sizes over the difference of the times (C. Hu et al., DADS, INFOCOM 2019); a
 * single transfer determines the bandwidth, with the latency estimated so far. Samples have exponentially decreasing
 * weights by age; the confidence interval is Student's, for the effective number of samples.
 *
 * <p>Thread-safe; each call takes O(1) time. It starts no thread and sends no data: the caller makes the transfers and
 * reports them.
 */
public final class BandwidthEstimator {

    private final double keep;
    private final double confidence;
    private final Moments bandwidth = new Moments();
    private final Moments latency = new Moments();

    private BandwidthEstimator(double halfLifeSamples, double confidence) {
        this.keep = Math.pow(0.5, 1 / halfLifeSamples);
        this.confidence = confidence;
    }

    /**
     * Makes an estimator with a half-life of ten samples and an interval of 95 %.
     *
     * @return the estimator, without samples
     */
    public static BandwidthEstimator withDefaults() {
        return of(10, 0.95);
    }

    /**
     * Makes an estimator.
     *
     * @param halfLifeSamples the number of samples after which the weight of a sample is halved, positive
     * @param confidence the probability that the interval covers the mean, above 0 and below 1
     * @return the estimator, without samples
     */
    public static BandwidthEstimator of(double halfLifeSamples, double confidence) {
        Checks.positiveFinite(halfLifeSamples, "halfLifeSamples");
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must lie above 0 and below 1, but is " + confidence);
        }
        return new BandwidthEstimator(halfLifeSamples, confidence);
    }

    /**
     * Adds a transfer. Ignores a transfer that took no longer than the latency estimated so far, because it has no
     * information on the bandwidth.
     *
     * @param bytes the size, positive
     * @param seconds the time from the first byte sent to the last received, positive
     * @return whether it was used
     */
    public synchronized boolean addTransfer(long bytes, double seconds) {
        Checks.positive(bytes, "bytes");
        Checks.positiveFinite(seconds, "seconds");
        double underWay = seconds - latency.mean();
        if (!(underWay > 0)) {
            return false;
        }
        bandwidth.add(bytes / underWay, keep);
        return true;
    }

    /**
     * Adds a probe of two sizes. Ignores a probe whose larger transfer was not slower, because it has no information.
     *
     * @param smallBytes the smaller size, positive
     * @param smallSeconds its time, positive
     * @param largeBytes the larger size, above the smaller
     * @param largeSeconds its time, positive
     * @return whether it was used
     */
    public synchronized boolean addProbe(long smallBytes, double smallSeconds, long largeBytes, double largeSeconds) {
        Checks.positive(smallBytes, "smallBytes");
        Checks.positiveFinite(smallSeconds, "smallSeconds");
        Checks.positive(largeBytes - smallBytes, "largeBytes less smallBytes");
        Checks.positiveFinite(largeSeconds, "largeSeconds");
        if (!(largeSeconds > smallSeconds)) {
            return false;
        }
        double rate = (largeBytes - smallBytes) / (largeSeconds - smallSeconds);
        bandwidth.add(rate, keep);
        latency.add(Math.max(0, smallSeconds - smallBytes / rate), keep);
        return true;
    }

    /**
     * Returns the current estimate.
     *
     * @return the estimate, or nothing before the first sample
     */
    public synchronized Optional<BandwidthEstimate> estimate() {
        if (bandwidth.isEmpty()) {
            return Optional.empty();
        }
        double mean = bandwidth.mean();
        double half = bandwidth.halfInterval(confidence);
        return Optional.of(new BandwidthEstimate(
                mean, latency.mean(), Math.max(0, mean - half), mean + half, bandwidth.effectiveSamples()));
    }

    /** Weighted mean and variance; every new value reduces the weights of the old ones. */
    private static final class Moments {

        private double weights;
        private double squaredWeights;
        private double mean;
        private double squares;

        void add(double value, double keep) {
            weights = weights * keep + 1;
            squaredWeights = squaredWeights * keep * keep + 1;
            double before = value - mean;
            mean += before / weights;
            squares = squares * keep + before * (value - mean);
        }

        boolean isEmpty() {
            return weights == 0;
        }

        double mean() {
            return mean;
        }

        double effectiveSamples() {
            return weights * weights / squaredWeights;
        }

        double halfInterval(double confidence) {
            double samples = effectiveSamples();
            if (!(samples > 1 + 1e-9)) {
                return Double.POSITIVE_INFINITY;
            }
            double variance = squares / (weights - squaredWeights / weights);
            return StudentT.quantile(1 - confidence, samples - 1) * Math.sqrt(variance / samples);
        }
    }
}
