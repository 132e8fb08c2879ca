package io.github.codnn.predict;

import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * How well the time of a whole network is predicted by the sum over its layers.
 *
 * @param network the name of the network
 * @param measuredSeconds the measured time of one pass, positive
 * @param predictedSeconds the predicted time, without any calibration
 * @param calibratedSeconds the predicted time after calibration by all the other measured networks; without others the
 *     same as {@code predictedSeconds}
 * @param spread how far repeated series of passes lie apart, as a share of the time: the noise of the measurement
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
     * @return predicted less measured time, as a share of the measured; below zero if too little was predicted
     */
    public double error() {
        return predictedSeconds / measuredSeconds - 1;
    }

    /**
     * Returns the relative error after calibration by the other networks.
     *
     * @return predicted less measured time, as a share of the measured; below zero if too little was predicted
     */
    public double calibratedError() {
        return calibratedSeconds / measuredSeconds - 1;
    }
}
