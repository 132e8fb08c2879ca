package io.github.codnn.predict;

import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * A measurement and the prediction for its layer by a regression fitted without it.
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
     * Returns the relative error of the prediction.
     *
     * @return the absolute error as a fraction of the measured time
     */
    public double relativeError() {
        return Math.abs(predictedSeconds - measuredSeconds()) / measuredSeconds();
    }
}
