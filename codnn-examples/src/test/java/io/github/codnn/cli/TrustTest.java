package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.testing.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {

    @TempDir
    private Path folder;

    private String platform = "";
    private String model = "";

    @BeforeEach
    void writeFiles() throws IOException {
        platform = Files.writeString(folder.resolve("platform.json"), """
                        {"devices": [
                          {"name": "pi", "preset": "raspberry-pi-4b", "tier": "TERMINAL"},
                          {"name": "edge", "preset": "core-i7-13700k", "tier": "EDGE"}],
                         "links": [{"from": "*", "to": "*", "bytesPerSecond": 1e6}]}
                        """).toString();
        model = OnnxFile.opset(17)
                .input("x", OnnxFile.FLOAT, 1, 64)
                .weight("w", OnnxFile.FLOAT, 64, 64)
                .node("MatMul", List.of("x", "w"), "a")
                .node("Mystery", List.of("a"), "y")
                .output("y", OnnxFile.FLOAT, 1, 64)
                .write(folder)
                .toString();
    }

    private static JsonNode json(CommandRunner.Outcome outcome) throws IOException {
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    @Test
    void plan_unknownOperator_limitsItsProofAndNamesTheLayer() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("plan", model, "--platform", platform);

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("notice: Unknown operators, whose work is not counted")
                .contains("rests on 1 layer: 'y' (the work of operator 'Mystery' is not known)")
                .containsPattern(
                        "for the costs that are known \\([0-9.]+ % of the computing time rests on unknown work\\)"
                                + " no plan is below");
    }

    @Test
    void plan_json_hasNoticesAndShare() throws IOException {
        JsonNode document = json(CommandRunner.codnn("plan", model, "--platform", platform, "--json"));

        assertThat(document.path("notices").path(0).asText()).contains("Mystery (1)");
        assertThat(document.path("unknownShare").asDouble()).isBetween(0.01, 0.99);
        assertThat(document.path("unknownLayers").path(0).path("layer").asText())
                .isEqualTo("y");
    }

    @Test
    void compare_unknownOperator_showsNoticesAndShares() throws IOException {
        CommandRunner.Outcome text = CommandRunner.codnn("compare", model, "--platform", platform, "--budget", "200");
        JsonNode document =
                json(CommandRunner.codnn("compare", model, "--platform", platform, "--budget", "200", "--json"));

        assertThat(text.out()).contains("unknown", "notice: Unknown operators", "unknown work:");
        assertThat(document.path("notices").path(0).asText()).contains("Mystery (1)");
        assertThat(document.path("rows").path(0).path("unknownShare").asDouble())
                .isPositive();
    }

    @Test
    void collapse_unknownOperator_showsNotices() throws IOException {
        assertThat(CommandRunner.codnn("collapse", model).out()).contains("notice: Unknown operators");
        assertThat(json(CommandRunner.codnn("collapse", model, "--json"))
                        .path("notices")
                        .path(0)
                        .asText())
                .contains("Mystery (1)");
    }

    @Test
    void simulate_planFileOfUnknownOperator_showsNoticesAndShare() throws IOException {
        String plan = folder.resolve("plan.json").toString();
        CommandRunner.codnn("plan", model, "--platform", platform, "--out", plan);

        assertThat(CommandRunner.codnn("simulate", plan).out())
                .contains("notice: Unknown operators", "rests on 1 layer: 'y'");
        JsonNode document = json(CommandRunner.codnn("simulate", plan, "--json"));
        assertThat(document.path("notices")).hasSize(1);
        assertThat(document.path("unknownShare").asDouble()).isPositive();
    }

    @Test
    void front_unknownOperator_showsNoticesAndShare() throws IOException {
        String[] command = {"plan", model, "--platform", platform, "--front", "period,energy"};

        assertThat(CommandRunner.codnn(command).out()).contains("notice: Unknown operators", "unknown work:");
    }

    @Test
    void plan_knownOperators_statesNoLimit() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("plan", "zoo:alexnet", "--platform", platform);

        assertThat(outcome.out()).contains("no plan is below").doesNotContain("unknown", "notice");
    }
}
