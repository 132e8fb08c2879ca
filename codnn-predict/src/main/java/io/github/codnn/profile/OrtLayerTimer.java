package io.github.codnn.profile;

import ai.onnxruntime.OrtException;
import io.github.codnn.CodnnException;
import io.github.codnn.format.OnnxWriter;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Times layers with ONNX Runtime; the only class here that names its types, with {@link OrtModel}. */
final class OrtLayerTimer implements LayerTimer {

    private static final long SEED = 1;

    @Override
    public Timing time(Layer layer, ProfilerSettings settings) throws UnsupportedLayerException {
        byte[] model = SingleLayerModel.of(layer, SEED);
        try (OrtModel session = OrtModel.of(model)) {
            return session.time(settings);
        } catch (OrtException e) {
            throw new UnsupportedLayerException("ONNX Runtime refuses it: " + e.getMessage(), e);
        }
    }

    static Timing time(LayerGraph graph, ProfilerSettings settings) {
        try {
            Path file = Files.createTempFile("codnn", ".onnx");
            try {
                OnnxWriter.withDefaults().withRandomWeights(SEED).write(graph, file);
                try (OrtModel session = OrtModel.of(file.toString())) {
                    return session.time(settings);
                }
            } finally {
                Files.delete(file);
            }
        } catch (OrtException e) {
            throw new CodnnException("ONNX Runtime refuses network '" + graph.name() + "': " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CodnnException("Network '" + graph.name() + "' cannot be written to be measured: " + e, e);
        }
    }
}
