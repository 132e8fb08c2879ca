package io.github.codnn.predict;

import java.util.List;
import java.util.Objects;

/**
 * The result of a cross-validation.
 *
 * @param report the accuracy by kind of layer
 * @param heldOut every measurement with its prediction, grouped by kind; kinds with one row are missing, because no row
 *     can be held out
 */
public record CrossValidation(FitReport report, List<HeldOut> heldOut) {

    /** Checks and copies the components. */
    public CrossValidation {
        Objects.requireNonNull(report, "report");
        heldOut = List.copyOf(heldOut);
    }
}
