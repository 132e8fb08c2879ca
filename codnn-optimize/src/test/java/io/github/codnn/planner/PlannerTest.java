package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.baseline.LocalOnly;
import io.github.codnn.baseline.RandomSearch;
import io.github.codnn.baseline.SingleDevice;
import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchResult.Improvement;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.StopReason;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.swarm.LocalImprovement;
import io.github.codnn.zoo.ModelZoo;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest {

    private static final Platform PLATFORM = new Platform(
            List.of(
                    DevicePresets.RASPBERRY_PI_4B.device("terminal"),
                    DevicePresets.JETSON_NANO_GPU.device("edge"),
                    DevicePresets.TESLA_T4_FP32.device("cloud")),
            List.of(Link.of("*", "*", 5e6, 0.002)));

    private static Scenario scenario(Task task) {
        return Scenario.of("scenario", Workload.of(task), PLATFORM, RooflineCostModel.withPresets());
    }

    private static Task task() {
        return Task.of("task", ModelZoo.GOOGLENET.build(), "terminal").withFrames(50);
    }

    @Test
    void plan_graphAsChain_placesEverySingleLayerAndIsProven() {
        Plan plan = Planner.withDefaults()
                .withCollapser(ChainLinearizer.withDefaults())
                .plan(scenario(task()), Objective.PERIOD)
                .best()
                .orElseThrow();

        assertThat(plan.placement().of("task")).hasSameSizeAs(task().graph().layers());
        assertThat(plan.blockGap()).hasValue(0);
        assertThat(plan.metrics().periodSeconds())
                .isCloseTo(plan.run().orElseThrow().value(), within(1e-12));
    }

    /** GoogLeNet collapses to blocks, which the plan to start from knows nothing of. */
    @Test
    void plan_improvementOfAPlanOfSingleLayers_startsFromIt() {
        Plan first = Planner.withDefaults()
                .withStrategy(SingleDevice.withDefaults())
                .plan(scenario(task()), Objective.PERIOD)
                .best()
                .orElseThrow();

        SearchResult better = Planner.withDefaults()
                .withStrategy(LocalImprovement.of(first.placement()).withMoves(200))
                .withProof(false)
                .plan(scenario(task()), Objective.PERIOD);

        assertThat(better.value()).isLessThan(first.metrics().periodSeconds());
    }

    @Test
    void front_graph_isOneOfSingleLayers() {
        List<Objective> objectives = List.of(Objective.RESPONSE, Objective.ENERGY);

        Planner planner = Planner.withDefaults().withCollapser(ChainLinearizer.withDefaults());
        ParetoFront front = ParetoPlanner.withDefaults().front(scenario(task()), objectives);

        assertThat(front.epsilon()).isZero();
        assertThat(front.plans())
                .hasSizeGreaterThan(1)
                .allMatch(plan -> plan.placement().of("task").size()
                        == task().graph().layers().size());
        for (int axis = 0; axis < objectives.size(); axis++) {
            double least = planner.plan(scenario(task()), objectives.get(axis)).value();
            assertThat(front.ideal().get(axis)).isLessThanOrEqualTo(least * (1 + 1e-9));
        }
    }

    /** A mask that every encoder reads, and results of two branches, pass by layers of the chain. */
    @ParameterizedTest
    @EnumSource(
            value = ModelZoo.class,
            names = {"BERT_BASE", "YOLOV3_TINY"})
    void plan_chainWithBypass_isProven(ModelZoo network) {
        Task task = Task.of("task", network.build(), "terminal").withFrames(50);

        SearchResult result = Planner.withDefaults()
                .withCollapser(ChainLinearizer.withDefaults())
                .plan(scenario(task), Objective.PERIOD);

        assertThat(result.best().orElseThrow().run().orElseThrow().strategy()).isEqualTo("ExactDag");
        assertThat(result.best().orElseThrow().blockGap()).hasValue(0);
    }

    @Test
    void plan_weakStrategy_isHeldAgainstTheProvenOptimum() {
        double optimum = Planner.withDefaults()
                .withCollapser(ChainLinearizer.withDefaults())
                .plan(scenario(task()), Objective.PERIOD)
                .value();

        SearchResult local =
                Planner.withDefaults().withStrategy(LocalOnly.withDefaults()).plan(scenario(task()), Objective.PERIOD);

        Plan plan = local.best().orElseThrow();
        assertThat(plan.run().orElseThrow().blockBound().orElseThrow()).isCloseTo(optimum, within(1e-9 * optimum));
        assertThat(plan.blockGap().orElseThrow()).isCloseTo(local.value() / optimum - 1, within(1e-9));
        double best =
                Planner.withDefaults().plan(scenario(task()), Objective.PERIOD).value();
        assertThat(local.lowerBound()).isLessThanOrEqualTo(best * (1 + 1e-9));
        assertThat(local.gap()).isGreaterThanOrEqualTo(local.value() / best - 1 - 1e-9);
    }

    @Test
    void plan_withoutProof_keepsTheBoundOfTheStrategy() {
        Planner planner = Planner.withDefaults().withStrategy(LocalOnly.withDefaults());

        SearchResult proven = planner.plan(scenario(task()), Objective.RESPONSE);
        SearchResult plain = planner.withProof(false).plan(scenario(task()), Objective.RESPONSE);

        assertThat(plain.lowerBound()).isLessThan(proven.lowerBound());
        assertThat(plain.value()).isEqualTo(proven.value());
        assertThat(plain.best().flatMap(Plan::run).orElseThrow().lowerBound()).isEqualTo(plain.lowerBound());
    }

    @Test
    void plan_strategyWithoutRunRecord_statesItsValue() {
        Strategy bare = (problem, options) ->
                LocalOnly.withDefaults().search(problem, options).withPlans(Plan::withoutRun);

        SearchResult result = Planner.withDefaults().withStrategy(bare).plan(scenario(task()), Objective.PERIOD);

        assertThat(result.value())
                .isEqualTo(result.best().orElseThrow().metrics().periodSeconds());
        assertThat(result.gap()).isPositive().isFinite();
    }

    @Test
    void collapser_notStated_isThatOfTheStrategy() {
        Planner planner = Planner.withDefaults();

        assertThat(planner.collapser()).isEqualTo(GraphCollapser.none());
        assertThat(planner.withStrategy(LocalOnly.withDefaults()).collapser())
                .isEqualTo(ChainLinearizer.withDefaults());
        assertThat(planner.withStrategy(Lexicographic.of(Objective.ENERGY)).collapser())
                .isEqualTo(GraphCollapser.none());
    }

    @Test
    void search_oneAfterAnotherWithTarget_stopsThere() {
        Task second = Task.of("second", ModelZoo.ALEXNET.build(), "terminal").withFrames(50);
        Scenario scenario =
                Scenario.of("two", new Workload(List.of(task(), second)), PLATFORM, RooflineCostModel.withPresets());
        SearchOptions options = SearchOptions.withDefaults()
                .withStopRule(StopRule.evaluations(10_000).or(StopRule.target(1e6)));

        SearchResult result = new OneAfterAnother(RandomSearch.withDefaults())
                .search(OffloadingProblem.of(scenario, Objective.PERIOD), options);

        assertThat(result.stopReason()).isEqualTo(StopReason.TARGET);
        assertThat(result.evaluations()).isLessThan(1_000);
    }

    @Test
    void plan_impossibleDeadline_isProvenAndShowsTheClosest() {
        SearchResult result =
                Planner.withDefaults().plan(scenario(task().withDeadline(Deadline.onMean(0.001))), Objective.PERIOD);

        assertThat(result.best()).isEmpty();
        assertThat(result.lowerBound()).isInfinite();
        assertThat(result.closest().orElseThrow().metrics().violations()).hasSize(1);
    }

    /** Skip connections reach over most of the network: a chain of blocks is a poor plan. */
    @Test
    void plan_networkOfOneBlock_cutsThroughItAndIsProven() {
        List<Device> devices = IntStream.range(0, 6)
                .mapToObj(each -> DevicePresets.RASPBERRY_PI_4B.device("pi" + each))
                .toList();
        Platform pis = new Platform(devices, List.of(Link.of("*", "*", 12.5e6, 0)));
        Task task = Task.of("task", ModelZoo.YOLOV3.build(), "pi0").withFrames(50);
        Scenario scenario = Scenario.of("pis", Workload.of(task), pis, RooflineCostModel.withPresets());

        SearchResult layers = Planner.withDefaults().plan(scenario, Objective.PERIOD);

        SearchResult blocks = Planner.withDefaults()
                .withCollapser(ChainLinearizer.withDefaults())
                .plan(scenario, Objective.PERIOD);
        assertThat(layers.value()).isLessThan(blocks.value() / 2);
        assertThat(blocks.best().orElseThrow().blockGap()).hasValue(0);
        assertThat(blocks.gap()).isGreaterThanOrEqualTo((blocks.value() - layers.value()) / layers.value());
        assertThat(blocks.stopReason()).isNotEqualTo(StopReason.PROVEN);
        assertThat(layers.best().orElseThrow().blockGap()).isEmpty();
        assertThat(layers.gap()).isZero();
        assertThat(layers.evaluations())
                .isEqualTo(layers.best()
                        .flatMap(Plan::run)
                        .map(RunRecord::evaluations)
                        .orElseThrow());
        assertThat(layers.history())
                .isSortedAccordingTo(
                        Comparator.comparingDouble(Improvement::value).reversed());
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void plan_singleLayers_isNoWorseThanBlocks(Objective objective) {
        Scenario scenario = scenario(Task.of("task", ModelZoo.SQUEEZENET_1_1.build(), "terminal"));
        SearchResult blocks = Planner.withDefaults()
                .withCollapser(ChainLinearizer.withDefaults())
                .plan(scenario, objective);

        SearchResult layers = Planner.withDefaults().plan(scenario, objective);

        assertThat(layers.value()).isLessThanOrEqualTo(blocks.value() * (1 + 1e-9));
        assertThat(layers.lowerBound()).isLessThanOrEqualTo(layers.value());
    }

    @Test
    void plan_noTimeLeft_endsSoon() {
        AtomicLong nanos = new AtomicLong();
        SearchOptions options = SearchOptions.withDefaults()
                .withNanoClock(() -> nanos.addAndGet(1_000_000)) // each look at the clock takes a millisecond
                .withStopRule(StopRule.elapsed(Duration.ofMillis(20)));

        SearchResult result = Planner.withDefaults().withOptions(options).plan(scenario(task()), Objective.ENERGY);

        assertThat(result.best()).isPresent();
        assertThat(result.stopReason()).isEqualTo(StopReason.TIME);
        assertThat(result.elapsed()).isBetween(Duration.ofMillis(20), Duration.ofMillis(40));
    }
}
