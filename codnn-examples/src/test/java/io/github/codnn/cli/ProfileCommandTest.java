package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.predict.Measurement;
import io.github.codnn.predict.Measurements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {

    @TempDir
    private Path folder;

    @Test
    void profile_calledTwice_measuresTheRest() throws IOException {
        String file = folder.resolve("rows.csv").toString();

        CommandRunner.Outcome first = CommandRunner.codnn(
                "profile", "--out", file, "--layers", "2", "--series", "1", "--seconds", "0.01", "--quiet");
        CommandRunner.Outcome second = CommandRunner.codnn(
                "profile", "--out", file, "--layers", "4", "--series", "1", "--seconds", "0.01", "--json");

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).contains("2 rows added");
        JsonNode document = new ObjectMapper().readTree(second.out());
        assertThat(document.path("added").asInt()).isEqualTo(2);
        assertThat(document.path("rows").asInt()).isEqualTo(4);
        assertThat(document.path("complete").asBoolean()).isTrue();
        assertThat(Files.readAllLines(Path.of(file))).hasSize(5);
    }

    @Test
    void profile_powerOfAMeter_givesRowsAndTimesTheirJoules() throws IOException {
        Path rows = folder.resolve("rows.csv");
        Path times = folder.resolve("times.csv");
        String[] measure = {
            "profile", "--out", rows.toString(), "--model", "zoo:alexnet", "--series", "1", "--seconds", "0.001"
        };
        long before = System.currentTimeMillis();
        assertThat(CommandRunner.codnn(measure).status()).isZero();
        StringBuilder log = new StringBuilder("time,watts\n");
        for (double milliseconds = before - 1; milliseconds < System.currentTimeMillis() + 1; milliseconds += 0.125) {
            log.append(String.format(Locale.ROOT, "%.6f,5%n", milliseconds / 1e3));
        }
        Path power = Files.writeString(folder.resolve("power.csv"), log);

        List<String> again = new ArrayList<>(List.of(measure));
        again.addAll(List.of("--power", power.toString(), "--times", times.toString(), "--json"));
        CommandRunner.Outcome outcome = CommandRunner.codnn(again.toArray(String[]::new));

        assertThat(outcome.status()).as(outcome.err()).isZero();
        JsonNode counts = new ObjectMapper().readTree(outcome.out()).path("power");
        assertThat(counts.path("outside").asInt()).isZero();
        assertThat(counts.path("rows").asInt()).isPositive();
        List<Measurement> measured = Measurements.read(rows).rows();
        assertThat(measured.stream().filter(row -> row.joules().isPresent()))
                .hasSize(counts.path("rows").asInt())
                .allSatisfy(row ->
                        assertThat(row.joules().getAsDouble()).isCloseTo(5 * row.seconds(), withinPercentage(0.1)));
        assertThat(times).content().startsWith("layer,device,seconds,joules\n");
    }

    @Test
    void profile_otherFile_isLeftAloneWithOneLine() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear sir");

        CommandRunner.Outcome outcome =
                CommandRunner.codnn("profile", "--out", letter.toString(), "--layers", "1", "--quiet");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(letter).hasContent("Dear sir");
    }

    @Test
    void profile_fullDevice_isStatus3() {
        assumeTrue(Files.exists(Path.of("/dev/full")));

        CommandRunner.Outcome outcome =
                CommandRunner.codnn("profile", "--out", "/dev/full", "--layers", "1", "--quiet");

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(3);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("/dev/full");
    }

    @Test
    void profile_folderThatDoesNotExist_isRefusedBeforeTheWork() {
        String file = folder.resolve("missing").resolve("rows.csv").toString();

        CommandRunner.Outcome outcome = CommandRunner.codnn("profile", "--out", file, "--layers", "1", "--quiet");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("does not exist");
    }
}
