package io.github.codnn.scenario;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Quantities;
import java.io.Serializable;
import java.util.Objects;

/**
 * A limit on the time that frames of a task take.
 *
 * @param measure what is limited
 * @param seconds the limit, positive and finite
 */
public record Deadline(Measure measure, double seconds) implements Serializable {

    /** What a deadline limits. */
    public enum Measure {
        /** The mean time per frame of the whole batch, as in the CoDNN paper. */
        MEAN,
        /** The response time of a single frame. */
        RESPONSE
    }

    /** Checks the components. */
    public Deadline {
        Objects.requireNonNull(measure, "measure");
        seconds = Math.max(Quantities.LEAST, Checks.positiveFinite(seconds, "The deadline in seconds"));
    }

    /**
     * Limits the mean time per frame.
     *
     * @param seconds the limit
     * @return the deadline
     */
    public static Deadline onMean(double seconds) {
        return new Deadline(Measure.MEAN, seconds);
    }

    /**
     * Limits the response time of a single frame.
     *
     * @param seconds the limit
     * @return the deadline
     */
    public static Deadline onResponse(double seconds) {
        return new Deadline(Measure.RESPONSE, seconds);
    }
}
