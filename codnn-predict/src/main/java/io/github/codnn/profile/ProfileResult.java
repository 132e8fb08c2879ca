package io.github.codnn.profile;

import io.github.codnn.predict.Measurements;
import java.util.List;
import java.util.Objects;

/**
 * The result of profiling.
 *
 * @param measurements the content of the file, including earlier rows
 * @param added the number of rows added
 * @param skipped the layers that could not be timed
 * @param complete whether the plan was completed; false if the thread was interrupted before
 */
public record ProfileResult(Measurements measurements, int added, List<Skipped> skipped, boolean complete) {

    /**
     * A layer that could not be timed.
     *
     * @param layer its name
     * @param reason the reason
     */
    public record Skipped(String layer, String reason) {

        /** Checks the components. */
        public Skipped {
            Objects.requireNonNull(layer, "layer");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Checks and copies the components. */
    public ProfileResult {
        Objects.requireNonNull(measurements, "measurements");
        skipped = List.copyOf(skipped);
    }
}
