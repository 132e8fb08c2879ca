package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectCommandTest {

    @Test
    void inspect_zooModel_printsTableAndTotals() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("inspect", "zoo:googlenet");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("6,998,552 parameters", "1,582,671,872 MACs", "MaxPool");
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
