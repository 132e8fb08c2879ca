package io.github.codnn.profile;

import ai.onnxruntime.OrtException;
import io.github.codnn.CodnnException;
import io.github.codnn.format.OnnxWriter;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Times layers with ONNX Runtime; the only class here that names its types, with {@link OrtModel} and {@link OrtProcess}. */
final class OrtLayerTimer implements LayerTimer {

    /** Weights are random, because a runtime may recognise zeros or equal weights and do less. */
    private static final OnnxWriter WRITER = OnnxWriter.withDefaults().withRandomWeights(1);

    private static final long MOST_WEIGHT_BYTES = 1L << 30;

    private OrtLayerTimer() {}

    /** Returns a timer; fails with a {@link LinkageError} where ONNX Runtime cannot be loaded. */
    static OrtLayerTimer start() {
        try {
            OrtProcess.environment();
        } catch (OrtException e) {
            throw new CodnnException("ONNX Runtime does not start: " + e.getMessage(), e);
        }
        return new OrtLayerTimer();
    }

    @Override
    public Timing time(Layer layer, ProfilerSettings settings) throws UnsupportedLayerException {
        try (OrtModel session = OrtModel.of(alone(layer))) {
            return session.time(settings);
        } catch (OrtException e) {
            throw new UnsupportedLayerException("ONNX Runtime refuses it: " + e.getMessage(), e);
        }
    }

    private static byte[] alone(Layer layer) throws UnsupportedLayerException {
        if (layer.parameterBytes() > MOST_WEIGHT_BYTES) {
            throw new UnsupportedLayerException("its weights of " + layer.parameterBytes() + " bytes are too large");
        }
        LayerGraph.Builder graph = LayerGraph.builder(layer.name());
        layer.inputs().stream().distinct().forEach(graph::input);
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        try {
            WRITER.write(graph.add(layer).build(), model);
        } catch (CodnnException e) {
            throw new UnsupportedLayerException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return model.toByteArray();
    }

    static Timing time(LayerGraph graph, ProfilerSettings settings) {
        try {
            Path file = Files.createTempFile("codnn", ".onnx");
            try {
                WRITER.write(graph, file);
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
