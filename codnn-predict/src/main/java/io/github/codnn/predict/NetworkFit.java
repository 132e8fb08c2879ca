package io.github.codnn.predict;

import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * The accuracy of the predicted time of a whole network, the sum over its layers.
 *
 * @param network the name of the network
 * @param measuredSeconds the measured time of one pass, positive
 * @param predictedSeconds the predicted time, without any calibration
 * @param calibratedSeconds the predicted time after calibration by all other measured networks; the same as
 *     {@code predictedSeconds} if there are none
 * @param spread the spread of repeated series of passes as a fraction of the time: the noise of the measurement
 */
public record NetworkFit(
        String network, double measuredSeconds, double predictedSeconds, double calibratedSeconds, double spread) {

    /** Checks the components. */
    public NetworkFit {
        Objects.requireNonNull(network, "network");
        Checks.positiveFinite(measuredSeconds, "measuredSeconds");
        Checks.nonNegativeFinite(predictedSeconds, "predictedSeconds");
        Checks.nonNegativeFinite(calibratedSeconds, "calibratedSeconds");
        Checks.nonNegativeFinite(spread, "spread");
    }

    /**
     * Returns the relative error without calibration.
     *
     * @return predicted minus measured time, as a fraction of the measured time; below zero if the prediction is too
     *     low
     */
    public double error() {
        return predictedSeconds / measuredSeconds - 1;
    }

    /**
     * Returns the relative error after calibration by the other networks.
     *
     * @return predicted minus measured time, as a fraction of the measured time; below zero if the prediction is too
     *     low
     */
    public double calibratedError() {
        return calibratedSeconds / measuredSeconds - 1;
    }
}
