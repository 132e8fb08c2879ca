package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
