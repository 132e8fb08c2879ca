package io.github.codnn.profile;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.LayerGraph;

/** Loads ONNX Runtime, which is optional. Uses none of its types, so that this class loads without it. */
final class OnnxRuntime {

    private OnnxRuntime() {}

    static LayerTimer layerTimer() {
        requirePresent(OnnxRuntime.class.getClassLoader());
        try {
            return OrtLayerTimer.start();
        } catch (LinkageError e) {
            throw new CodnnException("ONNX Runtime cannot be loaded on this machine: " + e, e);
        }
    }

    static Timing time(LayerGraph graph, ProfilerSettings settings) {
        requirePresent(OnnxRuntime.class.getClassLoader());
        return OrtLayerTimer.time(graph, settings);
    }

    static void requirePresent(ClassLoader loader) {
        try {
            Class.forName("ai.onnxruntime.OrtEnvironment", false, loader);
        } catch (ClassNotFoundException e) {
            throw new CodnnException(
                    "Measuring needs ONNX Runtime, which is on neither class path nor module path. Add "
                            + "com.microsoft.onnxruntime:onnxruntime "
                            + "to the dependencies",
                    e);
        }
    }
}
