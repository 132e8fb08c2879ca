package io.github.codnn.profile;

import io.github.codnn.internal.Checks;

/**
 * The number of runs that time a layer.
 *
 * @param warmUps untimed passes before the first series, zero or greater
 * @param series the number of series of passes; the spread between their medians is the noise
 * @param secondsPerSeries the maximum duration of a series, unless its minimum number of passes takes longer
 * @param leastPasses the minimum number of passes in a series, positive
 * @param mostPasses the maximum number of passes in a series, not below {@code leastPasses}
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
     * @param newSeries the number of series
     * @param newSecondsPerSeries the maximum duration of each
     * @return the changed settings
     */
    public ProfilerSettings withSeries(int newSeries, double newSecondsPerSeries) {
        return new ProfilerSettings(warmUps, newSeries, newSecondsPerSeries, leastPasses, mostPasses);
    }

    /**
     * Returns these settings with other limits of a series.
     *
     * @param least the minimum number of passes in a series
     * @param most the maximum number of passes in a series
     * @return the changed settings
     */
    public ProfilerSettings withPasses(int least, int most) {
        return new ProfilerSettings(warmUps, series, secondsPerSeries, least, most);
    }
}
