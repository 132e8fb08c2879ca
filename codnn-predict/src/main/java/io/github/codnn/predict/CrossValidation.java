package io.github.codnn.predict;

import java.util.List;
import java.util.Objects;

/**
 * What a cross-validation gives.
 *
 * @param report the accuracy by kind of layer
 * @param heldOut every measurement with its prediction, grouped by kind; kinds with one row are missing, because
 *     nothing can be held out of them
 */
public record CrossValidation(FitReport report, List<HeldOut> heldOut) {

    /** Checks and copies the components. */
    public CrossValidation {
        Objects.requireNonNull(report, "report");
        heldOut = List.copyOf(heldOut);
    }
}
