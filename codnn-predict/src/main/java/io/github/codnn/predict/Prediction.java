package io.github.codnn.predict;

import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * The predicted time of one layer and the basis of the prediction.
 *
 * @param layer the name of the layer
 * @param seconds the time, zero or greater
 * @param basis the basis of the prediction
 * @param kind the fitted kind that was used, as of {@link LayerFeatures#kindOf}; the layer's own for
 *     {@link Basis#GENERAL} and {@link Basis#FREE}
 * @param extrapolated whether the MACs or the input, output or weight bytes of the layer are outside the range of the
 *     fitted layers of the kind
 */
public record Prediction(String layer, double seconds, Basis basis, String kind, boolean extrapolated) {

    /** The basis of a prediction, from best to worst. */
    public enum Basis {
        /** Layers of the same kind were measured. */
        FITTED,
        /**
         * The kind has no measurements; the regression of a similar kind is used, such as one activation for another.
         */
        RELATIVE,
        /** The kind has no measurements, but only renames or reshapes a tensor; its time is assumed to be zero. */
        FREE,
        /** The kind has no measurements; a regression over all kinds on MACs and bytes is used, which is rough. */
        GENERAL
    }

    /** Checks the components. */
    public Prediction {
        Checks.notBlank(layer, "A layer's name");
        Checks.nonNegativeFinite(seconds, "The predicted seconds of layer '" + layer + "'");
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(kind, "kind");
    }
}
