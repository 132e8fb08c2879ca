package io.github.codnn.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.baseline.LocalOnly;
import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.darknet.DarknetReader;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import io.github.codnn.simulate.ClosedFormCheck;
import io.github.codnn.simulate.PipelineSimulator;
import io.github.codnn.simulate.Simulation;
import io.github.codnn.zoo.ModelZoo;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What-if, bottlenecks and remedies, on the platform of the README. */
class WhatIfTest {

    private static final Platform PLATFORM = AdaptCases.PLATFORM;

    private static final Planner PLANNER = Planner.withDefaults()
            .withCollapser(ChainLinearizer.withDefaults())
            .withOptions(SearchOptions.withDefaults().withStopRule(StopRule.evaluations(20_000)));

    private static Scenario scenario(ModelZoo... networks) {
        List<Task> tasks = IntStream.range(0, networks.length)
                .mapToObj(index ->
                        Task.of("t" + index, networks[index].build(), "drone").withFrames(100))
                .toList();
        return Scenario.of("s", new Workload(tasks), PLATFORM, RooflineCostModel.withPresets());
    }

    private static Plan plan(Scenario scenario) {
        return PLANNER.plan(scenario, Objective.PERIOD).best().orElseThrow();
    }

    private static WhatIf whatIf(Plan plan, Scenario changed) {
        return WhatIf.of(plan, changed, PLANNER, Objective.PERIOD);
    }

    @Test
    void of_wifiAtAQuarter_figuresAreThoseOfPlanAndSimulation() {
        Scenario scenario = scenario(ModelZoo.GOOGLENET);
        Plan plan = plan(scenario);
        Platform slow = PLATFORM.withMediumRate("wifi", PLATFORM.media().get(0).bytesPerSecond() / 4);
        Scenario changed = scenario.withPlatform(slow);

        WhatIf answer = whatIf(plan, changed);
        Plan kept = answer.kept().orElseThrow();
        Plan next = answer.replanned().best().orElseThrow();
        assertThat(answer.promised()).isEqualTo(plan);
        assertThat(kept.metrics()).isEqualTo(PlanEvaluator.of(changed).evaluate(plan.placement()));
        assertThat(next.metrics()).isEqualTo(plan(changed).metrics());
        assertThat(kept.metrics().periodSeconds()).isGreaterThan(plan.metrics().periodSeconds());
        assertThat(next.metrics().periodSeconds()).isLessThan(kept.metrics().periodSeconds());
        assertThat(simulatedPeriod(next)).isCloseTo(next.metrics().periodSeconds(), within(1e-9));
        assertThat(answer.keptGap().orElseThrow())
                .isCloseTo(kept.metrics().periodSeconds() / answer.replanned().lowerBound() - 1, within(1e-9));
        assertThat(answer.moves()).isNotEmpty().allSatisfy(move -> {
            assertThat(plan.placement().of(move.task())).containsEntry(move.layer(), move.from());
            assertThat(next.placement().of(move.task())).containsEntry(move.layer(), move.to());
            assertThat(move.from()).isNotEqualTo(move.to());
        });
    }

    /** The quick planner finds what the full search does. */
    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void quickPlanner_wifiAtAQuarter_findsThePlanOfTheFullSearch() {
        Scenario scenario = scenario(ModelZoo.GOOGLENET);
        Plan plan =
                Planner.withDefaults().plan(scenario, Objective.PERIOD).best().orElseThrow();
        Scenario changed = scenario.withPlatform(AdaptCases.wifi(0.25));
        Planner quick = WhatIf.quickPlanner(plan, changed, SearchOptions.withDefaults());
        Plan next = WhatIf.of(plan, changed, quick, Objective.PERIOD)
                .replanned()
                .best()
                .orElseThrow();

        double full = Planner.withDefaults().plan(changed, Objective.PERIOD).value();
        assertThat(next.metrics().periodSeconds()).isCloseTo(full, within(1e-9));
        assertThat(simulatedPeriod(next)).isCloseTo(full, within(1e-9));
        assertThat(next.gap().orElseThrow()).isBetween(0.0, 0.05);
    }

    private static double simulatedPeriod(Plan plan) {
        return PipelineSimulator.of(plan.scenario())
                .simulate(plan.placement())
                .tasks()
                .get(0)
                .periodSeconds()
                .orElseThrow();
    }

    @Test
    void of_sameConditions_movesNothing() {
        Plan plan = plan(scenario(ModelZoo.ALEXNET));
        WhatIf answer = whatIf(plan, plan.scenario());

        assertThat(answer.moves()).isEmpty();
        assertThat(answer.replanned().best().orElseThrow().placement()).isEqualTo(plan.placement());
    }

    @Test
    void of_oldPlanThatTheSearchDoesNotFind_isKept() {
        Scenario scenario = scenario(ModelZoo.GOOGLENET);
        Plan plan = plan(scenario);
        Planner poor = PLANNER.withStrategy(
                        (problem, options) -> LocalOnly.withDefaults().search(problem, options))
                .withProof(false);

        SearchResult next = WhatIf.of(plan, scenario, poor, Objective.PERIOD).replanned();
        assertThat(next.best().orElseThrow().placement()).isEqualTo(plan.placement());
        assertThat(next.value()).isEqualTo(plan.metrics().periodSeconds());
        assertThat(next.lowerBound()).isLessThanOrEqualTo(next.value());
    }

    @Test
    void of_deviceGone_hasNoKeptPlanAndMovesItsLayers() {
        Plan plan = plan(scenario(ModelZoo.GOOGLENET));
        String used = plan.stages().get(1).device();
        WhatIf answer = whatIf(plan, plan.scenario().withPlatform(PLATFORM.without(used)));

        assertThat(answer.kept()).isEmpty();
        assertThat(answer.keptGap()).isEmpty();
        assertThat(answer.moves())
                .extracting(WhatIf.Move::layer)
                .containsAll(plan.stages().get(1).layers());
    }

    @Test
    void of_deadlineThatNobodyCanKeep_hasOnlyAClosestPlan() {
        Plan plan = plan(scenario(ModelZoo.ALEXNET));
        Task task = plan.scenario().workload().tasks().get(0);
        Scenario changed = plan.scenario()
                .withWorkload(Workload.of(task.withDeadline(new Deadline(Deadline.Measure.RESPONSE, 1e-6))));
        WhatIf answer = whatIf(plan, changed);

        assertThat(answer.kept().orElseThrow().metrics().feasible()).isFalse();
        assertThat(answer.replanned().best()).isEmpty();
        assertThat(answer.replanned().bestOrClosest()).isPresent();
    }

    /** Layers as in figure 3 of J. Redmon et al., You Only Look Once, CVPR 2016. */
    private static Scenario yolov1() {
        StringBuilder text = new StringBuilder("[net]\nbatch=1\nheight=448\nwidth=448\nchannels=3\n");
        String narrow = "256,1 512,3 ";
        String wide = "512,1 1024,3 ";
        String layers = "64,7,2 pool 192,3 pool 128,1 256,3 256,1 512,3 pool " + narrow.repeat(4) + "512,1 1024,3 pool "
                + wide.repeat(2) + "1024,3 1024,3,2 1024,3 1024,3";
        for (String layer : layers.split(" ", -1)) {
            String[] sizes = (layer + ",1").split(",", -1);
            text.append(
                    layer.equals("pool")
                            ? "[maxpool]\nsize=2\nstride=2\n"
                            : "[convolutional]\nfilters=%s\nsize=%s\nstride=%s\npad=1\nactivation=leaky\n"
                                    .formatted(sizes[0], sizes[1], sizes[2]));
        }
        text.append("[connected]\noutput=4096\nactivation=leaky\n[connected]\noutput=1470\nactivation=linear\n");
        LayerGraph graph =
                DarknetReader.withDefaults().read("yolov1", text.toString()).graph();
        Task task = Task.of("yolov1", graph, "drone").withFrames(100);
        return Scenario.of("s", Workload.of(task), PLATFORM, RooflineCostModel.withPresets());
    }

    private static Scenario eightTasks() {
        return scenario(
                ModelZoo.ALEXNET,
                ModelZoo.SQUEEZENET_1_1,
                ModelZoo.GOOGLENET,
                ModelZoo.DARKNET19,
                ModelZoo.RESNET18,
                ModelZoo.MOBILENET_V2,
                ModelZoo.VGG11,
                ModelZoo.SQUEEZENET_1_0);
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                scenario(ModelZoo.GOOGLENET),
                scenario(ModelZoo.DARKNET19),
                scenario(ModelZoo.ALEXNET, ModelZoo.SQUEEZENET_1_1),
                yolov1(),
                eightTasks(),
                scenario(ModelZoo.DARKNET19).withTransfers(TransferMode.BLOCKING));
    }

    /** The simulation has a beginning and an end, in which nothing is fully busy: more frames hide them. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void bottleneck_ofAnyPlan_isTheBusiestInTheSimulation(Scenario scenario) {
        Scenario longer = scenario.withWorkload(new Workload(scenario.workload().tasks().stream()
                .map(task -> task.withFrames(2_000))
                .toList()));
        Plan plan = plan(longer);
        List<Bottleneck> busy = Bottleneck.of(plan);
        Simulation simulation = PipelineSimulator.of(longer).simulate(plan.placement());

        assertThat(busy.get(0).share()).isCloseTo(1, within(1e-9));
        double greatest = simulation.resources().stream()
                .mapToDouble(Simulation.ResourceUse::utilization)
                .max()
                .orElseThrow();
        assertThat(simulation.resources())
                .filteredOn(use -> use.resource().equals(busy.get(0).name()))
                .singleElement()
                .satisfies(use -> assertThat(use.utilization()).isCloseTo(greatest, within(1e-3)));
    }

    @Test
    void remedies_ofAPlan_areWhatThePlannerFindsForEach() {
        Plan plan = plan(scenario(ModelZoo.GOOGLENET));
        List<Remedy> remedies = Remedy.of(plan, PLANNER, Objective.PERIOD);

        assertThat(remedies).extracting(Remedy::change).contains("drone twice as fast", "one more device like edge");
        assertThat(remedies).isSortedAccordingTo((one, other) -> Double.compare(other.gain(), one.gain()));
        Remedy faster = remedies.stream()
                .filter(remedy -> remedy.change().equals("drone twice as fast"))
                .findFirst()
                .orElseThrow();
        Scenario doubled = plan.scenario()
                .withCostModel(CostModel.withSpeed(plan.scenario().costModel(), "drone", 2));
        double expected = PLANNER.plan(doubled, Objective.PERIOD).value();
        assertThat(faster.result().replanned().value()).isEqualTo(expected);
        assertThat(faster.gain()).isCloseTo(1 - expected / plan.metrics().periodSeconds(), within(1e-12));
        assertThat(remedies).allSatisfy(remedy -> assertThat(remedy.gain()).isNotNegative());
    }

    static Stream<Scenario> explained() {
        return Stream.of(scenario(ModelZoo.GOOGLENET), yolov1(), eightTasks());
    }

    @ParameterizedTest
    @MethodSource("explained")
    void remedy_bottleneckTwiceAsFast_hasThePeriodThatItPromises(Scenario scenario) {
        Plan plan = plan(scenario);
        String bottleneck = Bottleneck.of(plan).get(0).name();
        Remedy remedy = Remedy.of(plan, PLANNER, Objective.PERIOD).stream()
                .filter(each -> each.change().equals(bottleneck + " twice as fast"))
                .findFirst()
                .orElseThrow();

        Plan promised = remedy.result().replanned().best().orElseThrow();
        Plan built = PlanEvaluator.of(remedy.scenario()).plan(promised.placement());
        double promise = remedy.result().replanned().value();
        assertThat(promise).isLessThanOrEqualTo(plan.metrics().periodSeconds());
        assertThat(built.metrics().periodSeconds()).isEqualTo(promise);
        // Of several tasks the slowest decides.
        ClosedFormCheck.TaskTimes slowest = ClosedFormCheck.of(built).tasks().stream()
                .max(Comparator.comparingDouble(ClosedFormCheck.TaskTimes::simulatedPeriodSeconds))
                .orElseThrow();
        // Frames enter a period apart and respond within these two times, so that results differ by as much at most.
        long measured = slowest.frames() / 2;
        double wait = (slowest.worstResponseSeconds() - slowest.responseSeconds()) / measured;
        assertThat(slowest.simulatedPeriodSeconds()).isBetween(promise * (1 - 1e-4), promise * (1 + 1e-4) + wait);
    }

    @Test
    void bottleneck_ofOneDevice_isThatDevice() {
        Scenario scenario = scenario(ModelZoo.ALEXNET);
        Plan plan = PlanEvaluator.of(scenario).plan(Placement.allOn(scenario.workload(), "drone"));

        assertThat(Bottleneck.of(plan))
                .containsExactly(new Bottleneck(
                        Bottleneck.Kind.DEVICE, "drone", plan.stages().get(0).seconds(), 1));
    }
}
