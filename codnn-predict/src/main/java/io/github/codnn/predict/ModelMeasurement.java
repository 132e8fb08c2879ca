package io.github.codnn.predict;

import io.github.codnn.graph.LayerGraph;
import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * A whole network, timed on one device.
 *
 * @param graph the network
 * @param seconds the time of one pass, positive
 */
public record ModelMeasurement(LayerGraph graph, double seconds) {

    /** Checks the components. */
    public ModelMeasurement {
        Objects.requireNonNull(graph, "graph");
        Checks.positiveFinite(seconds, "seconds");
    }
}
