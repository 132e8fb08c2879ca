package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.testing.OnnxFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenDimensionsCommandTest {

    @TempDir
    private Path folder;

    private String platform = "";
    private String model = "";

    @BeforeEach
    void writeFiles() throws IOException {
        platform = Files.writeString(folder.resolve("platform.json"), """
                        {"devices": [{"name": "pi", "preset": "raspberry-pi-4b", "tier": "TERMINAL"}], "links": []}
                        """).toString();
        model = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, "batch", "height")
                .node("Relu", List.of("x"), "y")
                .output("y")
                .write(folder)
                .toString();
    }

    @Test
    void plan_openDimensions_isRefusedWithNamesAndExample() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("plan", model, "--platform", platform);

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("'batch' of x, 'height' of x", "--dim 'batch=640'", "--input 'x=1x1'", "--dims-default 1")
                .hasLineCount(1);
    }

    /** Exporters give graphs sentences as names; the one of this test is plain. */
    @Test
    void plan_graphNamedBySentence_namesTheTaskAfterTheFile() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(model));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Path file = folder.resolve("mine.v2.onnx");
        Files.write(file, text.replace("net", "n t").getBytes(StandardCharsets.ISO_8859_1));

        String out = CommandRunner.codnn("plan", file.toString(), "--platform", platform, "--dims-default", "1")
                .out();

        assertThat(out).contains("mine.v2: period").doesNotContain("n t");
    }

    @Test
    void plan_someDimensionsBound_namesTheOthers() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("plan", model, "--platform", platform, "--dim", "batch=2");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("'height' of x").doesNotContain("'batch' of x");
    }

    @Test
    void compareAndCollapse_openDimensions_areRefused() {
        assertThat(CommandRunner.codnn("compare", model, "--platform", platform).status())
                .isEqualTo(2);
        assertThat(CommandRunner.codnn("collapse", model).status()).isEqualTo(2);
    }

    @Test
    void plan_allDimensionsBoundOrDefaultChosen_plans() {
        String[] bound = {"plan", model, "--platform", platform, "--dim", "batch=2", "--dim", "height=8"};
        String[] chosen = {"plan", model, "--platform", platform, "--dims-default", "1"};
        String[] shaped = {"plan", model, "--platform", platform, "--input", "x=1x128"};

        assertThat(CommandRunner.codnn(bound).status()).isZero();
        CommandRunner.Outcome outcome = CommandRunner.codnn(chosen);
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("notice: Open dimensions taken as 1: batch, height.");
        assertThat(CommandRunner.codnn(shaped).status()).isZero();
    }

    @Test
    void inspect_openDimensions_listsThemWithTheirInputs() throws IOException {
        CommandRunner.Outcome text = CommandRunner.codnn("inspect", model, "--dim", "batch=2");
        JsonNode dimensions = new ObjectMapper()
                .readTree(CommandRunner.codnn("inspect", model, "--dim", "batch=2", "--json")
                        .out())
                .path("openDimensions");

        assertThat(text.out())
                .contains("open dimension: batch of x is 2", "open dimension: height of x is 1; --dim NAME=SIZE");
        assertThat(dimensions.path(0).path("name").asText()).isEqualTo("batch");
        assertThat(dimensions.path(0).path("assumed").asBoolean(true)).isFalse();
        assertThat(dimensions.path(1).path("tensors").path(0).asText()).isEqualTo("x");
        assertThat(dimensions.path(1).path("size").asLong()).isEqualTo(1);
    }

    @Test
    void inspect_scalarInput_isToldToTakeAValue() {
        String file = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, "n")
                .input("s", OnnxFile.FLOAT)
                .node("Add", List.of("x", "s"), "y")
                .output("y")
                .write(folder)
                .toString();

        assertThat(CommandRunner.codnn("inspect", file).out())
                .contains("--input 'x=1'", "input s is a scalar; --value 's=NUMBER'")
                .doesNotContain("--input 's=");
    }

    @Test
    void inspect_badShapeOrValue_isRefusedInOneLine() {
        for (String[] option : new String[][] {
            {"--input", "x=1xa"}, {"--input", "x="}, {"--value", "x=one"}, {"--input", "z=1"}, {"--dims-default", "0"}
        }) {
            CommandRunner.Outcome outcome = CommandRunner.codnn("inspect", model, option[0], option[1]);

            assertThat(outcome.status()).as(option[1]).isEqualTo(2);
            assertThat(outcome.err()).as(option[1]).hasLineCount(1);
        }
    }

    @Test
    void inspect_namesWithControlCharacters_areShown() {
        String file = OnnxFile.opset(17)
                .input("x\u001b[31m", OnnxFile.FLOAT, "n\u0007", 4)
                .named("re\u009blu\u202e", "Relu", List.of("x\u001b[31m"), List.of("y\u001b"))
                .output("y\u001b")
                .write(folder)
                .toString();

        CommandRunner.Outcome outcome = CommandRunner.codnn("inspect", file);

        assertThat(outcome.out())
                .contains("re\\u009blu\\u202e", "open dimension: n\\u0007 of x\\u001b[31m is 1")
                .doesNotContain("\u001b", "\u009b", "\u0007", "\u202e");
    }
}
