package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.run.FrameSource;
import io.github.codnn.runtime.RandomInputs;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.testing.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models with open dimensions are planned, split, verified and run with the same shapes. */
class PlannedShapesTest {

    @TempDir
    private Path folder;

    private String model = "";
    private String plan = "";

    @BeforeEach
    void writePlan() throws IOException {
        plan("x", "batch", "height");
    }

    private void plan(String input, Object... shape) throws IOException {
        String platform =
                Files.writeString(folder.resolve("platform.json"), """
                        {"devices": [{"name": "pi", "preset": "raspberry-pi-4b", "tier": "TERMINAL"}], "links": []}
                        """).toString();
        model = OnnxFile.opset(17)
                .input(input, OnnxFile.FLOAT, shape)
                .node("Relu", List.of(input), "y")
                .output("y", OnnxFile.FLOAT, shape)
                .write(folder)
                .toString();
        plan = folder.resolve("plan.json").toString();
        assertThat(CommandRunner.codnn("plan", model, "--platform", platform, "--dims-default", "128", "--out", plan)
                        .status())
                .isZero();
    }

    private CommandRunner.Outcome split(String... more) {
        String[] all = new String[6 + more.length];
        System.arraycopy(new String[] {"split", model, "--plan", plan, "--out", folder + "/parts"}, 0, all, 0, 6);
        System.arraycopy(more, 0, all, 6, more.length);
        return CommandRunner.codnn(all);
    }

    private PipelineManifest parts() {
        return PipelineJson.read(folder.resolve("parts/pipeline.json"));
    }

    @Test
    void split_sizesOfThePlan_areRecordedAndVerified() {
        CommandRunner.Outcome outcome = split("--verify", "--dims-default", "128");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(parts().inputs().get(0).plannedShape()).contains(List.of(128L, 128L));
        assertThat(FrameSource.generated(parts(), 1)
                        .frame(0)
                        .get(0)
                        .tensor()
                        .shape()
                        .dimensions())
                .containsExactly(128L, 128L);
    }

    @Test
    void split_otherSizesThanThoseOfThePlan_isRefusedWithBothSizes() {
        CommandRunner.Outcome outcome = split("--dims-default", "64");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("input 'x' has 16384 bytes, 64x64", "made with 65536 bytes", "--input 'x=SHAPE'")
                .hasLineCount(1);
        assertThat(folder.resolve("parts")).doesNotExist();
        assertThat(split("--dim", "batch=128").status()).as("height is 1").isEqualTo(2);
        assertThat(split().err()).contains("input 'x' has 4 bytes, 1x1", "made with 65536 bytes");
        assertThat(split("--input", "x=128x128").status()).isZero();
    }

    @Test
    void split_oneOpenDimension_followsFromTheBytesOfThePlan() throws IOException {
        plan("x", 1, 3, "height");

        assertThat(split("--verify").status()).isZero();
        assertThat(parts().inputs().get(0).plannedShape()).contains(List.of(1L, 3L, 128L));
    }

    @Test
    void generatedFrames_givenShapes_haveThemAndSayThatThePlanHasOthers() {
        split("--input", "x=128x128");
        RandomInputs inputs = RandomInputs.withDefaults().withInputShape("x", 2, 8);

        inputs.check(parts().inputs());
        assertThat(FrameSource.generated(parts(), 1, inputs)
                        .frame(0)
                        .get(0)
                        .tensor()
                        .shape()
                        .dimensions())
                .containsExactly(2L, 8L);
        assertThat(inputs.unplanned(parts().inputs()))
                .singleElement()
                .asString()
                .contains("'x'", "[128, 128]");
        assertThat(RandomInputs.withDefaults().unplanned(parts().inputs())).isEmpty();
        assertThatThrownBy(
                        () -> RandomInputs.withDefaults().withInputShape("z", 1).check(parts().inputs()))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("no input 'z'. It has x");
        assertThatThrownBy(() ->
                        RandomInputs.withDefaults().withDimension("width", 1).check(parts().inputs()))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("no open dimension 'width'. They have batch, height");
    }

    @Test
    void pipeline_withoutPlannedShapes_isReadAndHasFramesOfExtentOne() throws IOException {
        split("--input", "x=128x128");
        Path file = folder.resolve("parts/pipeline.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceAll(",\\s*\"plannedShape\" : \\[[^\\]]*\\]", ""));

        assertThat(Files.readString(file)).isNotEqualTo(text);
        assertThat(FrameSource.generated(parts(), 1)
                        .frame(0)
                        .get(0)
                        .tensor()
                        .shape()
                        .dimensions())
                .containsExactly(1L, 1L);
    }

    @Test
    void run_inputOptionBesideFrameFiles_isRefused() {
        split("--input", "x=128x128");

        CommandRunner.Outcome outcome =
                CommandRunner.codnn("run", folder + "/parts", "--in", folder.toString(), "--input", "x=1x1");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("--in gives each frame its shape");
    }
}
