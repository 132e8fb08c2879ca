package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

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
    void collapse_supportOfZero_isRefused() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("collapse", "zoo:googlenet", "--support", "0");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("support").hasLineCount(1);
    }
}
