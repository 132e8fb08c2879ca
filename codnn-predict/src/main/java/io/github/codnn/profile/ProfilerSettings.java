package io.github.codnn.profile;

import io.github.codnn.internal.Checks;

/**
 * How often a layer is run to be timed.
 *
 * @param warmUps passes before the clock counts, zero or greater
 * @param series how many series of passes there are; the spread between their medians is the noise
 * @param secondsPerSeries how long a series goes on at the most, but for its least number of passes
 * @param leastPasses passes in a series at least, positive
 * @param mostPasses passes in a series at most, not below {@code leastPasses}
 */
public record ProfilerSettings(int warmUps, int series, double secondsPerSeries, int leastPasses, int mostPasses) {

    private static final ProfilerSettings DEFAULTS = new ProfilerSettings(3, 3, 0.15, 3, 300);

    /** Checks the components. */
    public ProfilerSettings {
        Checks.nonNegative(warmUps, "warmUps");
        Checks.positive(series, "series");
        Checks.positiveFinite(secondsPerSeries, "secondsPerSeries");
        Checks.positive(leastPasses, "leastPasses");
        if (mostPasses < leastPasses) {
            throw new IllegalArgumentException(
                    "mostPasses must not be below leastPasses " + leastPasses + ", but is " + mostPasses);
        }
    }

    /**
     * Returns 3 warm-ups and 3 series of 3 to 300 passes in 0.15 seconds.
     *
     * @return the defaults
     */
    public static ProfilerSettings withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns these settings with other series.
     *
     * @param newSeries how many series there are
     * @param newSecondsPerSeries how long each goes on at the most
     * @return the changed settings
     */
    public ProfilerSettings withSeries(int newSeries, double newSecondsPerSeries) {
        return new ProfilerSettings(warmUps, newSeries, newSecondsPerSeries, leastPasses, mostPasses);
    }

    /**
     * Returns these settings with other limits of a series.
     *
     * @param least passes in a series at least
     * @param most passes in a series at most
     * @return the changed settings
     */
    public ProfilerSettings withPasses(int least, int most) {
        return new ProfilerSettings(warmUps, series, secondsPerSeries, least, most);
    }
}
