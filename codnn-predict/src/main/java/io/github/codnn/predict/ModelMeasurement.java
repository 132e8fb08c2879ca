package io.github.codnn.predict;

import io.github.codnn.graph.LayerGraph;
import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * A whole network, timed on one device.
 *
 * @param graph the network
 * @param seconds the time of one pass, positive
 * @param spread how far repeated series of passes lie apart, as a share of the time: 0.05 is 5 %; 0 if it is not known
 */
public record ModelMeasurement(LayerGraph graph, double seconds, double spread) {

    /** Checks the components. */
    public ModelMeasurement {
        Objects.requireNonNull(graph, "graph");
        Checks.positiveFinite(seconds, "seconds");
        Checks.nonNegativeFinite(spread, "spread");
    }
}
