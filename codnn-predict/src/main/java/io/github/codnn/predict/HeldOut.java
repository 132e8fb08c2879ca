package io.github.codnn.predict;

import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * A measurement and what was predicted for its layer by a regression that had not seen it.
 *
 * @param measurement the measurement
 * @param predictedSeconds the prediction, zero or greater
 */
public record HeldOut(Measurement measurement, double predictedSeconds) {

    /** Checks the components. */
    public HeldOut {
        Objects.requireNonNull(measurement, "measurement");
        Checks.nonNegativeFinite(predictedSeconds, "predictedSeconds");
    }

    /**
     * Returns the measured time.
     *
     * @return the time in seconds
     */
    public double measuredSeconds() {
        return measurement.seconds();
    }

    /**
     * Returns how far the prediction is off.
     *
     * @return the distance as a share of the measured time, without sign
     */
    public double relativeError() {
        return Math.abs(predictedSeconds - measuredSeconds()) / measuredSeconds();
    }
}
