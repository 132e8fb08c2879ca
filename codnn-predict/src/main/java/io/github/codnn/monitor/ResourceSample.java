package io.github.codnn.monitor;

import io.github.codnn.internal.Checks;

/**
 * The load, memory and clock frequency of a machine.
 *
 * @param load the share of its processors' time that was used since the previous sample, from 0 to 1
 * @param availableMemoryBytes the free memory, zero or greater
 * @param totalMemoryBytes its total memory, zero or greater
 * @param hertz the mean clock frequency of its processors now, 0 if it is not known
 * @param maxHertz the greatest clock frequency, 0 if it is not known
 */
public record ResourceSample(
        double load, long availableMemoryBytes, long totalMemoryBytes, double hertz, double maxHertz) {

    /** Checks the components. */
    public ResourceSample {
        Checks.inRange(load, 0, 1, "load");
        Checks.nonNegative(availableMemoryBytes, "availableMemoryBytes");
        Checks.nonNegative(totalMemoryBytes, "totalMemoryBytes");
        Checks.nonNegativeFinite(hertz, "hertz");
        Checks.nonNegativeFinite(maxHertz, "maxHertz");
    }
}
