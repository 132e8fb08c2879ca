package io.github.codnn.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.Violation;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClosedFormCheckTest {

    private static final double LAYER_SECONDS = 0.01; // each transfer takes a second

    private static Task chain(String name, long frames, String... source) {
        Tensor input = Tensor.ofBytes("x", 1);
        Tensor inner = Tensor.ofBytes("y", 1);
        Tensor output = Tensor.ofBytes("z", 1);
        Operator operator = new Operator.Other("Measured");
        LayerGraph graph = LayerGraph.builder(name)
                .input(input)
                .add(Layer.of("l1", operator, List.of(input), List.of(inner)))
                .add(Layer.of("l2", operator, List.of(inner), List.of(output)))
                .build();
        Task task = source.length == 0 ? Task.of(name, graph) : Task.of(name, graph, source[0]);
        return task.withFrames(frames).withSink(source.length == 0 ? Optional.empty() : Optional.of(source[0]));
    }

    private static Scenario scenario(List<Link> links, Task... tasks) {
        Platform platform = new Platform(
                List.of(Device.of("a", "k"), Device.of("b", "k"), Device.of("c", "k")),
                links,
                List.of(new Medium("air", 1, Medium.Duplex.HALF)));
        Workload workload = new Workload(Arrays.asList(tasks));
        return Scenario.of("check", workload, platform, (layer, device) -> new Cost(LAYER_SECONDS, 0));
    }

    private static ClosedFormCheck check(Scenario scenario, String first, String second) {
        Map<String, Map<String, String>> placement = new LinkedHashMap<>();
        scenario.workload().tasks().forEach(task -> placement.put(task.name(), Map.of("l1", first, "l2", second)));
        Plan plan = PlanEvaluator.of(scenario).plan(new Placement(placement));
        return ClosedFormCheck.of(plan);
    }

    @Test
    void check_oneChainThatVisitsEachResourceOnce_agrees() {
        Scenario scenario = scenario(List.of(Link.of("*", "*", 1, 0)), chain("t", 50, "a"));

        ClosedFormCheck check = check(scenario, "b", "c");

        assertThat(check.agrees()).isTrue();
        assertThat(check.notices()).isEmpty();
        assertThat(check.tasks().get(0).simulatedPeriodSeconds()).isCloseTo(1, within(1e-9));
        assertThat(check.tasks().get(0).frames()).isEqualTo(50);
    }

    /** Source and sink send and receive in turn, so that transfers block each other in pairs. */
    @Test
    void check_blockingTransfersInARing_statesBothPeriods() {
        Scenario scenario =
                scenario(List.of(Link.of("*", "*", 1, 0)), chain("t", 100, "a")).withTransfers(TransferMode.BLOCKING);

        ClosedFormCheck check = check(scenario, "b", "c");

        assertThat(check.agrees()).isFalse();
        assertThat(check.tasks().get(0).periodSeconds()).isCloseTo(2.01, within(1e-9));
        assertThat(check.tasks().get(0).simulatedPeriodSeconds()).isCloseTo(3, within(1e-9));
        assertThat(check.tasks().get(0).leastPeriodSeconds()).isCloseTo(3, within(1e-9));
        assertThat(check.tasks().get(0).staticOrder().orElseThrow().periodSeconds())
                .isCloseTo(3, within(1e-9));
        assertThat(check.notices()).hasSize(2);
        assertThat(check.notices().get(0)).contains("lower bound", "100 frames");
        assertThat(check.notices().get(1)).contains("No order", "below 3").endsWith("because they exclude each other");
    }

    /** Result and upload of other frames meet on one medium. */
    @Test
    void check_mediumThatFramesVisitThrice_statesTheWaiting() {
        Scenario scenario = scenario(List.of(Link.of("*", "*", 1, 0).withMedium("air")), chain("t", 20, "a"));

        ClosedFormCheck check = check(scenario, "b", "c");

        assertThat(check.tasks().get(0).periodSeconds()).isEqualTo(3);
        assertThat(check.tasks().get(0).worstResponseSeconds())
                .isGreaterThan(check.tasks().get(0).responseSeconds());
        assertThat(check.tasks().get(0).simulatedPeriodSeconds()).isGreaterThanOrEqualTo(3);
        assertThat(check.agrees()).isFalse();
    }

    @Test
    void notices_manyTasksThatWait_areOneWithTheWorstThree() {
        Task[] tasks = new Task[16];
        for (int index = 0; index < tasks.length; index++) {
            tasks[index] = chain("t" + index, index == 9 ? 1 : 10).withDeadline(Deadline.onResponse(0.03));
        }

        List<String> notices = check(scenario(List.of(), tasks), "a", "a").notices();

        assertThat(notices).hasSize(2);
        assertThat(notices.get(0)).contains("misses its deadline").endsWith("; 12 more tasks miss theirs");
        assertThat(notices.get(1))
                .startsWith("Frames wait for each other in a simulation: task 't")
                .contains("and 12 more. The closed form is a lower bound");
        assertThat(notices.get(1).split("has the period", -1)).hasSize(4);
    }

    /** One after the other runs; closed form and simulation differ by the factors 2, 3 and 4. */
    @Test
    void notices_threeTasksThatWait_areNamedFromTheWorst() {
        Scenario scenario = scenario(List.of(), chain("t1", 1), chain("t2", 1), chain("t3", 1), chain("t4", 1));

        List<String> notices = check(scenario, "a", "a").notices();

        assertThat(notices)
                .singleElement()
                .asString()
                .containsSubsequence("'t4' has", "0.08000 s", "'t3' has", "0.06000 s", "'t2' has", "0.04000 s")
                .doesNotContain("'t1'", "more");
    }

    @Test
    void neverMeet_tasksAndResources_countSpansAgainstThePeriod() {
        List<Link> links = List.of(Link.of("*", "*", 1, 0));
        Scenario once = scenario(links, chain("t", 5, "a"));
        Scenario twice = scenario(links, chain("t", 5, "a"), chain("u", 5, "a"));
        Scenario medium = scenario(List.of(Link.of("*", "*", 1, 0).withMedium("air")), chain("t", 5, "a"));

        assertThat(neverMeet(once, "b", "c")).isTrue();
        assertThat(neverMeet(once, "a", "a")).isTrue();
        assertThat(neverMeet(twice, "b", "c")).isFalse();
        assertThat(neverMeet(medium, "b", "c")).isFalse();
        assertThat(neverMeet(once.withTransfers(TransferMode.BLOCKING), "b", "c"))
                .isFalse();
    }

    private static boolean neverMeet(Scenario scenario, String first, String second) {
        Map<String, Map<String, String>> placement = new LinkedHashMap<>();
        scenario.workload().tasks().forEach(task -> placement.put(task.name(), Map.of("l1", first, "l2", second)));
        return FrameSpans.neverMeet(scenario, new Placement(placement));
    }

    @Test
    void notices_oneFrame_isNoPlural() {
        List<String> notices = check(scenario(List.of(), chain("first", 1), chain("second", 1)), "a", "a")
                .notices();

        assertThat(notices).singleElement().asString().contains("'second'", "over 1 frame (in closed form");
    }

    @Test
    void check_tasksOnOneDevice_saysThatADeadlineIsMissed() {
        Task first = chain("first", 30);
        Task second = chain("second", 30).withDeadline(Deadline.onResponse(0.025));

        ClosedFormCheck check = check(scenario(List.of(), first, second), "a", "a");

        assertThat(check.notices().get(0)).contains("'second' misses its deadline", "may be 0.02500 s");
    }

    @Test
    void check_meanOfMoreFramesThanAreSimulated_countsThemAll() {
        Task task = chain("t", 100_000).withDeadline(Deadline.onMean(1.0001));

        ClosedFormCheck check = check(scenario(List.of(Link.of("*", "*", 1, 0)), task), "a", "b");

        assertThat(check.tasks().get(0).frames()).isEqualTo(1000);
        assertThat(check.tasks().get(0).missedDeadline()).isEmpty();
    }

    /** One frame enters each second; the last one needs two layers and a transfer. */
    @Test
    void check_missedMean_isThatOfAllFrames() {
        Task task = chain("t", 10).withDeadline(Deadline.onMean(0.5));
        List<Link> links = List.of(Link.of("*", "*", 1, 0));

        Violation few = missed(check(scenario(links, task), "a", "b"));
        Violation many = missed(check(scenario(links, task.withFrames(100_000)), "a", "b"));

        assertThat(few.message()).contains("the mean time is 1.002 s", "may be 0.5000 s");
        assertThat(few.amount()).isCloseTo(1.004, within(1e-9));
        assertThat(many.amount()).isCloseTo(1, within(1e-5));
    }

    /** A frame of the ring takes 3 s, so that the mean of many frames is as much. */
    @Test
    void check_meanOfFramesThatPileUp_isThePeriodTheyReach() {
        Task task = chain("t", 10_000, "a").withDeadline(Deadline.onMean(1.5));
        Scenario scenario = scenario(List.of(Link.of("*", "*", 1, 0)), task).withTransfers(TransferMode.BLOCKING);

        Violation missed = missed(check(scenario, "b", "c"));

        assertThat(missed.amount()).isCloseTo(1, within(0.01));
        assertThat(missed.message()).contains("the mean time");
    }

    private static Violation missed(ClosedFormCheck check) {
        return check.tasks().get(0).missedDeadline().orElseThrow();
    }

    @Test
    void check_fewOperations_fewFrames() {
        Scenario scenario = scenario(List.of(Link.of("*", "*", 1, 0)), chain("t", 50));
        Plan plan = PlanEvaluator.of(scenario).plan(new Placement(Map.of("t", Map.of("l1", "a", "l2", "b"))));

        assertThat(ClosedFormCheck.of(plan, 30).tasks().get(0).frames()).isEqualTo(10);
        assertThat(ClosedFormCheck.of(plan, 1).tasks().get(0).frames()).isEqualTo(2);
    }

    /** A frame of the ring takes 3 s, but one enters every 2.01 s. */
    @Test
    void check_framesThatPileUp_goOnToDoSoAfterTheSimulatedOnes() {
        Task task = chain("t", 10_000, "a").withDeadline(Deadline.onResponse(2000));
        Scenario scenario = scenario(List.of(Link.of("*", "*", 1, 0)), task).withTransfers(TransferMode.BLOCKING);

        ClosedFormCheck.TaskTimes times = check(scenario, "b", "c").tasks().get(0);

        assertThat(times.frames()).isEqualTo(1000);
        assertThat(times.worstResponseSeconds()).isLessThan(1000);
        assertThat(times.missedDeadline().orElseThrow().amount()).isBetween(3.7, 4.0);
    }
}
