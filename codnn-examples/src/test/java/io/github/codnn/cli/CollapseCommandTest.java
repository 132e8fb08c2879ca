package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollapseCommandTest {

    @Test
    void collapse_zooModel_printsBlocksAndTotals() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("collapse", "zoo:densenet121");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("DenseLayer", "427 layers before, 25 after, a chain");
    }

    @Test
    void collapse_json_countsBlocks() throws IOException {
        CommandRunner.Outcome outcome = CommandRunner.codnn("collapse", "zoo:googlenet", "--json");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        JsonNode document = new ObjectMapper().readTree(outcome.out());
        assertThat(document.path("layersBefore").asInt()).isEqualTo(143);
        assertThat(document.path("layersAfter").asInt()).isEqualTo(26);
        assertThat(document.path("chain").asBoolean()).isTrue();
        JsonNode block = document.path("blocks").path(0);
        assertThat(block.path("label").asText()).isEqualTo("Inception");
        assertThat(block.path("layers").asInt()).isEqualTo(14);
        assertThat(block.path("occurrences").asInt()).isEqualTo(9);
    }

    @Test
    void collapse_maskedNetwork_isAChainWithBypass() throws IOException {
        CommandRunner.Outcome outcome = CommandRunner.codnn("collapse", "zoo:bert-base", "--json");

        JsonNode document = new ObjectMapper().readTree(outcome.out());
        assertThat(document.path("chain").asBoolean()).isTrue();
        assertThat(document.path("bypass").asBoolean()).isTrue();
    }

    @Test
    void collapse_dotToStandardOutput_drawsLabelledBlocksOnly() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("collapse", "zoo:resnet18", "--dot", "-");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("digraph").endsWith("}\n").doesNotContain("layers before");
        assertThat(outcome.out().lines().filter(line -> line.contains("(Residual)\"")))
                .hasSize(5);
        assertThat(outcome.out().lines().filter(line -> line.contains("(Residual(projection))\"")))
                .hasSize(3);
    }

    @Test
    void collapse_dotToFile_printsBlocksAsWell(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("net.dot");

        CommandRunner.Outcome outcome = CommandRunner.codnn("collapse", "zoo:densenet121", "--dot", file.toString());

        assertThat(outcome.out()).contains("25 after");
        assertThat(Files.readString(file)).contains("(Dense)", "(DenseLayer)");
    }

    @Test
    void collapse_dotAndJsonToStandardOutput_isRefused() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("collapse", "zoo:alexnet", "--dot", "-", "--json");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("--json and the file name - both want standard output")
                .hasLineCount(1);
    }

    @Test
    void collapse_dotIntoMissingFolder_isRefused(@TempDir Path folder) {
        CommandRunner.Outcome outcome = CommandRunner.codnn(
                "collapse",
                "zoo:alexnet",
                "--dot",
                folder.resolve("no").resolve("net.dot").toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("net.dot").hasLineCount(1);
    }

    @Test
    void collapse_supportOfZero_isRefused() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("collapse", "zoo:googlenet", "--support", "0");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("support").hasLineCount(1);
    }
}
