package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans show the loads of links and of what links share. */
class MediaOutputTest {

    /** b computes 0.2 s; frames of 100 kB and results of 50 kB go over one radio with 1 MB/s. */
    private static final String PROBLEM = """
            {"format": "codnn-problem/1", "name": "p", "devices": [{"name": "a", "kind": "a"}, {"name": "b", "kind": "b"}],
             "media": [{"name": "radio", "bytesPerSecond": 1e6, "duplex": "%s"}],
             "links": [{"from": "*", "to": "*", "medium": "radio"}],
             "tasks": [{"name": "t", "source": "a", "sink": "a", "frames": 5,
               "layers": [{"name": "l", "seconds": {"a": 9, "b": 0.2}}],
               "tensors": [{"name": "x", "from": null, "to": ["l"], "bytes": 100000},
                           {"name": "y", "from": "l", "to": [], "bytes": 50000}]}]}""";

    @TempDir
    private Path folder;

    private String problem = "";

    @BeforeEach
    void writeProblem() throws IOException {
        problem = Files.writeString(folder.resolve("p.json"), PROBLEM.formatted("HALF"))
                .toString();
    }

    @Test
    void plan_text_showsLinksAndTheirMedium() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("plan", "--problem", problem);

        assertThat(outcome.out().lines())
                .contains(
                        "transfers     medium       time     busy",
                        "a -> b         radio  100.00 ms  50.00 %",
                        "b -> a         radio   50.00 ms  25.00 %",
                        "all on radio   radio  150.00 ms  75.00 %");
    }

    @Test
    void plan_json_statesLinksAndMedia() throws IOException {
        JsonNode plan = new ObjectMapper()
                .readTree(CommandRunner.codnn("plan", "--problem", problem, "--json")
                        .out());

        assertThat(plan.at("/links/0/from").asText()).isEqualTo("a");
        assertThat(plan.at("/links/0/to").asText()).isEqualTo("b");
        assertThat(plan.at("/links/0/medium").asText()).isEqualTo("radio");
        assertThat(plan.at("/links/0/secondsPerFrame").asDouble()).isCloseTo(0.1, within(1e-12));
        assertThat(plan.at("/links/1/share").asDouble()).isCloseTo(0.25, within(1e-12));
        assertThat(plan.at("/media/0/name").asText()).isEqualTo("radio");
        assertThat(plan.at("/media/0/secondsPerFrame").asDouble()).isCloseTo(0.15, within(1e-12));
        assertThat(plan.at("/media/0/share").asDouble()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void plan_fullDuplex_hasALoadForEachDirection() throws IOException {
        Files.writeString(Path.of(problem), PROBLEM.formatted("FULL"));

        CommandRunner.Outcome outcome = CommandRunner.codnn("plan", "--problem", problem);

        assertThat(outcome.out())
                .contains("all on radio up", "all on radio down")
                .doesNotContain("75.00 %");
    }

    @Test
    void plan_nothingSent_showsNoTransfers() throws IOException {
        Files.writeString(Path.of(problem), PROBLEM.formatted("HALF").replace("\"a\": 9", "\"a\": 0.1"));

        assertThat(CommandRunner.codnn("plan", "--problem", problem).out()).doesNotContain("transfers  ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"secondsPerFrame\" : 0.1,|\"secondsPerFrame\" : 0.2,|links[0].secondsPerFrame is 0.2",
                "\"share\" : 0.25|\"share\" : 0.1|links[1].share is 0.1",
                "\"to\" : \"b\"|\"to\" : \"c\"|links[0].to is \"c\"",
                "\"secondsPerFrame\" : 0.15|\"secondsPerFrame\" : 1|media[0].secondsPerFrame is 1",
            })
    void simulate_editedLoads_areNamed(String edit) throws IOException {
        String[] parts = edit.split("\\|", -1);
        Path plan = folder.resolve("plan.json");
        CommandRunner.codnn("plan", "--problem", problem, "--out", plan.toString());
        String text = Files.readString(plan).replaceAll("0\\.1500000+\\d*", "0.15");
        assertThat(text).contains(parts[0]);

        Files.writeString(plan, text.replace(parts[0], parts[1]));
        CommandRunner.Outcome outcome = CommandRunner.codnn("simulate", plan.toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(parts[2]);
    }
}
