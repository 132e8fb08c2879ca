package io.github.codnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.MemoryModel;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTypesTest {

    private static final Scenario SCENARIO = Table2.scenario(3);

    @Test
    void scenario_unknownDeviceInATask_isRefused() {
        Task task = SCENARIO.workload().tasks().get(0);

        assertThatThrownBy(() -> SCENARIO.withWorkload(Workload.of(task.withPinned(Map.of("l1", "D")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The platform has no device 'D'. It has A, B, C");
        assertThatThrownBy(() -> SCENARIO.withWorkload(Workload.of(task.withSink(Optional.of("E")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no device 'E'");
    }

    @Test
    void task_rulesForUnknownLayers_areRefused() {
        Task task = SCENARIO.workload().tasks().get(0);

        assertThatThrownBy(() -> task.withPinned(Map.of("l6", "A")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Network 'dnn' has no layer 'l6'. It has l1, l2, l3, l4, l5");
        assertThatThrownBy(() -> task.withColocated(Map.of("l7", "group")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no layer 'l7'");
        assertThatThrownBy(() -> task.withFrames(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The number of frames of task 'dnn' must be positive, but is 0");
    }

    @Test
    void task_withers_changeOneThingOnly() {
        Task task = SCENARIO.workload().tasks().get(0);
        Task changed = task.withDeadline(Deadline.onResponse(2))
                .withPinned(Map.of("l1", "A"))
                .withColocated(Map.of("l2", "g"))
                .withSink(Optional.of("B"));

        assertThat(changed.withoutDeadline()
                        .withPinned(Map.of())
                        .withColocated(Map.of())
                        .withSink(Optional.empty()))
                .isEqualTo(task);
        assertThat(changed.frames()).isEqualTo(3);
    }

    @Test
    void workload_twoTasksOfOneName_areRefused() {
        Task task = SCENARIO.workload().tasks().get(0);

        assertThatThrownBy(() -> Workload.of(task, task))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[dnn, dnn]");
        assertThatThrownBy(() -> Workload.of()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deadline_notPositive_isRefused() {
        for (double seconds : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Deadline.onMean(seconds)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void rules_withers_changeOneRuleOnly() {
        Scenario changed = SCENARIO.withTransfers(TransferMode.BLOCKING)
                .withStagesPerDevice(StagesPerDevice.ANY)
                .withMemory(MemoryModel.PARAMETERS)
                .withMaxDevices(2)
                .withIdle(IdlePolicy.ALL);

        assertThat(changed.rules())
                .isEqualTo(new Scenario.Rules(
                        TransferMode.BLOCKING, StagesPerDevice.ANY, MemoryModel.PARAMETERS, 2, IdlePolicy.ALL));
        assertThat(changed.withTransfers(TransferMode.OVERLAPPED)
                        .withStagesPerDevice(StagesPerDevice.ONE)
                        .withMemory(MemoryModel.PARAMETERS_AND_ACTIVATIONS)
                        .withMaxDevices(3)
                        .rules()
                        .idle())
                .isEqualTo(IdlePolicy.ALL);
        assertThat(SCENARIO.rules().idle()).isEqualTo(IdlePolicy.PARTICIPATING);
        assertThatThrownBy(() -> SCENARIO.withMaxDevices(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void placement_changedAfterwards_keepsItsCopy() {
        Map<String, Map<String, String>> tasks = new HashMap<>();
        Map<String, String> layers = new HashMap<>(Map.of("l1", "A"));
        tasks.put("dnn", layers);
        Placement placement = new Placement(tasks);

        layers.put("l1", "B");
        tasks.clear();

        assertThat(placement.of("dnn")).isEqualTo(Map.of("l1", "A"));
        assertThatThrownBy(() -> placement.of("dnn").put("l1", "C")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void runRecord_gap_isRelativeToTheBound() {
        assertThat(RunRecord.gap(3, 2)).isEqualTo(0.5);
        assertThat(RunRecord.gap(2, 2)).isZero();
        assertThat(RunRecord.gap(2, 2.0000001)).isZero();
        assertThat(RunRecord.gap(2, 0)).isInfinite();
        assertThat(RunRecord.gap(2, Double.NEGATIVE_INFINITY)).isInfinite();
        assertThatThrownBy(() -> record(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static RunRecord record(double value, double bound) {
        return new RunRecord("period", value, bound, "none", "", 1, 1, StopReason.COMPLETED);
    }

    @Test
    void violations_everyConstraint_isNamedWithItsFigures() {
        Scenario scenario = SCENARIO.withWorkload(Workload.of(SCENARIO.workload()
                        .tasks()
                        .get(0)
                        .withDeadline(Deadline.onResponse(1))
                        .withPinned(Map.of("l1", "A"))
                        .withColocated(Map.of("l2", "g", "l3", "g"))))
                .withMaxDevices(1);
        Placement placement =
                new Placement(Map.of("dnn", Map.of("l1", "B", "l2", "C", "l3", "B", "l4", "B", "l5", "B")));

        List<Violation> violations =
                PlanEvaluator.of(scenario).evaluate(placement).violations();

        assertThat(violations.stream().map(Violation::message))
                .containsExactly(
                        "Task 'dnn' takes 5.0 s to respond, its deadline is 1.0 s",
                        "Layer 'l1' of task 'dnn' is on 'B', but must be on 'A'",
                        "Layer 'l3' of task 'dnn' is on 'B', but must be with layer 'l2' on 'C'",
                        "Frames of task 'dnn' come back to devices that they have left, 1 times, but each device may"
                                + " run one stage only",
                        "2 devices run layers, but at most 1 may");
        assertThat(violations.stream().map(Violation::amount)).containsExactly(4.0, 1.0, 1.0, 1.0, 1.0);
    }
}
