package io.github.codnn.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.platform.Medium;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PipelineJsonTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @Test
    void manifest_writtenAndRead_isEqual() {
        PipelineManifest manifest = manifest();

        assertThat(PipelineJson.parse(PipelineJson.render(manifest))).isEqualTo(manifest);
    }

    @Test
    void manifest_withoutPlan_hasNoFigures() {
        PipelineStage whole = new PipelineStage(
                "stage-1",
                "stage-1",
                Optional.empty(),
                file("a.onnx"),
                List.of(),
                OptionalDouble.empty(),
                List.of(),
                List.of(tensor("y")));
        PipelineManifest manifest = new PipelineManifest(
                "net.onnx",
                DIGEST,
                List.of(),
                List.of(whole),
                List.of(new PipelineRoute(tensor("y"), "stage-1")),
                List.of(),
                List.of(),
                OptionalDouble.empty(),
                OptionalDouble.empty());

        assertThat(PipelineJson.render(manifest)).doesNotContain("predicted");
        assertThat(PipelineJson.parse(PipelineJson.render(manifest))).isEqualTo(manifest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "codnn-pipeline/1|codnn-pipeline/2|format must be 'codnn-pipeline/1'",
                "\"model\"|\"modle\"|unknown field 'modle'",
                "\"file\" : \"b.onnx\"|\"file\" : \"../b.onnx\"|stages[1]: A file's name must be",
                "\"file\" : \"b.onnx\"|\"file\" : \"a.onnx\"|two files named 'a.onnx'",
                "\"name\" : \"two\"|\"name\" : \"one\"|two stages named 'one'",
                "\"name\" : \"two\"|\"name\" : \"caller\"|which means the caller",
                "\"from\" : \"one\"|\"from\" : \"three\"|neither 'caller' nor an earlier stage",
                "\"type\" : \"FLOAT\"|\"type\" : \"FLOAT33\"|must be one of",
                "\"duplex\" : \"HALF\"|\"duplex\" : \"BOTH\"|duplex must be one of",
                "\"medium\" : \"wifi\"|\"medium\" : \"radio\"|names medium 'radio'",
                "\"bytesPerSecond\" : 1000.0|\"bytesPerSecond\" : 0.0|bytesPerSecond",
                "\"predictedSeconds\" : 0.25|\"predictedSeconds\" : -1|must be zero or greater",
                "sha256:0123|sha512:0123|must be 'crc32c:'",
            })
    void manifest_withOneFault_isRefusedByName(String good, String bad, String message) {
        String json = PipelineJson.render(manifest());
        assertThat(json).contains(good);

        String faulty = json.replace(good, bad);
        assertThatThrownBy(() -> PipelineJson.parse(faulty))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining(message);
    }

    @Test
    void stage_thatReadsWithAnotherType_isRefused() {
        PipelineManifest manifest = manifest();
        PipelineTensor wrong = PipelineTensor.of("y", TensorType.INT8, 1);

        assertThatThrownBy(() -> new PipelineManifest(
                        manifest.model(),
                        manifest.digest(),
                        manifest.inputs(),
                        manifest.stages(),
                        List.of(new PipelineRoute(wrong, "two")),
                        List.of(),
                        List.of(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of type INT8, but 'two' writes FLOAT");
    }

    private static PipelineManifest manifest() {
        PipelineTensor x = new PipelineTensor(
                "x",
                TensorType.FLOAT,
                Optional.of(List.of(Dimension.named("batch"), Dimension.named(""), Dimension.of(8))));
        PipelineTensor skipped = new PipelineTensor("skipped", TensorType.INT64, Optional.empty());
        PipelineStage one = new PipelineStage(
                "one",
                "pi",
                Optional.of("10.0.0.2:8001/first"),
                file("a.onnx"),
                List.of(),
                OptionalDouble.of(0.25),
                List.of(new PipelineRoute(x, PipelineManifest.CALLER)),
                List.of(tensor("h"), skipped));
        PipelineStage two = new PipelineStage(
                "two",
                "cloud",
                Optional.empty(),
                file("b.onnx"),
                List.of(file("b.onnx.data")),
                OptionalDouble.of(0.5),
                List.of(
                        new PipelineRoute(tensor("h"), "one"),
                        new PipelineRoute(skipped, "one"),
                        new PipelineRoute(x, PipelineManifest.CALLER)),
                List.of(tensor("y")));
        return new PipelineManifest(
                "net.onnx",
                DIGEST,
                List.of(x),
                List.of(one, two),
                List.of(new PipelineRoute(tensor("y"), "two")),
                List.of(
                        new PipelineTransfer(
                                "h", "one", "two", "pi", "cloud", Optional.of("wifi"), "wifi", 0.001, 1000, 32),
                        new PipelineTransfer(
                                "y", "two", "caller", "cloud", "pi", Optional.empty(), "cloud -> pi", 0, 2000, 32)),
                List.of(new Medium("wifi", 1000, Medium.Duplex.HALF)),
                OptionalDouble.of(0.5),
                OptionalDouble.of(0.8));
    }

    private static PipelineFile file(String name) {
        return new PipelineFile(name, DIGEST, 100);
    }

    private static PipelineTensor tensor(String name) {
        return PipelineTensor.of(name, TensorType.FLOAT, 1, 8);
    }
}
