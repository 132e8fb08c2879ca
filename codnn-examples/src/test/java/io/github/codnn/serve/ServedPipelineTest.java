package io.github.codnn.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Tensor;
import io.github.codnn.runtime.StageSettings;
import io.github.codnn.runtime.TensorValue;
import io.github.codnn.split.PipelineFile;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineRoute;
import io.github.codnn.split.PipelineStage;
import io.github.codnn.split.PipelineTensor;
import io.github.codnn.split.TensorType;
import io.github.codnn.testing.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stages: y = x + x on device a, z = y + x on device b, whose results are both wanted. */
class ServedPipelineTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final PipelineTensor X = PipelineTensor.of("x", TensorType.FLOAT, 1);
    private static final PipelineTensor Y = PipelineTensor.of("y", TensorType.FLOAT, 1);
    private static final PipelineTensor Z = PipelineTensor.of("z", TensorType.FLOAT, 1);

    @TempDir
    private Path folder;

    @BeforeEach
    void writePipeline() throws IOException {
        byte[] first = OnnxFile.opset(13)
                .input("x", OnnxFile.FLOAT, 1)
                .node("Add", List.of("x", "x"), "y")
                .output("y", OnnxFile.FLOAT, 1)
                .bytes();
        byte[] second = OnnxFile.opset(13)
                .input("y", OnnxFile.FLOAT, 1)
                .input("x", OnnxFile.FLOAT, 1)
                .node("Add", List.of("y", "x"), "z")
                .output("z", OnnxFile.FLOAT, 1)
                .bytes();
        PipelineStage one = stage("one", "a", first, List.of(from(X, PipelineManifest.CALLER)), Y);
        PipelineStage two = stage("two", "b", second, List.of(from(Y, "one"), from(X, PipelineManifest.CALLER)), Z);
        PipelineManifest manifest = new PipelineManifest(
                "net.onnx",
                digest(first),
                List.of(X),
                List.of(one, two),
                List.of(from(Z, "two"), from(Y, "one")),
                List.of(),
                List.of(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        PipelineJson.write(manifest, folder.resolve(PipelineManifest.FILE_NAME));
    }

    private PipelineStage stage(
            String name, String device, byte[] bytes, List<PipelineRoute> inputs, PipelineTensor output)
            throws IOException {
        Files.write(folder.resolve(name + ".onnx"), bytes);
        return new PipelineStage(
                name,
                device,
                new PipelineFile(name + ".onnx", digest(bytes), bytes.length),
                List.of(),
                OptionalDouble.empty(),
                inputs,
                List.of(output));
    }

    private static PipelineRoute from(PipelineTensor tensor, String stage) {
        return new PipelineRoute(tensor, stage);
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private ServedModels models(Map<String, Endpoint> endpoints) {
        return ServedModels.ofPipeline(folder, "whole", StageSettings.withDefaults(), endpoints, TIMEOUT);
    }

    @Test
    void pipeline_servedWhole_givesAllResults() {
        try (ModelServer server = ModelServer.start(models(Map.of()), ServerSettings.withDefaults());
                RemoteModel whole = RemoteModel.connect(endpoint(server), "whole", TIMEOUT)) {
            assertThat(server.modelNames()).containsExactly("one", "two", "whole");
            assertThat(whole.run(List.of(value("x", 3)))).containsExactly(value("z", 9), value("y", 6));
        }
    }

    @Test
    void pipeline_withStageElsewhere_callsItThere() {
        ModelServer elsewhere = ModelServer.start(models(Map.of()), ServerSettings.withDefaults());
        try (ModelServer server =
                        ModelServer.start(models(Map.of("a", endpoint(elsewhere))), ServerSettings.withDefaults());
                RemoteModel whole = RemoteModel.connect(endpoint(server), "whole", TIMEOUT)) {
            assertThat(whole.run(List.of(value("x", 5)))).containsExactly(value("z", 15), value("y", 10));

            elsewhere.close();
            assertThatThrownBy(() -> whole.run(List.of(value("x", 5))))
                    .isInstanceOf(CodnnException.class)
                    .hasMessageContaining("UNAVAILABLE")
                    .hasMessageContaining("'one'");
        } finally {
            elsewhere.close();
        }
    }

    @Test
    void pipeline_withBadEndpoint_isRefused() {
        assertThatThrownBy(() -> models(Map.of("c", Endpoint.parse("127.0.0.1:1"))))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("No stage runs on device 'c'. The devices are [a, b]");
        assertThatThrownBy(() -> models(Map.of("a", Endpoint.parse("127.0.0.1:1"))))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("UNAVAILABLE");
        assertThatThrownBy(() -> Endpoint.parse("localhost"))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("'localhost' is no endpoint");
        assertThatThrownBy(() -> Endpoint.parse("localhost:70000"))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("70000");
    }

    @Test
    void pipeline_whoseFileWasChanged_isRefused() throws IOException {
        Files.write(folder.resolve("two.onnx"), new byte[] {1});

        assertThatThrownBy(() -> models(Map.of()))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("two.onnx: is not the file that the manifest describes");
        Files.delete(folder.resolve("one.onnx"));
        assertThatThrownBy(() -> models(Map.of()))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("one.onnx: the pipeline needs this file");
    }

    @Test
    void pipeline_namedLikeAStage_isRefused() {
        assertThatThrownBy(
                        () -> ServedModels.ofPipeline(folder, "one", StageSettings.withDefaults(), Map.of(), TIMEOUT))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("named 'one'");
    }

    private static Endpoint endpoint(ModelServer server) {
        return Endpoint.parse("127.0.0.1:" + server.port());
    }

    private static TensorValue value(String name, float element) {
        return TensorValue.of(
                Tensor.float32(name, 1), ModelServerTest.floats(element).toByteArray());
    }
}
