/**
 * Regression cost models from measurements, layer profiling and resource monitoring.
 *
 * <p>Profiling runs layers with ONNX Runtime, which the application adds,
 * {@code com.microsoft.onnxruntime:onnxruntime}.
 */
// ONNX Runtime has its name in its manifest only.
@SuppressWarnings("requires-automatic")
module io.github.codnn.predict {
    requires com.fasterxml.jackson.databind;
    requires com.github.oshi;
    requires transitive io.github.codnn.core;
    requires java.management;
    requires static com.microsoft.onnxruntime;
    requires static org.jspecify;

    exports io.github.codnn.monitor;
    exports io.github.codnn.predict;
    exports io.github.codnn.profile;
}
