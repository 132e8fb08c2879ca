package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code codnn what-if} and {@code codnn explain}. */
class WhatIfCommandTest {

    private static final String PLATFORM = """
            {"devices": [{"name": "pi", "preset": "raspberry-pi-4b", "tier": "TERMINAL"},
                         {"name": "edge", "preset": "jetson-nano-gpu"}],
             "links": [{"from": "*", "to": "*", "bytesPerSecond": RATE, "latencySeconds": 0.001}]}""";

    @TempDir
    private Path folder;

    private String plan = "";

    @BeforeEach
    void plan() throws IOException {
        plan = folder.resolve("plan.json").toString();
        assertThat(run("plan zoo:alexnet --frames 50 --platform " + platform("8000000") + " --out " + plan)
                        .status())
                .isZero();
    }

    private String platform(String rate) throws IOException {
        return Files.writeString(folder.resolve("p" + rate + ".json"), PLATFORM.replace("RATE", rate))
                .toString();
    }

    private static CommandRunner.Outcome run(String line) {
        return CommandRunner.codnn(line.split(" ", -1));
    }

    private JsonNode whatIf(String options) throws IOException {
        List<String> line = new ArrayList<>(List.of("what-if", plan, "--json"));
        line.addAll(List.of(options.split(" ", -1)));
        CommandRunner.Outcome outcome = CommandRunner.codnn(line.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    @Test
    void whatIf_slowerLinks_printsThreePlansWithTheFiguresOfPlanAndSimulate() throws IOException {
        JsonNode answer = whatIf("--link *:*=x0.0625");
        String slow = folder.resolve("slow.json").toString();
        run("plan zoo:alexnet --frames 50 --platform " + platform("500000") + " --out " + slow);
        JsonNode expected = new ObjectMapper().readTree(Path.of(slow).toFile());

        assertThat(answer.at("/replanned/metrics/periodSeconds").asDouble())
                .isEqualTo(expected.at("/metrics/periodSeconds").asDouble());
        assertThat(answer.at("/kept/metrics/periodSeconds").asDouble())
                .isGreaterThan(answer.at("/promised/metrics/periodSeconds").asDouble());
        assertThat(answer.at("/kept/metrics/periodSeconds").asDouble())
                .isGreaterThanOrEqualTo(
                        answer.at("/replanned/metrics/periodSeconds").asDouble());
    }

    @Test
    void whatIf_asText_hasThreeColumnsAndWhatMoves() {
        CommandRunner.Outcome outcome = run("what-if " + plan + " --without edge --out " + folder.resolve("new.json"));

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("as promised", "under the new conditions", "new plan", "edge -> pi", "keeps all constraints");
        assertThat(run("simulate " + folder.resolve("new.json")).status()).isZero();
    }

    /** The plan knows only times on its own devices; those of a preset come from the network. */
    @Test
    void whatIf_presetForADevice_needsTheModel() throws IOException {
        assertThat(run("what-if " + plan + " --device pi=raspberry-pi-3b-plus").err())
                .contains("--model");
        JsonNode answer = whatIf("--device pi=raspberry-pi-3b-plus --model zoo:alexnet");

        assertThat(answer.at("/kept/metrics/periodSeconds").asDouble())
                .isGreaterThan(answer.at("/promised/metrics/periodSeconds").asDouble());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--device edge=x2 | true",
                "--device pi=edge | true",
                "--device edge=x0.001 | false",
                "--link pi:edge=1kbit/s | false",
                "--link pi:edge=1Gbit/s,0ms | true",
                "--link *:edge=+10s | false",
                "--add edge2=edge | true",
                "--frames 100 | true",
            })
    void whatIf_betterOrWorseConditions_changeTheNewPlanAccordingly(String options, boolean better) throws IOException {
        JsonNode answer = whatIf(options);
        double before = answer.at("/promised/metrics/periodSeconds").asDouble();
        double after = answer.at("/replanned/metrics/periodSeconds").asDouble();

        assertThat(after <= before).as(before + " to " + after).isEqualTo(better);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--link pi:nobody=4Mbit/s | FROM:TO",
                "--link pi=4Mbit/s | FROM:TO",
                "--link pi:edge=fast | 30ms",
                "--link pi:edge= | NAME=CHANGE",
                "--link pi:edge=-5Mbit/s | rate",
                "--link pi:edge=x0 | positive",
                "--medium wifi=4Mbit/s | no medium",
                "--device pi=nonsense | preset",
                "--device nobody=x2 | nobody",
                "--device pi=x-1 | factor",
                "--without nobody | nobody",
                "--without pi | pi",
                "--add edge=pi | edge",
                "--deadline -1 | deadline",
                "--frames 0 | frames",
            })
    void whatIf_wrongChange_isRefusedInOneLine(String options, String reason) {
        CommandRunner.Outcome outcome = run("what-if " + plan + " " + options);

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(Codnn.BAD_INPUT);
        assertThat(outcome.err().strip().lines()).hasSize(1);
        assertThat(outcome.err()).containsIgnoringCase(reason);
    }

    @Test
    void whatIf_deadlineThatNobodyKeeps_saysSoWithStatus1() {
        CommandRunner.Outcome outcome = run("what-if " + plan + " --deadline 1e-9");

        assertThat(outcome.status()).isEqualTo(Codnn.INFEASIBLE);
        assertThat(outcome.out()).contains("it breaks");
    }

    @Test
    void explain_ofAPlan_namesTheBottleneckAndWhatWouldHelp() throws IOException {
        CommandRunner.Outcome text = run("explain " + plan);
        JsonNode document =
                new ObjectMapper().readTree(run("explain " + plan + " --json").out());
        JsonNode first = document.at("/resources/0");

        assertThat(text.out())
                .startsWith("bottleneck: " + first.at("/kind").asText() + " "
                        + first.at("/name").asText());
        assertThat(first.at("/share").asDouble()).isEqualTo(1);
        assertThat(document.at("/remedies").size()).isGreaterThanOrEqualTo(4);
        assertThat(document.at("/remedies/0/value").asDouble())
                .isLessThanOrEqualTo(document.at("/value").asDouble());
    }
}
