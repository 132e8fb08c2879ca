package io.github.codnn.platform;

import io.github.codnn.internal.Checks;
import java.io.Serializable;
import java.util.Objects;

/**
 * A radio channel or a bus that several links share: the transfers of all links that name it take turns, those of all
 * tasks included. Each transfer takes the time that its link needs for it.
 *
 * @param name the name, unique among the media of a platform, not blank
 * @param bytesPerSecond the bandwidth, positive and finite; no link on this medium is faster
 * @param duplex whether both directions share the time of the medium
 */
public record Medium(String name, double bytesPerSecond, Duplex duplex) implements Serializable {

    /** Whether both directions share the time of a medium. */
    public enum Duplex {
        /** One resource: one transfer at a time, in whatever direction. Wi-Fi and other channels with one frequency. */
        HALF,
        /**
         * Two resources, up and down, one transfer at a time on each. A transfer goes up from a lower tier to a higher
         * one, or between devices of one tier from the earlier on the platform to the later; else it goes down.
         */
        FULL
    }

    /** Checks the components. */
    public Medium {
        Checks.notBlank(name, "A medium's name");
        Checks.positiveFinite(bytesPerSecond, "bytesPerSecond of medium '" + name + "'");
        Objects.requireNonNull(duplex, "duplex");
    }
}
