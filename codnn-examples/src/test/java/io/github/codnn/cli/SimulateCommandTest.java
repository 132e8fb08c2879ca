package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {

    private static final String PLATFORM =
            TestData.root().resolve("docs/platform.json").toString();

    @TempDir
    private Path folder;

    @Test
    void simulate_planOfAChain_agreesWithTheClosedForm() throws IOException {
        String file = folder.resolve("plan.json").toString();
        CommandRunner.codnn("plan", "zoo:googlenet", "--platform", PLATFORM, "--frames", "100", "--out", file);

        CommandRunner.Outcome outcome = CommandRunner.codnn("simulate", file, "--json");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        JsonNode document = new ObjectMapper().readTree(outcome.out());
        JsonNode task = document.path("tasks").get(0);
        for (String figure : new String[] {"responseSeconds", "periodSeconds", "makespanSeconds"}) {
            double expected = task.path("closedForm").path(figure).asDouble();
            assertThat(task.path("simulated").path(figure).asDouble())
                    .as(figure)
                    .isCloseTo(expected, within(1e-9 * expected));
        }
        double joules = document.path("energyJoules").path("closedForm").asDouble();
        assertThat(document.path("energyJoules").path("simulated").asDouble())
                .isPositive()
                .isCloseTo(joules, within(1e-9 * joules));
        assertThat(CommandRunner.codnn("simulate", file).out()).contains("closed form", "utilisation");
    }

    @Test
    void simulate_idlePolicyChanged_balancesWithTheClosedForm() throws IOException {
        String file = folder.resolve("plan.json").toString();
        CommandRunner.codnn("plan", "zoo:googlenet", "--platform", PLATFORM, "--strategy", "local", "--out", file);

        JsonNode taking = new ObjectMapper()
                .readTree(CommandRunner.codnn("simulate", file, "--json").out());
        JsonNode all = new ObjectMapper()
                .readTree(CommandRunner.codnn("simulate", file, "--idle", "all", "--json")
                        .out());

        double joules = all.path("idleJoules").path("closedForm").asDouble();
        assertThat(all.path("idleJoules").path("simulated").asDouble()).isCloseTo(joules, within(1e-9 * joules));
        assertThat(joules)
                .isGreaterThan(taking.path("idleJoules").path("closedForm").asDouble());
        assertThat(all.path("computeJoules")).isEqualTo(taking.path("computeJoules"));
        assertThat(all.path("switchOnJoules").path("simulated").asDouble(-1)).isZero();
    }

    @Test
    void simulate_noPlan_isRefused() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("simulate", "nowhere.json");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("nowhere.json");
    }
}
