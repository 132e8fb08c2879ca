package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testproblems.ClosedForm;
import io.github.codnn.testproblems.HardChains;
import io.github.codnn.testproblems.RandomScenarios;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExactPipelineTest {

    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(StopRule.elapsed(Duration.ofMinutes(1)));

    @Property(tries = 400)
    void search_smallProblem_agreesWithExhaustiveSearch(@ForAll long seed, @ForAll Aim aim) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 8, 5), aim.objective);
        SearchResult expected = Exhaustive.withDefaults().search(problem, TO_THE_END);
        SearchResult actual = ExactPipeline.withDefaults().search(problem, TO_THE_END);
        ClosedForm.assertProven(actual, expected);
        if (actual.best().isPresent() && actual.late().isEmpty()) {
            assertThat(actual.gap()).isLessThanOrEqualTo(1e-11);
        }
    }

    @Property(tries = 100)
    void search_severalPlansOfLeastPeriod_takesTheFastest(@ForAll long seed) {
        OffloadingProblem problem =
                OffloadingProblem.of(withoutDeadline(RandomScenarios.chain(seed, 7, 4)), Objective.PERIOD);
        SearchResult result = ExactPipeline.withDefaults().search(problem, TO_THE_END);
        Fitness fastest = metrics ->
                metrics.periodSeconds() <= result.value() * (1 + 1e-12) ? metrics.responseSeconds() : Double.MAX_VALUE;
        SearchResult expected = Exhaustive.withDefaults().search(problem.withFitness(fastest), TO_THE_END);
        if (result.best().isPresent()) {
            double response = response(result.best().get());
            assertThat(response).isCloseTo(expected.value(), within(1e-9 * response));
        }
    }

    /**
     * Optima of PipeEdge's dynamic programme (Hu et al., DSD 2022) and of PipeDream's, recomputed for the same times by
     * independent solvers.
     */
    @ParameterizedTest
    @CsvSource({
        "pipeedge-vit-base-4+4,       1.548760009",
        "pipeedge-vit-base-n4,        1.8134924467802",
        "pipeedge-vit-base-n8,        1.846875",
        "pipeedge-vit-large-n4,       6.253146353525",
        "pipeedge-vit-large-n8,       4.925",
        "pipedream-alexnet-n2-b1e08,  0.08388608",
        "pipedream-alexnet-n2-b1e09,  0.066453504",
        "pipedream-alexnet-n2-b1e10,  0.043075",
        "pipedream-alexnet-n3-b1e10,  0.032171",
        "pipedream-alexnet-n4-b1e09,  0.066453504"
    })
    void search_publishedProblem_provesTheOptimum(String name, double optimum) {
        PublishedProblems.assertProven(ExactPipeline.withDefaults(), name, optimum, TO_THE_END);
    }

    private static Scenario withoutDeadline(Scenario scenario) {
        Task task = scenario.workload().tasks().get(0);
        return scenario.withWorkload(Workload.of(task.withoutDeadline()));
    }

    private static double response(Plan plan) {
        return plan.metrics().responseSeconds();
    }

    @Property(tries = 150)
    void search_deadlineOutOfReach_provesItAndComesClosest(@ForAll long seed, @ForAll Aim aim) {
        Scenario free = withoutDeadline(RandomScenarios.chain(seed, 7, 4));
        OffloadingProblem fastest = OffloadingProblem.of(free, Objective.RESPONSE);
        SearchResult best = ExactPipeline.withDefaults().search(fastest, TO_THE_END);
        if (best.best().isPresent() && best.value() > 0) {
            Task task = free.workload().tasks().get(0);
            Scenario tight = free.withWorkload(Workload.of(task.withDeadline(Deadline.onResponse(0.9 * best.value()))));
            SearchResult result =
                    ExactPipeline.withDefaults().search(OffloadingProblem.of(tight, aim.objective), TO_THE_END);
            assertThat(result.best()).isEmpty();
            assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
            assertThat(result.lowerBound()).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(result.closest().orElseThrow().metrics().violation())
                    .isLessThanOrEqualTo((1 - 0.9) / 0.9 + 1e-9);
        }
    }

    @Test
    void search_stoppedAtOnce_givesAPlanWithBoundAndGap() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(3, 60, 8), Objective.PERIOD);
        SearchResult result = ExactPipeline.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.iterations(1)));
        assertThat(result.best()).isPresent();
        assertThat(result.lowerBound()).isPositive().isLessThanOrEqualTo(result.value());
        assertThat(result.gap()).isFinite();
    }

    /** Measured in CPU time of the searching thread, which other processes do not change. */
    @Test
    void search_cancelled_stopsWithinFiftyMilliseconds() {
        OffloadingProblem problem = OffloadingProblem.of(HardChains.of(300, 20, 1), Objective.PERIOD);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] cancelled = new long[1];
        long start = threads.getCurrentThreadCpuTime();
        StopRule rule = StopRule.cancelled(() -> {
            long now = threads.getCurrentThreadCpuTime();
            boolean late = now - start > 100_000_000;
            cancelled[0] = late && cancelled[0] == 0 ? now : cancelled[0];
            return late;
        });
        SearchResult result = ExactPipeline.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(rule));
        long after = threads.getCurrentThreadCpuTime() - cancelled[0];
        assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(result.best()).isPresent();
        assertThat(result.lowerBound()).isPositive().isLessThanOrEqualTo(result.value());
        assertThat(after).isLessThan(50_000_000L);
    }

    @Test
    void search_sixteenDifferentDevices_provesTheOptimum() {
        OffloadingProblem problem = OffloadingProblem.of(HardChains.of(60, 16, 2), Objective.PERIOD);
        SearchResult result = ExactPipeline.withDefaults().search(problem, TO_THE_END);
        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(problem.lowerBound()).isLessThanOrEqualTo(result.value());
    }

    @Test
    void search_moreEqualDevicesThanMayBeUsed_keepsTheLimit() {
        int most = 129;
        LayerGraph.Builder graph = LayerGraph.builder("equal");
        Tensor crossing = Tensor.ofBytes("x", 1000);
        graph.input(crossing);
        for (int layer = 0; layer < 135; layer++) {
            Tensor output = Tensor.ofBytes("x" + layer, 1000);
            graph.add(Layer.of("l" + layer, new Operator.Other("Measured"), List.of(crossing), List.of(output))
                    .withMacs(1000));
            crossing = output;
        }
        List<Device> devices = IntStream.range(0, 140)
                .mapToObj(device -> Device.of("d" + device, "equal"))
                .toList();
        Scenario scenario = Scenario.of(
                        "equal",
                        Workload.of(Task.of("t", graph.build(), "d0")),
                        new Platform(devices, List.of(Link.of(Link.ANY, Link.ANY, 1e6, 0))),
                        (layer, device) -> new Cost(layer.macs() * 1e-3, 0))
                .withMaxDevices(most);

        SearchResult result =
                ExactPipeline.withDefaults().search(OffloadingProblem.of(scenario, Objective.PERIOD), TO_THE_END);

        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(result.value()).isCloseTo(2, within(1e-9)); // some device runs two layers
        assertThat(result.best().orElseThrow().metrics().devicesUsed()).isLessThanOrEqualTo(most);
    }

    @Test
    void search_severalTasks_isRefusedWithAWayOut() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.several(1, 3, 3), Objective.PERIOD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExactPipeline.withDefaults().search(problem, TO_THE_END))
                .withMessageContaining("ExactDag");
    }

    @ParameterizedTest
    @EnumSource(
            value = Objective.class,
            names = {"ENERGY", "PRICE"})
    void search_noTime_isRefusedWithAWayOut(Objective objective) {
        OffloadingProblem problem = OffloadingProblem.of(SmallChains.equal(3, 2, 1), objective);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExactPipeline.withDefaults().search(problem, TO_THE_END))
                .withMessageContaining("not " + problem.fitness().label())
                .withMessageContaining("Dbpso");
    }

    /** On the first device, 3 layers take 3 s; on two devices, 2 s. */
    @Test
    void search_anyChain_beginsWithTheWholeOffloads() {
        OffloadingProblem problem = OffloadingProblem.of(SmallChains.equal(3, 2, 1), Objective.PERIOD);

        SearchResult result = ExactPipeline.withDefaults().search(problem, TO_THE_END);

        assertThat(result.history())
                .containsExactly(new SearchResult.Improvement(1, 3), new SearchResult.Improvement(3, 2));
    }

    /**
     * 1,001 layers take 1 s on the better of two devices each, and 2 s on the other, so that a frame takes 1,001 s at
     * least. The general search for the closest plan takes no more than 1,000 layers.
     */
    @ParameterizedTest
    @EnumSource(Aim.class)
    void search_longChainAndDeadlineOutOfReach_comesAsCloseAsPossible(Aim aim) {
        Scenario scenario = SmallChains.of(1001, 2, 0, (layer, device) -> layer < 500 == (device == 0) ? 1 : 2);
        Task late = SmallChains.task(scenario).withDeadline(Deadline.onResponse(1000));
        OffloadingProblem problem = OffloadingProblem.of(SmallChains.with(scenario, late), aim.objective);

        SearchResult result = ExactPipeline.withDefaults().search(problem, TO_THE_END);

        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(result.lowerBound()).isInfinite().isPositive();
        assertThat(result.closest().orElseThrow().metrics().violation()).isCloseTo(0.001, within(1e-9));
    }

    /**
     * 1,002 layers of 1 s and transfers of 200 s: for two frames, the least mean is that of two devices, (1,202 s + 501
     * s) / 2. One device has the least response, three have the least period.
     */
    @ParameterizedTest
    @EnumSource(Aim.class)
    void search_longChainAndMeanOutOfReach_comesAsCloseAsPossible(Aim aim) {
        Scenario free = SmallChains.of(1002, 3, 20_000, (layer, device) -> 1);
        Scenario scenario = free.withPlatform(SmallChains.equal(1, 3, 1).platform());
        Task late = SmallChains.task(scenario).withFrames(2).withDeadline(Deadline.onMean(800));
        OffloadingProblem problem = OffloadingProblem.of(SmallChains.with(scenario, late), aim.objective);

        SearchResult result = ExactPipeline.withDefaults().search(problem, TO_THE_END);

        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(result.lowerBound()).isInfinite().isPositive();
        assertThat(result.closest().orElseThrow().metrics().violation()).isCloseTo(51.5 / 800, within(1e-9));
    }

    /** Too many layers for the general search for the closest plan: a tenth below the least mean is missed by that. */
    @Test
    void search_hardChainAndMeanOutOfReach_missesItByAsLittleAsPossible() {
        Scenario scenario = HardChains.of(1001, 2, 4);
        Task task = SmallChains.task(scenario).withFrames(3);
        double least = search(SmallChains.with(scenario, task), Objective.MEAN).value();

        SearchResult result =
                search(SmallChains.with(scenario, task.withDeadline(Deadline.onMean(0.9 * least))), Objective.PERIOD);

        assertThat(result.stopReason()).isEqualTo(StopReason.PROVEN);
        assertThat(result.closest().orElseThrow().metrics().violation()).isCloseTo((1 - 0.9) / 0.9, within(1e-9));
    }

    private static SearchResult search(Scenario scenario, Objective objective) {
        return ExactPipeline.withDefaults().search(OffloadingProblem.of(scenario, objective), TO_THE_END);
    }

    /** The objectives that this strategy knows. */
    enum Aim {
        PERIOD(Objective.PERIOD),
        RESPONSE(Objective.RESPONSE),
        MEAN(Objective.MEAN);

        private final Objective objective;

        Aim(Objective objective) {
            this.objective = objective;
        }
    }
}
