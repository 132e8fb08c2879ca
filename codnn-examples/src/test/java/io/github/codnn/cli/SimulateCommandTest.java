package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateCommandTest {

    private static final String PLATFORM =
            TestData.root().resolve("docs/platform.json").toString();

    @TempDir
    private Path folder;

    /** Frames go up and results come down over one Wi-Fi, and may wait for each other there. */
    @Test
    void simulate_planOverOneWifi_takesTheClosedFormOrLonger() throws IOException {
        String file = folder.resolve("plan.json").toString();
        CommandRunner.codnn("plan", "zoo:googlenet", "--platform", PLATFORM, "--frames", "100", "--out", file);

        CommandRunner.Outcome outcome = CommandRunner.codnn("simulate", file, "--json");

        JsonNode document = new ObjectMapper().readTree(outcome.out());
        JsonNode task = document.path("tasks").get(0);
        double makespan = task.path("closedForm").path("makespanSeconds").asDouble();
        assertThat(task.path("simulated").path("makespanSeconds").asDouble())
                .isGreaterThanOrEqualTo(makespan * (1 - 1e-9));
        assertThat(outcome.out()).contains("\"wifi\"");
    }

    @Test
    void simulate_planOfAChain_agreesWithTheClosedForm() throws IOException {
        String file = folder.resolve("plan.json").toString();
        CommandRunner.codnn(
                "plan",
                "zoo:googlenet",
                "--platform",
                CommandRunner.withoutMedia(PLATFORM, folder),
                "--frames",
                "100",
                "--out",
                file);

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

    private static final String PROBLEM = """
            {'format': 'codnn-problem/1', 'name': 'p', 'transfers': 'OVERLAPPED', 'stagesPerDevice': 'ONE',
             'devices': [{'name': 'a', 'kind': 'k', 'memoryBytes': 100}, {'name': 'b', 'kind': 'k', 'memoryBytes': 100}],
             'links': [{'from': '*', 'to': '*', 'bytesPerSecond': 1000}],
             'tasks': [{'name': 't', 'source': 'a', 'frames': 10, 'deadlineSeconds': 100,
               'layers': [{'name': 'l0', 'memoryBytes': 60, 'seconds': {'k': 1}},
                          {'name': 'l1', 'memoryBytes': 60, 'seconds': {'k': 2}}],
               'tensors': [{'name': 'x', 'from': 'l0', 'to': ['l1'], 'bytes': 100},
                           {'name': 'y', 'from': 'l1', 'to': [], 'bytes': 8}]}]}""".replace('\'', '"');

    private String plan() throws IOException {
        Path problem = Files.writeString(folder.resolve("problem.json"), PROBLEM);
        Path plan = folder.resolve("plan.json");
        CommandRunner.codnn("plan", "--problem", problem.toString(), "--out", plan.toString());
        return Files.readString(plan);
    }

    private CommandRunner.Outcome simulate(String plan, String... options) throws IOException {
        String file = Files.writeString(folder.resolve("edited.json"), plan).toString();
        return CommandRunner.codnn(
                Stream.concat(Stream.of("simulate", file), Stream.of(options)).toArray(String[]::new));
    }

    @Test
    void simulate_planOfItsProblem_hasNoFaults() throws IOException {
        assertThat(simulate(plan()).status()).isZero();
        assertThat(simulate(plan(), "--frames", "7", "--idle", "ALL").status()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"value\" : 2.0 | \"value\" : 1.0 | value is 1.0, but the period of the placement is 2.0",
                "\"lowerBound\" : 2.0 | \"lowerBound\" : 3.0 | lowerBound is 3.0, which is above value 2.0",
                "\"unknownShare\" : 0.0 | \"unknownShare\" : 0.9 | unknownShare is 0.9, but the placement gives 0.0",
                "\"unknownLayers\" : [ ] | \"unknownLayers\" : [ 1 ] | unknownLayers is a list of 1, but the",
                "\"objective\" : \"period\" | \"objective\" : \"energy\" | value is 2.0, but the energy of",
                "\"objective\" : \"period\" | \"objective\" : \"2.0*period\" | but the 2.0*period of",
                "\"seed\" | \"infeasibility\": {\"proven\":true,\"closest\":true,\"limits\":[]}, \"seed\" | is stated",
                "\"gap\" : 0.0 | \"gap\" : 0.5 | gap is 0.5, but the placement gives 0.0",
                "\"feasible\" : true | \"feasible\" : false | metrics.feasible is false",
                "\"responseSeconds\" : 3. | \"responseSeconds\" : 4. | responseSeconds is 4.",
                "\"devicesUsed\" : 2 | \"devicesUsed\" : 1 | metrics.devicesUsed is 1, but the placement gives 2",
                "\"memoryBytes\" : 100 | \"memoryBytes\" : 10 | the plan breaks a rule: Device 'a' needs 60",
                "\"deadlineSeconds\" : 100.0 | \"deadlineSeconds\" : 0.5 | the plan breaks a rule",
                "\"l1\" : \"b\" | \"l1\" : \"a\" | the plan breaks a rule: Device 'a' needs 120",
            })
    void simulate_editedPlan_saysWhatContradicts(String part, String replacement, String fault) throws IOException {
        String plan = plan();
        assertThat(plan).contains(part);

        CommandRunner.Outcome outcome = simulate(plan.replace(part, replacement));

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).contains("closed form");
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("edited.json", fault);
    }

    /** The commands that go on from a plan refuse what simulate lists. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "what-if FILE --budget 50",
                "explain FILE --budget 50",
                "split none.onnx --plan FILE --out DIR",
                "run --plan FILE --model none.onnx --frames 1",
                "export --to onnxruntime FILE --out OUT"
            })
    void planFile_ofAnotherValue_isRefusedByEachCommand(String line) throws IOException {
        String edited = plan().replace("\"value\" : 2.0", "\"value\" : 1.0");
        String file = Files.writeString(folder.resolve("edited.json"), edited).toString();

        CommandRunner.Outcome outcome = CommandRunner.codnn(line.replace("FILE", file)
                .replace("DIR", folder.resolve("dir").toString())
                .replace("OUT", folder.resolve("out").toString())
                .split(" "));

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("value is 1.0, but the period of the placement is 2.0");
    }

    @ParameterizedTest
    @ValueSource(longs = {2_147_483_647L, 2_147_483_648L, 100_000_000L, 9_000_000_000_000_000_000L})
    void simulate_moreFramesThanItCan_isRefusedAtOnce(long frames) throws IOException {
        CommandRunner.Outcome outcome = simulate(plan(), "--frames", Long.toString(frames));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("20,000,000", "fewer frames");
        assertThat(simulate(plan(), "--backlogged", "--frames", "2000000").err())
                .contains("2,000,000");
    }

    @Test
    void simulate_faults_areReported() {
        CommandRunner.Outcome edited = CommandRunner.codnn(
                "simulate",
                TestData.path("faults/attack/plan-edited-infeasible.json").toString());
        assertThat(edited.status()).isEqualTo(2);
        assertThat(edited.err()).contains("breaks a rule", "value is 1.0E-9", "lowerBound is 5.0");

        CommandRunner.Outcome frames = CommandRunner.codnn(
                "simulate",
                TestData.path("faults/attack/simulate-2^31-frames.json").toString());
        assertThat(frames.status()).isEqualTo(2);
        assertThat(frames.err()).contains("fewer frames");
    }
}
