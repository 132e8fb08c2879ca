package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MineCommandTest {

    @TempDir
    private Path folder;

    @Test
    void mine_twoEqualEdges_findsTheirPattern() throws IOException {
        Path file =
                Files.writeString(folder.resolve("pairs.lg"), "# t 1\nv 0 1\nv 1 2\nv 2 1\nv 3 2\ne 0 1 7\ne 2 3 7\n");

        CommandRunner.Outcome outcome = CommandRunner.codnn("mine", file.toString(), "--support", "2", "--json");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        JsonNode document = new ObjectMapper().readTree(outcome.out());
        assertThat(document.path("patterns")).hasSize(1);
        assertThat(document.path("patterns").get(0).path("support").asInt()).isEqualTo(2);
        assertThat(document.path("patterns").get(0).path("edges").asInt()).isEqualTo(1);
        assertThat(document.path("elapsedSeconds").asDouble()).isPositive();
    }

    /** Counts of the original GraMi on the citation graph. */
    @Test
    void mine_citations_findsAsManyAsTheOriginal() throws IOException {
        String file = TestData.path("data/graphs/citeseer.lg").toString();

        CommandRunner.Outcome directed = CommandRunner.codnn("mine", file, "--support", "160", "--json");
        CommandRunner.Outcome undirected =
                CommandRunner.codnn("mine", file, "--support", "280", "--undirected", "--json");

        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(directed.out()).path("patterns")).hasSize(7);
        assertThat(mapper.readTree(undirected.out()).path("patterns")).hasSize(12);
    }

    @Test
    void mine_badLine_isRefusedWithItsNumber() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.lg"), "# t 1\nv 0 1\nv 1 2\ne 0 9 7\n");

        CommandRunner.Outcome outcome = CommandRunner.codnn("mine", file.toString(), "--support", "2");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("bad.lg", "4");
    }
}
