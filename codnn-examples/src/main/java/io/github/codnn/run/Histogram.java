package io.github.codnn.run;

/**
 * Times in buckets that grow by one per cent: percentiles are right to half a per cent, the mean is exact, and memory
 * does not depend on the number of times. Not thread-safe.
 */
final class Histogram {

    private static final double GROWTH = Math.log(1.01);
    private static final double LEAST_NANOS = 100;
    private static final int BUCKETS = 4096; // up to about 10^12 s

    private final long[] counts = new long[BUCKETS];
    private long count;
    private double sum;

    void add(long nanos) {
        double bucket = Math.log(Math.max((double) nanos, LEAST_NANOS) / LEAST_NANOS) / GROWTH;
        counts[(int) Math.min(BUCKETS - 1, Math.round(bucket))]++;
        count++;
        sum += (double) nanos;
    }

    long count() {
        return count;
    }

    /** Returns the mean in seconds, NaN without any time. */
    double mean() {
        return count == 0 ? Double.NaN : sum / (double) count * 1e-9;
    }

    /** Returns the time in seconds that a share of all times does not exceed, NaN without any time. */
    double percentile(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long rank = Math.max(1, (long) Math.ceil(share * count));
        int bucket = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[bucket]) {
            bucket++;
        }
        return LEAST_NANOS * Math.exp(bucket * GROWTH) * 1e-9;
    }

    /** Returns what is shown of these times. */
    Times times() {
        return new Times(count, mean(), percentile(0.5), percentile(0.95), percentile(0.99));
    }
}
