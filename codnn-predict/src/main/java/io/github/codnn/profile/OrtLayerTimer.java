package io.github.codnn.profile;

import ai.onnxruntime.OrtException;
import io.github.codnn.graph.Layer;

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
}
