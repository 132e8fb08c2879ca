package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code codnn adapt}. */
class AdaptCommandTest {

    private static final String PLATFORM = """
            {"devices": [{"name": "pi", "preset": "raspberry-pi-4b", "tier": "TERMINAL"},
                         {"name": "edge", "preset": "jetson-nano-gpu"}],
             "media": [{"name": "wifi", "bytesPerSecond": 2000000, "duplex": "HALF"}],
             "links": [{"from": "*", "to": "*", "bytesPerSecond": 2000000, "latencySeconds": 0.001,
                        "medium": "wifi"}]}""";

    @TempDir
    private Path folder;

    private String plan = "";

    @BeforeEach
    void plan() throws IOException {
        plan = folder.resolve("plan.json").toString();
        Path platform = Files.writeString(folder.resolve("p.json"), PLATFORM);
        CommandRunner.Outcome outcome =
                run("plan zoo:alexnet --frames 50 --budget 500 --platform " + platform + " --out " + plan);
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }

    private static CommandRunner.Outcome run(String line) {
        return CommandRunner.codnn(line.split(" ", -1));
    }

    @Test
    void adapt_generatedTrace_printsThreeOutcomesAndDraws() throws IOException {
        String line = "adapt " + plan + " --trace step --seconds 120 --budget 50";
        CommandRunner.Outcome text = run(line + " --chart " + folder.resolve("c.svg"));
        JsonNode document = new ObjectMapper().readTree(run(line + " --json").out());

        assertThat(text.status()).as(text.err()).isZero();
        assertThat(text.out())
                .contains("fixed plan", "adaptive", "oracle", "at ", "a period lower by", "120 states in 120.000 s");
        assertThat(Files.readString(folder.resolve("c.svg"))).contains("<svg", "frames a second", "oracle");
        double fixed = document.at("/fixed/meanPeriodSeconds").asDouble();
        double adaptive = document.at("/adaptive/meanPeriodSeconds").asDouble();
        assertThat(adaptive).isLessThan(fixed);
        assertThat(document.at("/oracle/meanPeriodSeconds").asDouble()).isLessThanOrEqualTo(adaptive);
        assertThat(document.at("/adaptive/moves").asInt())
                .isEqualTo(document.at("/moves").size())
                .isPositive();
        assertThat(document.at("/oracle/framesPerSecond").size()).isEqualTo(120);
    }

    @Test
    void adapt_recordedTrace_changesAtTheTimesOfItsRows() throws IOException {
        Path trace = Files.writeString(
                folder.resolve("t.csv"), "time,link,bit/s\n0,wifi,16e6\n10,pi:edge,4e5\n30,wifi,16e6\n40,wifi,16e6\n");
        JsonNode document = new ObjectMapper()
                .readTree(run("adapt " + plan + " --json --trace " + trace).out());

        assertThat(document.at("/secondsFromStart").toString()).isEqualTo("[0.0,10.0,30.0,40.0]");
        assertThat(document.at("/fixed/seconds").asDouble()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--trace 6g | 6g",
                "--trace wifi --link lte | no medium 'lte'",
                "--trace wifi --seconds 1 | --seconds must be from 2",
                "--trace x.csv --seconds 20 | for generated traces",
                " | --trace",
            })
    void adapt_wrongTrace_isRefusedInOneLine(String options, String reason) {
        CommandRunner.Outcome outcome = run(("adapt " + plan + " " + (options == null ? "" : options)).strip());

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(Codnn.BAD_INPUT);
        assertThat(outcome.err().strip().lines()).hasSize(1);
        assertThat(outcome.err()).contains(reason);
    }
}
