package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.json.PlanJson;
import io.github.codnn.plan.Plan;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontCommandTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PLATFORM =
            TestData.root().resolve("docs/platform.json").toString();

    @TempDir
    private Path folder;

    private static CommandRunner.Outcome plan(String... arguments) {
        return planOn(PLATFORM, arguments);
    }

    private static CommandRunner.Outcome planOn(String platform, String... arguments) {
        List<String> all = new ArrayList<>(List.of("plan", "--platform", platform));
        all.addAll(List.of(arguments));
        return CommandRunner.codnn(all.toArray(String[]::new));
    }

    /** Labels of energy do not count what the upload and the results load the one Wi-Fi with. */
    @Test
    void front_linksOnOneMedium_statesHowMuchMayBeMissing() {
        CommandRunner.Outcome outcome = plan("zoo:googlenet", "--frames", "100", "--front", "period,energy");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("better by no more than", "--collapse none places single layers");
    }

    @Test
    void front_zooModel_printsPlansProofAndHypervolume() throws IOException {
        String platform = CommandRunner.withoutMedia(PLATFORM, folder);
        CommandRunner.Outcome outcome =
                planOn(platform, "zoo:googlenet", "--frames", "100", "--front", "period,energy");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains(
                        "plans between period, energy; exact",
                        "--collapse none places single layers",
                        "hypervolume",
                        "drone");
    }

    @Test
    void front_json_holdsPlansOrderedAndUndominated() throws IOException {
        String platform = CommandRunner.withoutMedia(PLATFORM, folder);
        CommandRunner.Outcome outcome =
                planOn(platform, "zoo:googlenet", "--frames", "100", "--front", "period,energy", "--json");

        JsonNode root = MAPPER.readTree(outcome.out());
        assertThat(root.path("format").asText()).isEqualTo("codnn-front/1");
        assertThat(root.path("exact").asBoolean()).isTrue();
        assertThat(root.path("epsilon").asDouble(1)).isZero();
        assertThat(root.path("boundCovers").asText()).isEqualTo("WHOLE_BLOCKS");
        assertThat(root.path("hypervolume").asDouble()).isBetween(0.01, 0.99);
        assertThat(root.path("problem").path("devices")).isNotEmpty();
        JsonNode front = root.path("front");
        assertThat(front.size()).isGreaterThan(2);
        for (int index = 0; index < front.size(); index++) {
            JsonNode metrics = front.get(index).path("metrics");
            assertThat(metrics.path("feasible").asBoolean()).isTrue();
            assertThat(front.get(index).path("tasks").get(0).path("stages")).isNotEmpty();
            assertThat(front.get(index).path("values").get(0).asDouble())
                    .isEqualTo(metrics.path("periodSeconds").asDouble());
            if (index > 0) {
                JsonNode before = front.get(index - 1).path("metrics");
                assertThat(metrics.path("periodSeconds").asDouble())
                        .isGreaterThan(before.path("periodSeconds").asDouble());
                assertThat(metrics.path("energyJoules").asDouble())
                        .isLessThan(before.path("energyJoules").asDouble());
            }
        }
        assertThat(root.path("reference").get(0).asDouble())
                .isCloseTo(
                        1.1
                                * front.get(front.size() - 1)
                                        .path("metrics")
                                        .path("periodSeconds")
                                        .asDouble(),
                        within(1e-12));
    }

    @Test
    void front_outAndChart_areFilesThatOtherCommandsRead() throws IOException {
        Path file = folder.resolve("front.json");
        Path plans = folder.resolve("plans");
        Path chart = folder.resolve("front.svg");

        plan("zoo:alexnet", "--front", "response,energy,price", "--out", file.toString(), "--chart", chart.toString());
        CommandRunner.Outcome outcome =
                plan("zoo:alexnet", "--front", "response,energy,price", "--out", plans.toString(), "--json");

        JsonNode written = MAPPER.readTree(Files.readString(file));
        JsonNode printed = MAPPER.readTree(outcome.out());
        assertThat(written.path("front")).isEqualTo(printed.path("front")).isNotEmpty();
        assertThat(MAPPER.readTree(Files.readString(plans.resolve("front.json"))))
                .isEqualTo(printed);
        Plan first = PlanJson.read(plans.resolve("plan-1.json"));
        assertThat(first.metrics().responseSeconds())
                .isEqualTo(printed.path("front").get(0).path("values").get(0).asDouble());
        assertThat(Files.readString(chart)).contains("<svg", "Pareto front: response, energy, price");
    }

    @Test
    void front_strategy_isTakenForEachSum() {
        CommandRunner.Outcome outcome =
                plan("zoo:alexnet", "--front", "mean,energy", "--strategy", "greedy", "--budget", "2000");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("heuristic");
    }

    @Test
    void front_severalTasks_isLeftToTheSwarm() throws IOException {
        CommandRunner.Outcome outcome = plan(
                "--task",
                "zoo:alexnet,name=a",
                "--task",
                "zoo:alexnet,name=b",
                "--front",
                "mean,energy",
                "--budget",
                "2000",
                "--json");

        JsonNode root = MAPPER.readTree(outcome.out());
        assertThat(root.path("exact").asBoolean(true)).isFalse();
        assertThat(root.path("epsilon").isNull()).isTrue();
        assertThat(root.path("front")).isNotEmpty();
    }

    @Test
    void front_impossibleDeadline_isInfeasible() {
        CommandRunner.Outcome outcome = plan("zoo:alexnet", "--front", "period,energy", "--deadline", "1e-6");

        assertThat(outcome.status()).isEqualTo(Codnn.INFEASIBLE);
        assertThat(outcome.err()).contains("No plan keeps all constraints");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--front period",
                "--front period,period",
                "--front period,energy,price,mean",
                "--front period,speed",
                "--front period,energy --objective mean",
                "--front period,energy --strategy none",
                "--front period,energy --strategy dbpso --epsilon 0.1",
                "--front period,energy --epsilon -1",
                "--front period,energy --epsilon much",
                "--front period,energy --out /nowhere/front.json",
                "--front period,energy --chart /nowhere/front.svg",
                "--epsilon 0.1",
                "--chart front.svg"
            })
    void front_badCombination_isOneLine(String arguments) {
        List<String> all = new ArrayList<>(List.of("zoo:alexnet"));
        all.addAll(List.of(arguments.split(" ")));

        CommandRunner.Outcome outcome = plan(all.toArray(String[]::new));

        assertThat(outcome.status()).isEqualTo(Codnn.BAD_INPUT);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.out()).isEmpty();
    }
}
