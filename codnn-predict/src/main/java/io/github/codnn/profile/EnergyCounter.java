package io.github.codnn.profile;

import io.github.codnn.CodnnException;
import java.nio.file.Path;

/** Counts the energy that this machine uses. */
@FunctionalInterface
public interface EnergyCounter {

    /**
     * Returns the energy that was used since any fixed moment.
     *
     * @return the energy in joules, never less than before
     * @throws CodnnException if the counter cannot be read any more
     */
    double joules();

    /**
     * Returns the counters of the processors (running average power limit, RAPL), as Linux shows them through powercap:
     * the sum of all packages, and of memory that is no part of a package. They count all that runs on the processor,
     * idle power included, and step about every millisecond. Not thread-safe; to be read at least every few minutes.
     *
     * @return the counter
     * @throws CodnnException if the machine has none, or this user may not read it, with what to do
     */
    static EnergyCounter powercap() {
        return PowercapCounter.of(Path.of("/sys/class/powercap"));
    }
}
