package io.github.codnn.profile;

import io.github.codnn.internal.Checks;

/**
 * The number of runs that time a layer.
 *
 * @param warmUps untimed passes before the first series, zero or greater
 * @param series the number of series of passes; the spread between their medians is the noise
 * @param secondsPerSeries the maximum duration of a series, unless its minimum number of passes takes longer
 * @param minPasses the minimum number of passes in a series, positive
 * @param maxPasses the maximum number of passes in a series, not below {@code minPasses}
 */
public record ProfilerSettings(int warmUps, int series, double secondsPerSeries, int minPasses, int maxPasses) {

    private static final ProfilerSettings DEFAULTS = new ProfilerSettings(3, 3, 0.15, 3, 300);

    /** Checks the components. */
    public ProfilerSettings {
        Checks.nonNegative(warmUps, "warmUps");
        Checks.positive(series, "series");
        Checks.positiveFinite(secondsPerSeries, "secondsPerSeries");
        Checks.positive(minPasses, "minPasses");
        if (maxPasses < minPasses) {
            throw new IllegalArgumentException(
                    "maxPasses must not be below minPasses " + minPasses + ", but is " + maxPasses);
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
        return new ProfilerSettings(warmUps, newSeries, newSecondsPerSeries, minPasses, maxPasses);
    }

    /**
     * Returns these settings with other limits of a series.
     *
     * @param min the minimum number of passes in a series
     * @param max the maximum number of passes in a series
     * @return the changed settings
     */
    public ProfilerSettings withPasses(int min, int max) {
        return new ProfilerSettings(warmUps, series, secondsPerSeries, min, max);
    }
}
