package io.github.codnn.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.graph.LayerGraph;
import io.github.codnn.json.PlanJson;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.Violation;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamCheckTest {

    /** Tasks of one layer of 20 ms each, on one device; the last has a deadline. */
    private static Plan shared(int tasks, String measure, double deadlineSeconds, String transfers) {
        StringBuilder all = new StringBuilder();
        for (int task = 1; task <= tasks; task++) {
            String limit = task == tasks
                    ? ", \"deadlineSeconds\": " + deadlineSeconds + ", \"deadlineMeasure\": \"" + measure + "\""
                    : "";
            all.append(task == 1 ? "" : ",").append("""
                    {"name": "t%d", "frames": 30%s,
                     "layers": [{"name": "l%d", "seconds": {"k": 0.02}}],
                     "tensors": [{"name": "x%d", "from": null, "to": ["l%d"], "bytes": 1},
                                 {"name": "y%d", "from": "l%d", "to": [], "bytes": 1}]}
                    """.formatted(task, limit, task, task, task, task, task));
        }
        Scenario scenario = ProblemJson.parse("""
                {"format": "codnn-problem/1", "name": "shared", "transfers": "%s", "stagesPerDevice": "ONE",
                 "devices": [{"name": "a", "kind": "k"}, {"name": "b", "kind": "k"}],
                 "links": [{"from": "*", "to": "*", "bytesPerSecond": 1000, "latencySeconds": 0}],
                 "tasks": [%s]}
                """.formatted(transfers, all));
        Map<String, Map<String, String>> places = new LinkedHashMap<>();
        for (int task = 1; task <= tasks; task++) {
            places.put("t" + task, Map.of("l" + task, "a"));
        }
        return PlanEvaluator.of(scenario).plan(new Placement(places));
    }

    private static Plan checked(Plan plan) {
        return StreamCheck.of(plan.scenario()).applyTo(plan);
    }

    /** A frame of 20 ms waits for one of the other task. */
    @Test
    void check_deadlineKeptInClosedFormOnly_isInfeasibleByTheSimulatedExcess() {
        Plan plan = shared(2, "RESPONSE", 0.032, "OVERLAPPED");

        assertThat(plan.metrics().feasible()).isTrue();
        Violation missed = checked(plan).metrics().violations().get(0);
        assertThat(checked(plan).metrics().feasible()).isFalse();
        assertThat(checked(plan).metrics().violation()).isCloseTo(0.25, within(1e-9));
        assertThat(missed.constraint()).isEqualTo(Violation.Constraint.DEADLINE);
        assertThat(missed.message()).contains("'t2' misses", "is 0.04000 s", "0.03200 s at most", "0.02000 s");
        assertThat(checked(plan).metrics().deadlineAchievementRate()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource({"RESPONSE, 0.040", "RESPONSE, 0.045", "MEAN, 0.040"})
    void check_deadlineThatTheStreamKeeps_isFeasible(String measure, double seconds) {
        Plan plan = shared(2, measure, seconds, "OVERLAPPED");

        assertThat(checked(plan)).isEqualTo(plan);
    }

    @Test
    void check_deadlineMissedInClosedForm_staysAsItIs() {
        Plan plan = shared(2, "RESPONSE", 0.019, "OVERLAPPED");

        assertThat(plan.metrics().feasible()).isFalse();
        assertThat(checked(plan)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource({"1, OVERLAPPED, false", "1, BLOCKING, true", "2, OVERLAPPED, true"})
    void isNeeded_chains_whereFramesMayMeet(int tasks, String transfers, boolean needed) {
        Scenario scenario = shared(tasks, "RESPONSE", 1, transfers).scenario();

        assertThat(StreamCheck.of(scenario).isNeeded()).isEqualTo(needed);
        Scenario open = scenario.withWorkload(new Workload(
                scenario.workload().tasks().stream().map(Task::withoutDeadline).toList()));
        assertThat(StreamCheck.of(open).isNeeded()).isFalse();
    }

    /** A frame that comes from one device and ends on another may visit either twice. */
    @ParameterizedTest
    @CsvSource({"a, , false", "a, a, false", "a, b, true", ", b, false"})
    void isNeeded_sourceAndSink_whereTheyDiffer(String source, String sink, boolean needed) {
        Scenario scenario = shared(1, "RESPONSE", 1, "OVERLAPPED").scenario();
        LayerGraph graph = scenario.workload().tasks().get(0).graph();
        Task task = source == null ? Task.of("t1", graph) : Task.of("t1", graph, source);
        Task chain = task.withSink(Optional.ofNullable(sink)).withDeadline(Deadline.onResponse(1));

        assertThat(StreamCheck.of(scenario.withWorkload(Workload.of(chain))).isNeeded())
                .isEqualTo(needed);
    }

    @Test
    void read_planFile_keepsTheRule() {
        Plan plan = checked(shared(2, "RESPONSE", 0.032, "OVERLAPPED"));

        String file = PlanJson.render(plan, OptionalDouble.empty());

        assertThat(PlanJson.parse(file).metrics()).isEqualTo(plan.metrics());
    }
}
