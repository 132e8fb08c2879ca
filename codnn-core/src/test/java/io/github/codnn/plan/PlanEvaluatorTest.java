package io.github.codnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testing.PlanningArbitraries;
import io.github.codnn.testing.PlanningArbitraries.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PlanEvaluatorTest {

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.oneOf(List.of(
                PlanningArbitraries.cases(PlanningArbitraries.scenarios()),
                PlanningArbitraries.stageCases(PlanningArbitraries.scenarios()),
                PlanningArbitraries.cases(PlanningArbitraries.sparseScenarios())));
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return PlanningArbitraries.scenarios();
    }

    private static Offset<Double> rounding(double value) {
        return within(1e-9 * Math.max(1e-6, Math.abs(value)));
    }

    private static MetricsSnapshot evaluate(Scenario scenario, Placement placement) {
        return PlanEvaluator.of(scenario).evaluate(placement);
    }

    @Property(tries = 1000, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void evaluate_anyCase_agreesWithTheDefinitions(@ForAll("cases") Case sample) {
        NaiveEvaluator naive = new NaiveEvaluator(sample.scenario(), sample.placement());

        MetricsSnapshot metrics = evaluate(sample.scenario(), sample.placement());

        Statistics.label("feasible").collect(metrics.feasible());
        for (int index = 0; index < metrics.taskCount(); index++) {
            Task task = sample.scenario().workload().tasks().get(index);
            double makespan = naive.makespan(task);
            assertThat(metrics.periodSeconds(index)).isCloseTo(naive.period(task.name()), rounding(makespan));
            assertThat(metrics.responseSeconds(index)).isCloseTo(naive.response(task.name()), rounding(makespan));
            assertThat(metrics.makespanSeconds(index)).isCloseTo(makespan, rounding(makespan));
            assertThat(metrics.meanSeconds(index)).isCloseTo(makespan / task.frames(), rounding(makespan));
        }
        double watts = 100;
        Offset<Double> joules = rounding(naive.makespan() * watts);
        assertThat(metrics.makespanSeconds()).isCloseTo(naive.makespan(), rounding(naive.makespan()));
        assertThat(metrics.computeJoules()).isCloseTo(naive.computeJoules(), joules);
        assertThat(metrics.idleJoules()).isCloseTo(naive.idleJoules(), joules);
        assertThat(metrics.transferJoules()).isCloseTo(naive.transferJoules(), rounding(naive.transferJoules()));
        assertThat(metrics.switchOnJoules()).isCloseTo(naive.switchOnJoules(), rounding(naive.switchOnJoules()));
        assertThat(metrics.energyJoules())
                .isEqualTo(metrics.computeJoules()
                        + metrics.idleJoules()
                        + metrics.transferJoules()
                        + metrics.switchOnJoules());
        assertThat(metrics.price()).isCloseTo(naive.price(), rounding(naive.price()));
        assertThat(metrics.violation()).isCloseTo(naive.violation(), rounding(1 + naive.violation()));
        assertThat(metrics.feasible()).isEqualTo(naive.violation() == 0);
    }

    @Property(tries = 300, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void snapshot_violations_sumUpToTheViolation(@ForAll("cases") Case sample) {
        MetricsSnapshot metrics = evaluate(sample.scenario(), sample.placement());

        double sum =
                metrics.violations().stream().mapToDouble(Violation::amount).sum();

        assertThat(sum).isCloseTo(metrics.violation(), rounding(1 + sum));
        assertThat(metrics.violations()).allSatisfy(violation -> {
            assertThat(violation.amount()).isPositive();
            assertThat(violation.message()).isNotBlank().doesNotContain("\n");
        });
    }

    @Property(tries = 300, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void totals_anyCase_areThoseOfTheirDefinition(@ForAll("cases") Case sample) {
        MetricsSnapshot metrics = evaluate(sample.scenario(), sample.placement());

        double throughput = 0;
        double makespans = 0;
        double frames = 0;
        for (int task = 0; task < metrics.taskCount(); task++) {
            assertThat(metrics.periodSeconds()).isGreaterThanOrEqualTo(metrics.periodSeconds(task));
            assertThat(metrics.responseSeconds()).isGreaterThanOrEqualTo(metrics.responseSeconds(task));
            assertThat(metrics.tasks().get(task).throughputPerSecond()).isEqualTo(1 / metrics.periodSeconds(task));
            throughput += 1 / metrics.periodSeconds(task);
            makespans += metrics.makespanSeconds(task);
            frames += sample.scenario().workload().tasks().get(task).frames();
        }
        assertThat(metrics.throughputPerSecond()).isEqualTo(throughput);
        assertThat(metrics.meanSeconds()).isCloseTo(makespans / frames, rounding(makespans));
        assertThat(metrics.devicesUsed()).isEqualTo((int) sample.placement().deviceByLayer().values().stream()
                .flatMap(devices -> devices.values().stream())
                .distinct()
                .count());
    }

    /** What one evaluation leaves behind must not reach the next. */
    @Property(tries = 200, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void evaluation_usedAgain_givesWhatANewOneGives(
            @ForAll("scenarios") Scenario scenario,
            @ForAll @Size(min = 2, max = 5) List<@Size(27) List<@IntRange(max = 11) Integer>> choices) {
        PlanEvaluator evaluator = PlanEvaluator.of(scenario);
        Evaluation reused = evaluator.newEvaluation();
        for (List<Integer> choice : choices) {
            int[] placement = new int[evaluator.compiled().layerCount()];
            for (int layer = 0; layer < placement.length; layer++) {
                placement[layer] = choice.get(layer) % evaluator.compiled().deviceCount();
            }
            reused.evaluate(placement);
            Evaluation fresh = evaluator.newEvaluation();
            fresh.evaluate(placement);

            assertThat(reused.snapshot()).isEqualTo(fresh.snapshot());
            assertThat(evaluator.evaluate(evaluator.decode(placement))).isEqualTo(fresh.snapshot());
            assertThat(evaluator.encode(evaluator.decode(placement))).isEqualTo(placement);
        }
    }

    @Property(tries = 300, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void renaming_everything_changesNoFigure(@ForAll("cases") Case sample) {
        Case renamed = renamed(sample);

        MetricsSnapshot before = evaluate(sample.scenario(), sample.placement());
        MetricsSnapshot after = evaluate(renamed.scenario(), renamed.placement());

        assertThat(figures(after)).isEqualTo(figures(before));
    }

    private static List<Double> figures(MetricsSnapshot metrics) {
        List<Double> figures = new ArrayList<>(List.of(
                metrics.periodSeconds(),
                metrics.throughputPerSecond(),
                metrics.responseSeconds(),
                metrics.makespanSeconds(),
                metrics.meanSeconds(),
                metrics.computeJoules(),
                metrics.idleJoules(),
                metrics.transferJoules(),
                metrics.switchOnJoules(),
                metrics.price(),
                metrics.violation()));
        metrics.tasks()
                .forEach(task -> figures.addAll(List.of(
                        task.periodSeconds(), task.responseSeconds(), task.makespanSeconds(), task.meanSeconds())));
        return figures;
    }

    private static Case renamed(Case sample) {
        List<Task> tasks = new ArrayList<>();
        Map<String, Map<String, String>> placement = new LinkedHashMap<>();
        for (Task task : sample.scenario().workload().tasks()) {
            LayerGraph.Builder builder = LayerGraph.builder(rename(task.graph().name()));
            task.graph().inputs().forEach(input -> builder.input(rename(input)));
            Map<String, String> places = new LinkedHashMap<>();
            for (Layer layer : task.graph().layers()) {
                builder.add(Layer.of(
                                rename(layer.name()),
                                layer.operator(),
                                layer.inputs().stream()
                                        .map(PlanEvaluatorTest::rename)
                                        .toList(),
                                layer.outputs().stream()
                                        .map(PlanEvaluatorTest::rename)
                                        .toList())
                        .withParameters(layer.parameters(), layer.parameterBytes()));
                places.put(
                        rename(layer.name()),
                        rename(sample.placement().of(task.name()).get(layer.name())));
            }
            task.graph().outputs().forEach(output -> builder.output(rename(output.name())));
            placement.put(rename(task.name()), places);
            tasks.add(new Task(
                    rename(task.name()),
                    builder.build(),
                    task.source().map(PlanEvaluatorTest::rename),
                    task.sink().map(PlanEvaluatorTest::rename),
                    task.frames(),
                    task.deadline(),
                    rename(task.pinned(), true),
                    rename(task.colocated(), false)));
        }
        Platform platform = sample.scenario().platform();
        Platform renamedPlatform = new Platform(
                platform.devices().stream().map(PlanEvaluatorTest::rename).toList(),
                platform.links().stream().map(PlanEvaluatorTest::rename).toList());
        CostModel costs = (layer, device) -> sample.scenario()
                .costModel()
                .compute(
                        Layer.of(layer.name().substring(2), layer.operator(), List.of(), List.of()),
                        platform.devices().get(platform.indexOf(device.name().substring(2))));
        Scenario scenario = new Scenario(
                "renamed",
                new Workload(tasks),
                renamedPlatform,
                costs,
                sample.scenario().rules());
        return new Case(scenario, new Placement(placement));
    }

    private static String rename(String name) {
        return "z-" + name;
    }

    private static Tensor rename(Tensor tensor) {
        return new Tensor(rename(tensor.name()), tensor.shape(), tensor.type());
    }

    private static Map<String, String> rename(Map<String, String> map, boolean valuesToo) {
        Map<String, String> renamed = new LinkedHashMap<>();
        map.forEach((key, value) -> renamed.put(rename(key), valuesToo ? rename(value) : value));
        return renamed;
    }

    private static Device rename(Device device) {
        return new Device(
                rename(device.name()),
                device.kind(),
                device.tier(),
                device.memoryBytes(),
                device.activeWatts(),
                device.idleWatts(),
                device.pricePerSecond(),
                device.switchOnJoules());
    }

    /**
     * 10 frames of 1 s on a device of 3 W, of three devices that idle at 1, 2 and 4 W and switch on with 5, 7 and 11 J.
     */
    @Test
    void energy_switchOnAndIdlePolicy_byHand() {
        Tensor input = Tensor.ofBytes("x", 100);
        Tensor output = Tensor.ofBytes("y", 0);
        LayerGraph graph = LayerGraph.builder("one")
                .input(input)
                .add(Layer.of("l", new Operator.Other("Measured"), List.of(input), List.of(output)))
                .build();
        Task task = Task.of("t", graph, "camera").withFrames(10);
        Platform platform = new Platform(
                List.of(
                        Device.of("camera", "k").withWatts(3, 1).withSwitchOnJoules(5),
                        Device.of("server", "k").withWatts(3, 2).withSwitchOnJoules(7),
                        Device.of("spare", "k").withWatts(3, 4).withSwitchOnJoules(11)),
                List.of(Link.of("*", "*", 200, 0)));
        Scenario scenario =
                Scenario.of("byHand", Workload.of(task), platform, TableCostModel.of(Map.of("l", Map.of("k", 1.0))));
        Placement away = Placement.allOn(scenario.workload(), "server");
        Placement atHome = Placement.allOn(scenario.workload(), "camera");

        MetricsSnapshot participating = evaluate(scenario, away); // 0.5 s to send, then 1 s a frame
        MetricsSnapshot all = evaluate(scenario.withIdle(IdlePolicy.ALL), away);

        assertThat(participating.makespanSeconds()).isEqualTo(10.5);
        assertThat(participating.switchOnJoules()).isEqualTo(5 + 7);
        assertThat(participating.idleJoules()).isEqualTo(1 * 10.5 + 2 * 0.5);
        assertThat(participating.energyJoules()).isEqualTo(30 + 12 + 11.5);
        assertThat(all.switchOnJoules()).isEqualTo(5 + 7);
        assertThat(all.idleJoules()).isEqualTo(1 * 10.5 + 2 * 0.5 + 4 * 10.5);
        assertThat(evaluate(scenario, atHome).switchOnJoules()).isEqualTo(5);
        assertThat(evaluate(scenario, atHome).idleJoules()).isZero();
        assertThat(evaluate(scenario.withIdle(IdlePolicy.ALL), atHome).idleJoules())
                .isEqualTo((2 + 4) * 10.0);
    }

    private static Link rename(Link link) {
        return new Link(
                rename(link.from()),
                rename(link.to()),
                link.bytesPerSecond(),
                link.latencySeconds(),
                link.transmit(),
                link.receive());
    }

    /** Orders are fixed beforehand, so that the anomalies of list scheduling cannot occur. */
    @Property(tries = 300, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void fasterDevice_anyCase_neverMakesFramesSlower(
            @ForAll("cases") Case sample, @ForAll @IntRange(max = 3) int which) {
        List<Device> devices = sample.scenario().platform().devices();
        String quick = devices.get(which % devices.size()).name();
        CostModel costs = sample.scenario().costModel();
        CostModel faster = (layer, device) -> {
            Cost cost = costs.compute(layer, device);
            return device.name().equals(quick) ? new Cost(cost.seconds() * 0.75, cost.joules()) : cost;
        };
        Scenario changed = new Scenario(
                "faster",
                sample.scenario().workload(),
                sample.scenario().platform(),
                faster,
                sample.scenario().rules());

        assertNotSlower(evaluate(changed, sample.placement()), evaluate(sample.scenario(), sample.placement()));
    }

    @Property(tries = 300, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void fasterLink_anyCase_neverMakesFramesSlower(
            @ForAll("cases") Case sample, @ForAll @IntRange(max = 11) int which) {
        Platform platform = sample.scenario().platform();
        List<Link> links = new ArrayList<>(platform.links());
        if (!links.isEmpty()) {
            Link link = links.get(which % links.size());
            links.set(
                    which % links.size(),
                    new Link(
                            link.from(),
                            link.to(),
                            link.bytesPerSecond() * 2,
                            link.latencySeconds() / 2,
                            link.transmit(),
                            link.receive()));
        }
        Scenario changed = sample.scenario().withPlatform(new Platform(platform.devices(), links));

        assertNotSlower(evaluate(changed, sample.placement()), evaluate(sample.scenario(), sample.placement()));
    }

    private static void assertNotSlower(MetricsSnapshot changed, MetricsSnapshot original) {
        for (int task = 0; task < original.taskCount(); task++) {
            double slack = 1 + 1e-12;
            assertThat(changed.periodSeconds(task)).isLessThanOrEqualTo(original.periodSeconds(task) * slack);
            assertThat(changed.responseSeconds(task)).isLessThanOrEqualTo(original.responseSeconds(task) * slack);
            assertThat(changed.makespanSeconds(task)).isLessThanOrEqualTo(original.makespanSeconds(task) * slack);
        }
    }

    @Property(tries = 300, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void blocking_anyCase_isNeverFasterThanOverlapping(@ForAll("cases") Case sample) {
        MetricsSnapshot overlapped =
                evaluate(sample.scenario().withTransfers(TransferMode.OVERLAPPED), sample.placement());
        MetricsSnapshot blocking = evaluate(sample.scenario().withTransfers(TransferMode.BLOCKING), sample.placement());

        assertNotSlower(overlapped, blocking);
        assertThat(blocking.transferJoules()).isEqualTo(overlapped.transferJoules());
        assertThat(blocking.price()).isEqualTo(overlapped.price());
    }

    /** Equations 1 and 2 of the CoDNN paper for k stages: T = sum of t + (n - 1) dt, TT = 1 / dt. */
    @Property(tries = 200, seed = "20261122")
    void chainOfStages_withoutTransfers_followsThePapersEquations(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 1000) Integer> milliseconds,
            @ForAll @IntRange(min = 1, max = 1000) int frames) {
        Scenario scenario = Table2.chain(
                milliseconds.stream().map(time -> List.of(time / 1000.0)).toList(),
                milliseconds.stream().map(any -> 0).toList(),
                frames);
        Scenario distinct = Table2.onDevices(scenario, milliseconds.size());
        Map<String, String> stages = new LinkedHashMap<>();
        for (int layer = 0; layer < milliseconds.size(); layer++) {
            stages.put("l" + (layer + 1), "d" + layer);
        }

        MetricsSnapshot metrics = evaluate(distinct, new Placement(Map.of("dnn", stages)));

        double sum = milliseconds.stream().mapToInt(Integer::intValue).sum() / 1000.0;
        double slowest = milliseconds.stream().mapToInt(Integer::intValue).max().orElseThrow() / 1000.0;
        assertThat(metrics.makespanSeconds()).isCloseTo(sum + (frames - 1) * slowest, rounding(1000));
        assertThat(metrics.throughputPerSecond()).isCloseTo(1 / slowest, rounding(1 / slowest));
    }

    /** Table 2 of the CoDNN paper: five layers on three resources, which take 8, 6 and 2.8 s for all of them. */
    @Test
    void paperTable2_wholeNetworkOnOneResource_takesThePrintedSums() {
        Scenario scenario = Table2.scenario(1);

        assertThat(evaluate(scenario, Placement.allOn(scenario.workload(), "A")).responseSeconds())
                .isEqualTo(8);
        assertThat(evaluate(scenario, Placement.allOn(scenario.workload(), "B")).responseSeconds())
                .isEqualTo(6);
        assertThat(evaluate(scenario, Placement.allOn(scenario.workload(), "C")).responseSeconds())
                .isCloseTo(2.8, within(1e-15));
    }

    /** The first two layers on B (2.625 s) and the others on C (1.575 s), transfers aside. */
    @Test
    void paperTable2_pipelineOverTwoResources_hasThePeriodOfTheSlowerStage() {
        Scenario scenario = Table2.scenario(100);
        Placement placement =
                new Placement(Map.of("dnn", Map.of("l1", "B", "l2", "B", "l3", "C", "l4", "C", "l5", "C")));

        MetricsSnapshot metrics = evaluate(scenario, placement);

        assertThat(metrics.periodSeconds()).isEqualTo(2.625);
        assertThat(metrics.responseSeconds()).isCloseTo(4.2, within(1e-12));
        assertThat(metrics.makespanSeconds()).isCloseTo(4.2 + 99 * 2.625, within(1e-9));
        assertThat(metrics.meanSeconds()).isCloseTo(2.64075, within(1e-9));
        assertThat(metrics.throughputPerSecond()).isEqualTo(1 / 2.625);
    }

    @Test
    void plan_chain_listsTheRunsAsStages() {
        Scenario scenario = Table2.scenario(1).withStagesPerDevice(StagesPerDevice.ANY);
        Placement placement =
                new Placement(Map.of("dnn", Map.of("l1", "A", "l2", "B", "l3", "B", "l4", "A", "l5", "A")));

        Plan plan = PlanEvaluator.of(scenario).plan(placement);

        assertThat(plan.stages())
                .containsExactly(
                        new Stage("dnn", "A", List.of("l1"), 1),
                        new Stage("dnn", "B", List.of("l2", "l3"), 3),
                        new Stage("dnn", "A", List.of("l4", "l5"), 3));
        assertThat(plan.run()).isEmpty();
        assertThat(plan.metrics().feasible()).isTrue();
    }

    @Test
    void evaluate_placementThatDoesNotFit_isRefused() {
        Scenario scenario = Table2.scenario(1);
        PlanEvaluator evaluator = PlanEvaluator.of(scenario);
        Map<String, String> whole =
                new LinkedHashMap<>(Placement.allOn(scenario.workload(), "A").of("dnn"));

        assertThatThrownBy(() -> evaluator.evaluate(new Placement(Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The placement has no task 'dnn'. It has []");
        assertThatThrownBy(() -> evaluator.evaluate(new Placement(Map.of("dnn", Map.of("l1", "A")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no device for layer 'l2' of task 'dnn'");
        whole.put("l9", "A");
        assertThatThrownBy(() -> evaluator.evaluate(new Placement(Map.of("dnn", whole))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no layer 'l9'");
        whole.remove("l9");
        whole.put("l1", "D");
        assertThatThrownBy(() -> evaluator.evaluate(new Placement(Map.of("dnn", whole))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no device 'D'");
    }

    @Test
    void of_noLinkWhereFramesMustGo_breaksAllPlans() {
        Scenario scenario = Table2.scenario(1);
        Task task = scenario.workload().tasks().get(0);
        Scenario apart = scenario.withPlatform(new Platform(
                        scenario.platform().devices(), List.of(Link.of("A", "B", 1, 0), Link.of("C", "B", 1, 0))))
                .withWorkload(Workload.of(new Task(
                        "dnn",
                        task.graph(),
                        Optional.of("A"),
                        Optional.of("C"),
                        1,
                        Optional.empty(),
                        Map.of(),
                        Map.of())));

        Map<String, String> all = new LinkedHashMap<>();
        task.graph().layers().forEach(layer -> all.put(layer.name(), "A"));

        MetricsSnapshot metrics =
                PlanEvaluator.of(apart).plan(new Placement(Map.of("dnn", all))).metrics();

        assertThat(metrics.violations())
                .singleElement()
                .extracting(Violation::message)
                .isEqualTo("Task 'dnn' must send from 'A' to 'C', but no link leads there");
    }
}
