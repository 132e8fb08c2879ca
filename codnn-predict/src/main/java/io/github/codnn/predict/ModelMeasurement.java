package io.github.codnn.predict;

import io.github.codnn.graph.LayerGraph;
import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * The measured time of a whole network on one device.
 *
 * @param graph the network
 * @param seconds the time of one pass, positive
 * @param spread the spread of repeated series of passes as a fraction of the time: 0.05 is 5 %; 0 if it is not known
 */
public record ModelMeasurement(LayerGraph graph, double seconds, double spread) {

    /** Checks the components. */
    public ModelMeasurement {
        Objects.requireNonNull(graph, "graph");
        Checks.positiveFinite(seconds, "seconds");
        Checks.nonNegativeFinite(spread, "spread");
    }
}
