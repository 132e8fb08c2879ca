package io.github.codnn.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testing.PlanningArbitraries;
import io.github.codnn.testing.PlanningArbitraries.Case;
import io.github.codnn.testing.SharedMedia;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PipelineSimulatorTest {

    @Provide
    Arbitrary<Case> oneTask() {
        return withMedia(Arbitraries.oneOf(List.of(
                PlanningArbitraries.cases(PlanningArbitraries.oneTaskScenarios()),
                PlanningArbitraries.stageCases(PlanningArbitraries.oneChainScenarios()))));
    }

    /** The same cases, half of them with links that share media. */
    private static Arbitrary<Case> withMedia(Arbitrary<Case> cases) {
        return Combinators.combine(cases, Arbitraries.integers()).as((sample, seed) -> {
            boolean shared = seed % 2 == 0;
            return shared ? new Case(SharedMedia.spread(sample.scenario(), seed), sample.placement()) : sample;
        });
    }

    @Provide
    Arbitrary<Case> chainsInStages() {
        return withMedia(PlanningArbitraries.stageCases(PlanningArbitraries.oneChainScenarios()));
    }

    @Provide
    Arbitrary<Case> sharedDevices() {
        Arbitrary<Scenario> scenarios = PlanningArbitraries.scenarios();
        return withMedia(Arbitraries.oneOf(
                List.of(PlanningArbitraries.cases(scenarios), PlanningArbitraries.stageCases(scenarios))));
    }

    private static Offset<Double> rounding(double value) {
        return within(1e-9 * Math.max(1e-6, Math.abs(value)));
    }

    @Property(tries = 1000, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void singleFrame_anyNetworkAndPlacement_respondsInClosedForm(@ForAll("oneTask") Case sample) {
        MetricsSnapshot closed = PlanEvaluator.of(sample.scenario()).evaluate(sample.placement());
        Scenario single = withFrames(sample.scenario(), 1);

        Simulation.TaskRun run = PipelineSimulator.of(single)
                .simulate(sample.placement())
                .tasks()
                .get(0);

        assertThat(run.lastCompletionSeconds()).isCloseTo(closed.responseSeconds(), rounding(closed.responseSeconds()));
        assertThat(run.firstResponseSeconds()).isEqualTo(run.lastCompletionSeconds());
        assertThat(run.periodSeconds()).isEmpty();
    }

    @Property(tries = 1000, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void manyFrames_oneTask_takeTheClosedFormOrLonger(@ForAll("oneTask") Case sample) {
        MetricsSnapshot closed = PlanEvaluator.of(sample.scenario()).evaluate(sample.placement());

        Simulation simulation = PipelineSimulator.of(sample.scenario()).simulate(sample.placement());

        boolean fits = Spans.fit(sample, closed.periodSeconds());
        Statistics.label("frames can meet").collect(!fits);
        if (fits) {
            assertEqualToClosedForm(simulation, closed, sample.scenario());
        } else {
            assertThat(simulation.makespanSeconds()).isGreaterThanOrEqualTo(closed.makespanSeconds() * (1 - 1e-9));
        }
    }

    @Property(tries = 1000, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void manyFrames_chainWithOneVisitPerResource_takeTheClosedForm(@ForAll("chainsInStages") Case sample) {
        boolean once = Spans.visitEachOnce(sample);
        Statistics.label("comes to each resource once").collect(once);
        if (once) {
            MetricsSnapshot closed = PlanEvaluator.of(sample.scenario()).evaluate(sample.placement());
            assertThat(Spans.fit(sample, closed.periodSeconds())).isTrue();
            assertEqualToClosedForm(
                    PipelineSimulator.of(sample.scenario()).simulate(sample.placement()), closed, sample.scenario());
        }
    }

    private static void assertEqualToClosedForm(Simulation simulation, MetricsSnapshot closed, Scenario scenario) {
        Simulation.TaskRun run = simulation.tasks().get(0);
        assertThat(simulation.makespanSeconds())
                .isCloseTo(closed.makespanSeconds(), rounding(closed.makespanSeconds()));
        assertThat(run.worstResponseSeconds()).isCloseTo(closed.responseSeconds(), rounding(closed.makespanSeconds()));
        if (run.frames() > 1) {
            assertThat(run.periodSeconds().orElseThrow())
                    .isCloseTo(closed.periodSeconds(), rounding(closed.periodSeconds()));
        }
        assertThat(simulation.computeJoules()).isCloseTo(closed.computeJoules(), rounding(closed.computeJoules()));
        assertThat(simulation.transferJoules()).isCloseTo(closed.transferJoules(), rounding(closed.transferJoules()));
        assertThat(simulation.switchOnJoules()).isCloseTo(closed.switchOnJoules(), rounding(closed.switchOnJoules()));
        assertThat(simulation.energyJoules()).isCloseTo(closed.energyJoules(), rounding(closed.energyJoules()));
        assertThat(simulation.idleJoules())
                .isCloseTo(closed.idleJoules(), rounding(closed.idleJoules() + closed.makespanSeconds()));
        double greatest = simulation.resources().stream()
                .mapToDouble(Simulation.ResourceUse::busySeconds)
                .max()
                .orElseThrow();
        double frames = scenario.workload().tasks().get(0).frames();
        assertThat(greatest).isCloseTo(closed.periodSeconds() * frames, rounding(closed.makespanSeconds()));
    }

    /** The bounds that the Javadoc of the simulator derives. */
    @Tag("slow")
    @Property(tries = 1000, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void sharedDevices_everyTask_staysWithinTheDerivedTolerance(@ForAll("sharedDevices") Case sample) {
        MetricsSnapshot closed = PlanEvaluator.of(sample.scenario()).evaluate(sample.placement());

        Simulation simulation = PipelineSimulator.of(sample.scenario()).simulate(sample.placement());

        double work = 0;
        double lastEntry = 0;
        for (int task = 0; task < closed.taskCount(); task++) {
            Simulation.TaskRun run = simulation.tasks().get(task);
            assertThat(run.interArrivalSeconds())
                    .isCloseTo(closed.periodSeconds(task), rounding(run.interArrivalSeconds()));
            double makespan = closed.makespanSeconds(task);
            assertThat(run.lastCompletionSeconds()).isGreaterThanOrEqualTo(makespan * (1 - 1e-9));
            boolean bounded = sample.scenario().rules().transfers() == TransferMode.OVERLAPPED
                    && sample.scenario().workload().tasks().get(task).graph().isChain()
                    && !sample.scenario().workload().tasks().get(task).graph().hasBypass()
                    && Spans.visitEachOnce(sample, task);
            Statistics.label("bounded").collect(bounded);
            if (bounded) {
                double tolerance = Spans.loadOfOthers(sample, task);
                assertThat(run.lastCompletionSeconds()).isLessThanOrEqualTo((makespan + tolerance) * (1 + 1e-9));
                assertThat(run.worstResponseSeconds())
                        .isLessThanOrEqualTo(closed.responseSeconds(task) + tolerance + 1e-9 * makespan + 1e-12);
            }
            lastEntry = Math.max(lastEntry, (run.frames() - 1) * run.interArrivalSeconds());
            work += run.frames() * Spans.work(sample, task);
        }
        assertThat(simulation.makespanSeconds()).isLessThanOrEqualTo((lastEntry + work) * (1 + 1e-9));
    }

    /**
     * What the simulation saw device by device adds up to its energies, and these are the closed form's: computing and
     * transfers the same, waiting the same but for the time by which frames that wait for each other finish later.
     */
    @Property(tries = 200, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void energy_sharedDevices_balancesWithTheClosedForm(@ForAll("sharedDevices") Case sample) {
        MetricsSnapshot closed = PlanEvaluator.of(sample.scenario()).evaluate(sample.placement());
        Scenario overlapped = sample.scenario().withTransfers(TransferMode.OVERLAPPED);
        Simulation simulation = PipelineSimulator.of(overlapped).simulate(sample.placement());
        double makespan =
                PlanEvaluator.of(overlapped).evaluate(sample.placement()).makespanSeconds();

        double idle = 0;
        double idleOfClosedForm = 0;
        double switchOn = 0;
        for (Device device : overlapped.platform().devices()) {
            OptionalDouble busy = simulation.resources().stream()
                    .filter(use -> use.resource().equals(device.name()))
                    .mapToDouble(Simulation.ResourceUse::busySeconds)
                    .findFirst();
            switchOn += busy.isPresent() ? device.switchOnJoules() : 0;
            if (busy.isPresent() || overlapped.rules().idle() == IdlePolicy.ALL) {
                double seconds = busy.orElse(0);
                idle += device.idleWatts() * Math.max(0, simulation.makespanSeconds() - seconds);
                idleOfClosedForm += device.idleWatts() * Math.max(0, makespan - seconds);
            }
        }
        double joules = simulation.energyJoules();
        assertThat(simulation.computeJoules()).isCloseTo(closed.computeJoules(), rounding(joules));
        assertThat(simulation.transferJoules()).isCloseTo(closed.transferJoules(), rounding(joules));
        assertThat(simulation.idleJoules()).isCloseTo(idle, rounding(joules));
        assertThat(simulation.switchOnJoules()).isCloseTo(switchOn, rounding(joules));
        assertThat(closed.switchOnJoules()).isCloseTo(switchOn, rounding(joules));
        assertThat(PlanEvaluator.of(overlapped).evaluate(sample.placement()).idleJoules())
                .isCloseTo(idleOfClosedForm, rounding(joules));
        assertThat(simulation.idleJoules()).isGreaterThanOrEqualTo(idleOfClosedForm - 1e-9 * Math.max(1e-6, joules));
    }

    /** Frames every second on a stage of 2 s: they respond after 2, 3, 4, 5 and 6 s. */
    @Test
    void deadlineAchievement_arrivalsTooFast_countsFramesInTime() {
        Scenario scenario = chain(List.of(2.0), 5);
        Task task = scenario.workload().tasks().get(0);
        Placement placement = placement(scenario, "a");
        Scenario onResponse = scenario.withWorkload(Workload.of(task.withDeadline(Deadline.onResponse(4))));
        Scenario onMean = scenario.withWorkload(Workload.of(task.withDeadline(Deadline.onMean(1.9))));

        assertThat(achievement(scenario, placement)).isEqualTo(1);
        assertThat(achievement(onResponse, placement)).isEqualTo(0.6);
        assertThat(achievement(onMean, placement)).isEqualTo(0);
        assertThat(achievement(scenario.withWorkload(Workload.of(task.withDeadline(Deadline.onMean(2)))), placement))
                .isEqualTo(1);
        assertThat(PlanEvaluator.of(onMean).evaluate(placement).deadlineAchievementRate())
                .isEqualTo(0);
        assertThat(PlanEvaluator.of(onResponse).evaluate(placement).deadlineAchievementRate())
                .isEqualTo(1);
    }

    private static double achievement(Scenario scenario, Placement placement) {
        return PipelineSimulator.of(scenario)
                .withInterArrivalSeconds("t", 1)
                .simulate(placement)
                .tasks()
                .get(0)
                .deadlineAchievementRate();
    }

    @Property(tries = 200, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
    void backlogged_oneTask_isNeverFasterThanItsBusiestResource(@ForAll("oneTask") Case sample) {
        MetricsSnapshot closed = PlanEvaluator.of(sample.scenario()).evaluate(sample.placement());

        Simulation simulation =
                PipelineSimulator.of(sample.scenario()).backlogged().simulate(sample.placement());

        long frames = sample.scenario().workload().tasks().get(0).frames();
        assertThat(simulation.makespanSeconds())
                .isGreaterThanOrEqualTo(frames * closed.periodSeconds() * (1 - 1e-9))
                .isGreaterThanOrEqualTo(closed.responseSeconds() * (1 - 1e-9));
        assertThat(simulation.resources())
                .allSatisfy(use -> assertThat(use.utilization()).isBetween(0.0, 1 + 1e-9));
    }

    /** Two stages of 1 s and 2 s with a transfer of 0.5 s between them. */
    @Test
    void twoStages_threeFrames_byHand() {
        Scenario scenario = chain(List.of(1.0, 2.0), 3);
        Placement placement = placement(scenario, "a", "b");

        Simulation simulation = PipelineSimulator.of(scenario).simulate(placement);

        assertThat(simulation.tasks().get(0))
                .isEqualTo(new Simulation.TaskRun("t", 3, 2, 3.5, 3.5, 0, 7.5, OptionalDouble.of(2), 1));
        assertThat(simulation.resources())
                .containsExactly(
                        new Simulation.ResourceUse("a", 3, 3 / 7.5),
                        new Simulation.ResourceUse("b", 6, 6 / 7.5),
                        new Simulation.ResourceUse("a -> b", 1.5, 1.5 / 7.5));
        assertThat(simulation.computeJoules()).isEqualTo(3 * (1 * 4 + 2 * 4));
        assertThat(simulation.idleJoules()).isEqualTo((7.5 - 3) + (7.5 - 6));
    }

    @Test
    void backlogged_twoStages_queueBeforeTheSlowOne() {
        Scenario scenario = chain(List.of(1.0, 2.0), 4);

        Simulation.TaskRun run = PipelineSimulator.of(scenario)
                .backlogged()
                .simulate(placement(scenario, "a", "b"))
                .tasks()
                .get(0);

        assertThat(run.firstResponseSeconds()).isEqualTo(3.5);
        assertThat(run.lastCompletionSeconds()).isEqualTo(1 + 0.5 + 4 * 2);
        assertThat(run.worstResponseSeconds()).isEqualTo(9.5);
        assertThat(run.periodSeconds()).hasValue(2);
    }

    @Test
    void withInterArrival_slowerThanThePeriod_setsThePace() {
        Scenario scenario = chain(List.of(1.0, 2.0), 5);

        Simulation.TaskRun run = PipelineSimulator.of(scenario)
                .withInterArrivalSeconds("t", 3)
                .simulate(placement(scenario, "a", "b"))
                .tasks()
                .get(0);

        assertThat(run.periodSeconds()).hasValue(3);
        assertThat(run.lastCompletionSeconds()).isEqualTo(4 * 3 + 3.5);
        assertThatThrownBy(() -> PipelineSimulator.of(scenario).withInterArrivalSeconds("x", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no task 'x'");
        assertThatThrownBy(() -> PipelineSimulator.of(scenario).withInterArrivalSeconds("t", Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * Frames come back to A, which is never idle: frame 0 is there again from 3.25 s to 4.25 s, so that frame 2 starts
     * a quarter of a second late, which makes frame 4 half a second late, and so on up to a second for frame 8.
     */
    @Test
    void returningFrames_waitForEachOther() {
        Scenario scenario = chain(List.of(1.0, 1.25, 1.0), 9).withStagesPerDevice(StagesPerDevice.ANY);
        Placement placement = placement(scenario, "a", "b", "a");
        MetricsSnapshot closed = PlanEvaluator.of(scenario).evaluate(placement);

        Simulation.TaskRun run =
                PipelineSimulator.of(scenario).simulate(placement).tasks().get(0);

        assertThat(closed.makespanSeconds()).isEqualTo(4.25 + 8 * 2);
        assertThat(run.lastCompletionSeconds()).isEqualTo(4.25 + 8 * 2 + 1);
    }

    /** Three devices that send to each other in turn: each has two transfers to do, but only one can be under way. */
    @Test
    void blocking_transfersInARing_cannotReachThePeriodOfTheClosedForm() {
        Tensor first = Tensor.ofBytes("x", 1);
        Tensor second = Tensor.ofBytes("y", 1);
        Tensor third = Tensor.ofBytes("z", 1);
        Operator operator = new Operator.Other("Measured");
        LayerGraph graph = LayerGraph.builder("ring")
                .add(Layer.of("l1", operator, List.of(), List.of(first, third)))
                .add(Layer.of("l2", operator, List.of(first), List.of(second)))
                .add(Layer.of("l3", operator, List.of(second, third), List.of()))
                .build();
        Scenario scenario = Scenario.of(
                        "ring",
                        Workload.of(Task.of("t", graph).withFrames(100)),
                        new Platform(
                                List.of(Device.of("a", "k"), Device.of("b", "k"), Device.of("c", "k")),
                                List.of(Link.of("*", "*", 1, 0))),
                        (layer, device) -> Cost.ZERO)
                .withTransfers(TransferMode.BLOCKING);
        Placement placement = new Placement(Map.of("t", Map.of("l1", "a", "l2", "b", "l3", "c")));

        Simulation.TaskRun run =
                PipelineSimulator.of(scenario).simulate(placement).tasks().get(0);

        assertThat(run.interArrivalSeconds()).isEqualTo(2);
        assertThat(run.periodSeconds().orElseThrow()).isCloseTo(3, within(0.05));
    }

    @Test
    void sharedDevice_tasksTakeTurnsFrameByFrame() {
        LayerGraph graph = LayerGraph.builder("net")
                .add(Layer.of("l", new Operator.Other("Measured"), List.of(), List.of()))
                .build();
        Scenario scenario = Scenario.of(
                "shared",
                Workload.of(
                        Task.of("slow", graph).withFrames(10),
                        Task.of("quick", graph).withFrames(10)),
                new Platform(List.of(Device.of("a", "k")), List.of()),
                (layer, device) -> new Cost(1, 0));

        Simulation simulation =
                PipelineSimulator.of(scenario).backlogged().simulate(Placement.allOn(scenario.workload(), "a"));

        assertThat(simulation.tasks().get(0).lastCompletionSeconds()).isEqualTo(19);
        assertThat(simulation.tasks().get(1).lastCompletionSeconds()).isEqualTo(20);
        assertThat(simulation.tasks().get(0).periodSeconds()).hasValue(2);
    }

    @Test
    void simulate_missingLink_isNamed() {
        Scenario scenario = chain(List.of(1.0, 2.0), 3);
        Scenario cut =
                scenario.withPlatform(new Platform(scenario.platform().devices(), List.of(Link.of("b", "a", 1, 0))));

        assertThatThrownBy(() -> PipelineSimulator.of(cut).simulate(placement(scenario, "a", "b")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("must send tensor 'x0' from 'a' to 'b', but no link leads there");
        assertThatThrownBy(() -> PipelineSimulator.of(scenario).simulate(new Placement(Map.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Scenario withFrames(Scenario scenario, long frames) {
        List<Task> tasks = scenario.workload().tasks().stream()
                .map(task -> task.withFrames(frames))
                .toList();
        return scenario.withWorkload(new Workload(tasks));
    }

    private static Scenario chain(List<Double> seconds, long frames) {
        LayerGraph.Builder builder = LayerGraph.builder("net");
        List<Tensor> reads = List.of();
        for (int layer = 0; layer < seconds.size(); layer++) {
            List<Tensor> writes = layer == seconds.size() - 1 ? List.of() : List.of(Tensor.ofBytes("x" + layer, 1));
            builder.add(Layer.of("l" + layer, new Operator.Other("Measured"), reads, writes));
            reads = writes;
        }
        return Scenario.of(
                "chain",
                Workload.of(Task.of("t", builder.build()).withFrames(frames)),
                new Platform(
                        List.of(
                                Device.of("a", "k").withWatts(4, 1),
                                Device.of("b", "k").withWatts(4, 1)),
                        List.of(Link.of("*", "*", 2, 0))),
                (layer, device) -> {
                    double time = seconds.get(Integer.parseInt(layer.name().substring(1)));
                    return new Cost(time, time * device.activeWatts());
                });
    }

    private static Placement placement(Scenario scenario, String... devices) {
        Map<String, String> layers = new LinkedHashMap<>();
        List<Layer> all = scenario.workload().tasks().get(0).graph().layers();
        for (int layer = 0; layer < all.size(); layer++) {
            layers.put(all.get(layer).name(), devices[layer]);
        }
        return new Placement(Map.of("t", layers));
    }

    /** What a single frame does to each resource, told from its operations. */
    private static final class Spans {

        private Spans() {}

        private static List<FrameOperations.Operation> operations(Case sample, int task) {
            return FrameOperations.of(
                    sample.scenario(), sample.scenario().workload().tasks().get(task), sample.placement());
        }

        /** Tells whether every resource is done within the period after it began. */
        static boolean fit(Case sample, double period) {
            List<FrameOperations.Operation> operations = operations(sample, 0);
            double[] done = new double[operations.size()];
            Map<Integer, Double> begin = new HashMap<>();
            Map<Integer, Double> end = new HashMap<>();
            for (int index = 0; index < done.length; index++) {
                double start = 0;
                for (int before : operations.get(index).before()) {
                    start = Math.max(start, done[before]);
                }
                done[index] = start + operations.get(index).seconds();
                for (int resource : operations.get(index).resources()) {
                    begin.putIfAbsent(resource, start);
                    end.put(resource, done[index]);
                }
            }
            return begin.keySet().stream()
                    .allMatch(resource -> end.get(resource) - begin.get(resource) <= period * (1 + 1e-12));
        }

        static boolean visitEachOnce(Case sample) {
            return visitEachOnce(sample, 0);
        }

        /** Tells whether the operations of each resource follow each other without another resource between them. */
        static boolean visitEachOnce(Case sample, int task) {
            List<String> visits = new ArrayList<>();
            boolean blocking = sample.scenario().rules().transfers() == TransferMode.BLOCKING;
            Task owner = sample.scenario().workload().tasks().get(task);
            Map<String, String> deviceByLayer = sample.placement().of(owner.name());
            List<Layer> layers = owner.graph().layers();
            if (!owner.graph().inputs().isEmpty()) {
                owner.source().ifPresent(visits::add);
            }
            layers.forEach(layer -> visits.add(deviceByLayer.get(layer.name())));
            if (!owner.graph().outputs().isEmpty()) {
                owner.sink().ifPresent(visits::add);
            }
            List<String> stops = new ArrayList<>();
            for (String visit : visits) {
                if (stops.isEmpty() || !stops.get(stops.size() - 1).equals(visit)) {
                    stops.add(visit);
                }
            }
            List<String> hops = new ArrayList<>();
            for (int stop = 1; stop < stops.size(); stop++) {
                String hop = stops.get(stop - 1) + ">" + stops.get(stop);
                hops.add(sample.scenario()
                        .platform()
                        .sharedResource(stops.get(stop - 1), stops.get(stop))
                        .orElse(hop));
            }
            List<String> working = stops;
            if (!blocking) {
                working = new ArrayList<>();
                for (int layer = 0; layer < layers.size(); layer++) {
                    String device = deviceByLayer.get(layers.get(layer).name());
                    if (layer == 0
                            || !device.equals(
                                    deviceByLayer.get(layers.get(layer - 1).name()))) {
                        working.add(device);
                    }
                }
            }
            return hops.stream().distinct().count() == hops.size()
                    && working.stream().distinct().count() == working.size();
        }

        /** Returns the load of all other tasks on the resources of a task. */
        static double loadOfOthers(Case sample, int task) {
            Map<Integer, Double> own = new HashMap<>();
            operations(sample, task)
                    .forEach(operation -> own.merge(operation.resources().get(0), operation.seconds(), Double::sum));
            double others = 0;
            for (int other = 0; other < sample.scenario().workload().tasks().size(); other++) {
                for (FrameOperations.Operation operation : operations(sample, other)) {
                    if (other != task && own.containsKey(operation.resources().get(0))) {
                        others += operation.seconds();
                    }
                }
            }
            return others;
        }

        static double work(Case sample, int task) {
            return operations(sample, task).stream()
                    .mapToDouble(FrameOperations.Operation::seconds)
                    .sum();
        }
    }

    /** What is reported of each resource must not overlap, and add up to its busy time. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void simulate_withListener_reportsWhatKeepsEachResourceBusy(@ForAll("oneTask") Case sample) {
        List<Activity> activities = new ArrayList<>();
        Simulation simulation = PipelineSimulator.of(sample.scenario()).simulate(sample.placement(), activities::add);

        Map<String, Double> busy = new HashMap<>();
        Map<String, Double> end = new HashMap<>();
        for (Activity activity : activities) {
            for (String resource : activity.resources()) {
                assertThat(activity.startSeconds())
                        .isGreaterThanOrEqualTo(end.getOrDefault(resource, 0.0) * (1 - 1e-9));
                end.put(resource, activity.endSeconds());
                busy.merge(resource, activity.endSeconds() - activity.startSeconds(), Double::sum);
            }
        }
        for (Simulation.ResourceUse use : simulation.resources()) {
            if (busy.containsKey(use.resource())) {
                assertThat(busy.getOrDefault(use.resource(), 0.0))
                        .isCloseTo(use.busySeconds(), Offset.offset(1e-9 * simulation.makespanSeconds()));
            }
        }
        assertThat(activities.stream().mapToDouble(Activity::endSeconds).max().orElse(0))
                .isCloseTo(simulation.makespanSeconds(), Offset.offset(1e-9 * simulation.makespanSeconds()));
    }
}
