package io.github.codnn.profile;

import io.github.codnn.predict.Measurements;
import java.util.List;
import java.util.Objects;

/**
 * What profiling gives.
 *
 * @param measurements everything that the file now holds, earlier rows included
 * @param added how many rows were added
 * @param skipped the layers that could not be timed
 * @param complete whether the whole plan was gone through; false if the thread was interrupted before
 */
public record ProfileResult(Measurements measurements, int added, List<Skipped> skipped, boolean complete) {

    /**
     * A layer that could not be timed.
     *
     * @param layer its name
     * @param reason why
     */
    public record Skipped(String layer, String reason) {}

    /** Checks and copies the components. */
    public ProfileResult {
        Objects.requireNonNull(measurements, "measurements");
        skipped = List.copyOf(skipped);
    }
}
