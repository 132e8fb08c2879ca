package consumer;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Layer;
import io.github.codnn.monitor.ResourceMonitor;
import io.github.codnn.predict.LayerRegression;
import io.github.codnn.predict.Measurement;
import io.github.codnn.predict.Measurements;
import io.github.codnn.predict.RegressionTrainer;
import io.github.codnn.profile.LayerProfiler;
import io.github.codnn.profile.ProfilerSettings;
import io.github.codnn.zoo.ModelZoo;
import java.util.List;

/** Fits a model of layer times, with the library on the module path and without ONNX Runtime. */
public final class Consumer {

    private Consumer() {}

    public static void main(String[] arguments) {
        List<Layer> layers = LayerProfiler.layersOf(ModelZoo.RESNET18.build());
        Measurements measured = Measurements.of(
                layers.stream().map(layer -> Measurement.of(layer, 1e-6 + layer.macs() * 1e-9)).toList());
        LayerRegression regression = RegressionTrainer.withDefaults().fit(measured);
        boolean memoryIsKnown = ResourceMonitor.ofThisMachine().sample().totalMemoryBytes() > 0;
        boolean profilerIsMissed = false;
        try {
            LayerProfiler.onnxRuntime(ProfilerSettings.withDefaults());
        } catch (CodnnException noRuntime) {
            profilerIsMissed = true;
        }
        if (!memoryIsKnown || !profilerIsMissed) {
            throw new IllegalStateException("The machine or the lack of ONNX Runtime was not seen");
        }
        System.out.printf(
                "module path: %d kinds of layers fitted, by %s%n",
                regression.kinds().size(), LayerRegression.class.getModule());
    }
}
