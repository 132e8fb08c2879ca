package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.graph.DotWriter;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.TestData;
import io.github.codnn.zoo.ModelZoo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectCommandTest {

    @TempDir
    private Path folder;

    @Test
    void inspect_zooModel_printsTableAndTotals() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("inspect", "zoo:googlenet");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("6,998,552 parameters", "1,582,671,872 MACs", "MaxPool");
    }

    @Test
    void inspect_dotFile_drawsTheNetworkBesideTheTable() throws IOException {
        Path file = folder.resolve("googlenet.dot");

        CommandRunner.Outcome outcome = CommandRunner.codnn("inspect", "zoo:googlenet", "--dot", file.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("6,998,552 parameters");
        assertThat(file)
                .content()
                .isEqualTo(DotWriter.toText(ModelZoo.named("googlenet").build()));
    }

    @Test
    void inspect_dotToStandardOutput_printsTheDrawingAlone() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("inspect", "zoo:alexnet", "--dot", "-");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .isEqualToNormalizingNewlines(
                        DotWriter.toText(ModelZoo.named("alexnet").build()));
    }

    @Test
    void inspect_dotAndJsonToStandardOutput_isRefused() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("inspect", "zoo:alexnet", "--dot", "-", "--json");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().strip())
                .startsWith("codnn: ")
                .contains("--json and the file name - both want standard output")
                .hasLineCount(1);
    }

    @Test
    void inspect_operatorThatNobodyKnows_isCountedAndKept() throws IOException {
        String file = OnnxFile.opset(20)
                .input("x", OnnxFile.FLOAT, 1, 8)
                .node("Warp", List.of("x"), "y")
                .value("y", OnnxFile.FLOAT, 1, 8)
                .node("Warp", List.of("y"), "z")
                .output("z", OnnxFile.FLOAT, 1, 8)
                .write(folder)
                .toString();

        CommandRunner.Outcome text = CommandRunner.codnn("inspect", file);
        CommandRunner.Outcome document = CommandRunner.codnn("inspect", file, "--json");

        assertThat(text.out()).contains("unknown operator: Warp, 2 layers");
        assertThat(new ObjectMapper()
                        .readTree(document.out())
                        .at("/unknownOperators/Warp")
                        .asInt())
                .isEqualTo(2);
    }

    /** Counts that follow from the shapes that ONNX Runtime infers; Darknet's own count for the cfg file. */
    @ParameterizedTest
    @CsvSource({
        "onnx/light_inception_v1.onnx, 1431556352",
        "onnx/light_resnet50.onnx, 4089184256",
        "onnx/light_bvlc_alexnet.onnx, 654560384",
        "onnx/light_vgg19.onnx, 19632062464",
        "darknet/darknet53.cfg, 9285115904"
    })
    void inspect_realFile_countsExactly(String file, long macs) throws IOException {
        String path = TestData.path("models/" + file).toString();

        CommandRunner.Outcome outcome = CommandRunner.codnn("inspect", path, "--json");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        JsonNode document = new ObjectMapper().readTree(outcome.out());
        assertThat(document.path("macs").asLong()).isEqualTo(macs);
        assertThat(document.path("unknownOperators")).isEmpty();
        assertThat(document.path("layerTable")).hasSize(document.path("layers").asInt());
    }
}
