package io.github.codnn.monitor;

import io.github.codnn.internal.Checks;

/**
 * How busy a machine is.
 *
 * @param load the share of its processors' time that was used since the sample before, from 0 to 1
 * @param availableMemoryBytes the memory that programs can still take, zero or greater
 * @param totalMemoryBytes the memory that it has, zero or greater
 * @param hertz the mean clock frequency of its processors now, 0 if it is not known
 * @param mostHertz the greatest clock frequency, 0 if it is not known
 */
public record ResourceSample(
        double load, long availableMemoryBytes, long totalMemoryBytes, double hertz, double mostHertz) {

    /** Checks the components. */
    public ResourceSample {
        Checks.inRange(load, 0, 1, "load");
        Checks.nonNegative(availableMemoryBytes, "availableMemoryBytes");
        Checks.nonNegative(totalMemoryBytes, "totalMemoryBytes");
        Checks.nonNegativeFinite(hertz, "hertz");
        Checks.nonNegativeFinite(mostHertz, "mostHertz");
    }
}
