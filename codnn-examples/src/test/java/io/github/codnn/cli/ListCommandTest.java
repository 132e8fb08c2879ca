package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.benchmark.BenchmarkProblem;
import io.github.codnn.planner.Strategies;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.zoo.ModelZoo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What there is to choose from, and the completion of its names in a shell. */
class ListCommandTest {

    private static JsonNode json(String subject) throws IOException {
        return new ObjectMapper()
                .readTree(CommandRunner.codnn("list", subject, "--json").out());
    }

    @Test
    void presets_all_haveFiguresAndSources() throws IOException {
        JsonNode document = json("presets");

        assertThat(document.get("devices").findValuesAsText("name")).isEqualTo(DevicePresets.names());
        assertThat(document.get("links").findValuesAsText("name")).isEqualTo(LinkPresets.names());
        assertThat(document.findValuesAsText("source")).allMatch(source -> !source.isBlank());
        assertThat(document.get("links").findValuesAsText("uplinkBytesPerSecond"))
                .allMatch(rate -> Double.parseDouble(rate) > 0);
        assertThat(CommandRunner.codnn("list", "presets").out())
                .contains(DevicePresets.names())
                .contains(LinkPresets.names());
    }

    @Test
    void strategies_all_areListed() throws IOException {
        assertThat(json("strategies").findValuesAsText("name"))
                .isEqualTo(Strategies.all().stream().map(Strategies.Entry::name).toList());
        assertThat(CommandRunner.codnn("list", "strategies").out()).contains("(Kang et al., ASPLOS 2017)");
    }

    @Test
    void models_all_haveFiguresAndSources() throws IOException {
        JsonNode models = json("models").get("models");

        assertThat(models.findValuesAsText("name")).isEqualTo(ModelZoo.names());
        assertThat(models.findValuesAsText("source")).allMatch(source -> !source.isBlank());
        assertThat(models.get(0).get("parameters").asLong()).isEqualTo(61_100_840);
    }

    @Test
    void problems_all_haveOptimaAndSources() throws IOException {
        JsonNode problems = json("problems").get("problems");

        assertThat(problems.findValuesAsText("name")).isEqualTo(BenchmarkProblem.names());
        assertThat(problems.findValuesAsText("source")).allMatch(source -> !source.isBlank());
        assertThat(problems.findValuesAsText("optimum")).allMatch(value -> Double.parseDouble(value) > 0);
        assertThat(CommandRunner.codnn("list", "problems").out())
                .contains("resnet50-rack-period")
                .contains("21.97 ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void completion_script_isValidBash(String shell) throws IOException, InterruptedException {
        CommandRunner.Outcome outcome = CommandRunner.codnn("completion", shell);
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains(Commands.names()).contains("--strategy", "complete -F _complete_codnn");
        Process bash;
        try {
            bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        } catch (IOException e) {
            Assumptions.abort("There is no bash");
            return;
        }
        try (var script = bash.outputWriter()) {
            script.write(outcome.out());
        }
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
    }
}
