package io.github.codnn.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.CodnnException;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.RunRecord.Infeasibility;
import io.github.codnn.plan.RunRecord.LeastValue;
import io.github.codnn.plan.StopReason;
import io.github.codnn.plan.Violation;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanJsonTest {

    private static final Scenario SCENARIO = ProblemJson.parse("""
            {"format": "codnn-problem/1", "name": "p",
             "devices": [{"name": "a", "kind": "k", "activeWatts": 2, "idleWatts": 1, "pricePerSecond": 0.5},
              {"name": "b", "kind": "k"}],
             "links": [{"from": "*", "to": "*", "bytesPerSecond": 10}],
             "tasks": [{"name": "t", "source": "a", "frames": 10, "deadlineSeconds": 1,
              "layers": [{"name": "l1", "seconds": {"k": 1}}, {"name": "l2", "seconds": {"k": 2}}],
              "tensors": [{"name": "x", "from": "l1", "to": ["l2"], "bytes": 5}]}]}
            """);
    private static final RunRecord RUN =
            new RunRecord("period", 2, 1.5, "dbpso", "swarm 20", 42, 1000, StopReason.EVALUATIONS).amongBlocks(1.25);

    private static Plan plan(String first, String second) {
        Map<String, String> layers = new LinkedHashMap<>();
        layers.put("l1", first);
        layers.put("l2", second);
        return PlanEvaluator.of(SCENARIO).plan(new Placement(Map.of("t", layers)));
    }

    @Test
    void render_plan_hasTheFieldsOfTheFormat() throws IOException {
        String text = PlanJson.render(plan("a", "b").withRun(RUN), OptionalDouble.of(0.25));

        JsonNode json = new ObjectMapper().readTree(text);
        assertThat(json.path("format").asText()).isEqualTo("codnn-plan/1");
        assertThat(json.path("problem").path("format").asText()).isEqualTo("codnn-problem/1");
        JsonNode task = json.path("tasks").path(0);
        assertThat(task.path("placement").toString()).isEqualTo("{\"l1\":\"a\",\"l2\":\"b\"}");
        assertThat(task.path("stages").toString())
                .isEqualTo("[{\"device\":\"a\",\"layers\":[\"l1\"],\"seconds\":1.0},"
                        + "{\"device\":\"b\",\"layers\":[\"l2\"],\"seconds\":2.0}]");
        assertThat(task.path("metrics").path("periodSeconds").asDouble()).isEqualTo(2);
        JsonNode metrics = json.path("metrics");
        assertThat(metrics.path("throughputPerSecond").asDouble()).isEqualTo(0.5);
        assertThat(metrics.path("responseSeconds").asDouble()).isEqualTo(3.5);
        assertThat(metrics.path("makespanSeconds").asDouble()).isEqualTo(21.5);
        assertThat(metrics.path("meanSeconds").asDouble()).isEqualTo(2.15);
        assertThat(metrics.path("energyJoules").asDouble()).isEqualTo(10 * 2 + 11.5);
        assertThat(metrics.path("switchOnJoules").asDouble(-1)).isZero();
        assertThat(metrics.path("price").asDouble()).isEqualTo(5);
        assertThat(metrics.path("feasible").asBoolean(true)).isFalse();
        assertThat(metrics.path("violations").path(0).path("constraint").asText())
                .isEqualTo("DEADLINE");
        assertThat(json.has("gap")).isFalse();
        assertThat(json.path("seed").asLong()).isEqualTo(42);
        assertThat(json.path("elapsedSeconds").asDouble()).isEqualTo(0.25);
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "format",
                        "problem",
                        "tasks",
                        "links",
                        "media",
                        "notices",
                        "unknownShare",
                        "unknownLayers",
                        "metrics",
                        "objective",
                        "value",
                        "lowerBound",
                        "blockBound",
                        "strategy",
                        "settings",
                        "seed",
                        "evaluations",
                        "stopReason",
                        "elapsedSeconds");
    }

    @Test
    void roundTrip_plan_isEqual(@TempDir Path folder) {
        Plan plan = plan("a", "b").withRun(RUN);
        Path file = folder.resolve("plan.json");

        PlanJson.write(plan, OptionalDouble.of(3), file);

        assertThat(PlanJson.read(file)).isEqualTo(plan);
        assertThat(PlanJson.parse(PlanJson.render(plan("b", "a"), OptionalDouble.empty())))
                .isEqualTo(plan("b", "a"));
    }

    @Test
    void roundTrip_figuresThatAreNotFinite_areNull() {
        Plan plan = plan("a", "b")
                .withRun(new RunRecord(
                        "period",
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        "random",
                        "",
                        1,
                        0,
                        StopReason.CANCELLED));

        String text = PlanJson.render(plan, OptionalDouble.empty());

        assertThat(text).contains("\"value\" : null", "\"lowerBound\" : null");
        assertThat(text).doesNotContain("gap");
        assertThat(text).doesNotContain("Infinity", "NaN");
        assertThat(PlanJson.parse(text)).isEqualTo(plan);
    }

    @Test
    void render_feasiblePlan_hasGapsToAllPlansAndToThoseOfBlocks() {
        Scenario free = SCENARIO.withWorkload(
                Workload.of(SCENARIO.workload().tasks().get(0).withoutDeadline()));
        Plan plan = PlanEvaluator.of(free).plan(plan("a", "b").placement());

        assertThat(PlanJson.render(plan.withRun(RUN), OptionalDouble.empty()))
                .contains("\"gap\" : 0.6", "\"blockGap\" : 0.3333333333333333");
        assertThat(plan.withRun(RUN).gap()).hasValue(0.75 / 1.25);
        assertThat(plan.withRun(RUN).blockGap()).hasValue(0.5 / 1.5);
        assertThat(plan.gap()).isEmpty();
        assertThat(plan.blockGap()).isEmpty();
        assertThat(plan("a", "b").withRun(RUN).gap()).isEmpty();
        assertThat(plan("a", "b").withRun(RUN).blockGap()).isEmpty();
    }

    @Test
    void parse_boundOfAnEarlierFormat_isThatOfBlocksOnlyIfItSaysSo() {
        String text = PlanJson.render(plan("a", "b").withRun(RUN), OptionalDouble.empty());
        String earlier = text.replaceAll("\\s*\"blockBound\" : [^,]*,", "");

        RunRecord all = run(earlier.replace("\"strategy\"", "\"boundCovers\" : \"ALL_PLANS\", \"strategy\""));
        RunRecord blocks = run(earlier.replace("\"strategy\"", "\"boundCovers\" : \"WHOLE_BLOCKS\", \"strategy\""));

        assertThat(all.lowerBound()).isEqualTo(1.25);
        assertThat(all.blockBound()).isEmpty();
        assertThat(blocks.lowerBound()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(blocks.blockBound()).hasValue(1.25);
    }

    private static RunRecord run(String text) {
        return PlanJson.parse(text).run().orElseThrow();
    }

    @Test
    void roundTrip_infeasibility_isEqual() {
        LeastValue least = new LeastValue(
                Violation.Constraint.DEADLINE, "t", "mean seconds", 1, 2.15, true, LeastValue.Others.KEPT);
        Infeasibility known = new Infeasibility(true, true, List.of(least));
        Plan plan = plan("a", "b").withRun(RUN.withInfeasibility(known));

        String text = PlanJson.render(plan, OptionalDouble.empty());

        assertThat(PlanJson.parse(text)).isEqualTo(plan);
        assertThat(text)
                .contains("at most 1 mean seconds of 't' allowed, least achievable 2.15 (proven) if all other"
                        + " constraints are kept");
    }

    @Test
    void roundTrip_placementWithoutTime_hasNoThroughput() {
        Scenario scenario = ProblemJson.parse("""
                {"format": "codnn-problem/1", "name": "p", "devices": [{"name": "a", "kind": "k"}],
                 "tasks": [{"name": "t", "layers": [{"name": "l", "seconds": {"k": 0}}]}]}
                """);
        Plan plan = PlanEvaluator.of(scenario).plan(Placement.allOn(scenario.workload(), "a"));

        String text = PlanJson.render(plan, OptionalDouble.empty());

        assertThat(text).contains("\"throughputPerSecond\" : null").doesNotContain("Infinity");
        assertThat(PlanJson.parse(text)).isEqualTo(plan);
    }

    @Test
    void read_badPlan_isRefusedWithTheFieldsPath() {
        String text = PlanJson.render(plan("a", "b").withRun(RUN), OptionalDouble.empty());
        for (var change : List.of(
                List.of("\"l2\" : \"b\"", "\"l2\" : \"c\"", "tasks: The platform has no device 'c'"),
                List.of("\"l2\" : \"b\"", "\"l3\" : \"b\"", "tasks: The placement has no device for layer 'l2'"),
                List.of("codnn-plan/1", "codnn-plan/7", "format must be 'codnn-plan/1', but is 'codnn-plan/7'"),
                List.of("\"seed\" : 42", "\"seed\" : \"x\"", "seed must be a number, but is \"x\""),
                List.of("\"bytes\" : 5", "\"bytes\" : -5", "problem.tasks[0].tensors[0]: A dimension must be"),
                List.of("\"evaluations\" : 1000", "\"evaluations\" : -1", "evaluations must be zero or greater"),
                List.of("\"strategy\" : \"dbpso\"", "\"strategy\" : \"\"", "strategy must not be blank"))) {
            assertThat(text).contains(change.get(0));
            assertThatThrownBy(() -> PlanJson.parse(text.replace(change.get(0), change.get(1))))
                    .isInstanceOf(CodnnException.class)
                    .hasMessageStartingWith("plan: ")
                    .hasMessageContaining(change.get(2));
        }
    }
}
