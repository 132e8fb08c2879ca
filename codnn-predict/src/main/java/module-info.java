/**
 * Regression cost models from measurements, layer profiling, resource monitoring, and stages that run.
 *
 * <p>Profiles and stages run with ONNX Runtime, which the application adds,
 * {@code com.microsoft.onnxruntime:onnxruntime}.
 */
// ONNX Runtime and protobuf have their names in their manifests only.
@SuppressWarnings("requires-automatic")
module io.github.codnn.predict {
    requires com.fasterxml.jackson.databind;
    requires com.github.oshi;
    requires com.google.protobuf;
    requires transitive io.github.codnn.core;
    requires java.management;
    requires static com.microsoft.onnxruntime;
    requires static org.jspecify;

    exports io.github.codnn.monitor;
    exports io.github.codnn.predict;
    exports io.github.codnn.profile;
    exports io.github.codnn.runtime;
}
