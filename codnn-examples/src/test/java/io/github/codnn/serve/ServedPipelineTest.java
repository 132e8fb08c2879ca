package io.github.codnn.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Tensor;
import io.github.codnn.runtime.StageSettings;
import io.github.codnn.runtime.TensorValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two stages of {@link TwoStages}. */
class ServedPipelineTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @BeforeEach
    void writePipeline() throws IOException {
        TwoStages.write(folder);
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
                .hasMessageContaining("two.onnx: is not the file that pipeline.json describes");
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
