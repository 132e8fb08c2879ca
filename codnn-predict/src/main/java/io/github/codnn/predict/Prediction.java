package io.github.codnn.predict;

import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * The predicted time of one layer, and what it rests on.
 *
 * @param layer the name of the layer
 * @param seconds the time, zero or greater
 * @param basis what the prediction rests on
 * @param kind the fitted kind that was used, as of {@link LayerFeatures#kindOf}; the layer's own for
 *     {@link Basis#GENERAL} and {@link Basis#FREE}
 * @param extrapolated whether the layer has more or fewer MACs, input, output or weight bytes than every layer that the
 *     kind was fitted on
 */
public record Prediction(String layer, double seconds, Basis basis, String kind, boolean extrapolated) {

    /** What a prediction rests on, from best to worst. */
    public enum Basis {
        /** Layers of the same kind were measured. */
        FITTED,
        /** The kind was never measured; a kind that works alike stands in, such as one activation for another. */
        RELATIVE,
        /** The kind was never measured, but only renames or reshapes what is there, and is taken to cost nothing. */
        FREE,
        /** The kind was never measured; a regression over all kinds on MACs and bytes stands in, which is rough. */
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
