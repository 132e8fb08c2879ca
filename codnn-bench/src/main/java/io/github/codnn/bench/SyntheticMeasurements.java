package io.github.codnn.bench;

import io.github.codnn.graph.Layer;
import io.github.codnn.predict.Measurement;
import io.github.codnn.predict.Measurements;
import io.github.codnn.profile.SamplingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Layers as in common networks, with times from a simple formula and ten percent of noise. */
final class SyntheticMeasurements {

    private SyntheticMeasurements() {}

    static Measurements of(int rows) {
        SplittableRandom random = new SplittableRandom(1);
        // Some kinds have only a few thousand different layers; each is measured several times.
        List<Layer> layers = SamplingPlan.withDefaults().layers(Math.min(rows, 5_000), 1);
        List<Measurement> measured = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            Layer layer = layers.get(row % layers.size());
            double seconds = 5e-6 + layer.macs() * 2e-11 + (layer.inputBytes() + layer.outputBytes()) * 1e-10;
            measured.add(Measurement.of(layer, seconds * (0.9 + 0.2 * random.nextDouble())));
        }
        return Measurements.of(measured);
    }
}
