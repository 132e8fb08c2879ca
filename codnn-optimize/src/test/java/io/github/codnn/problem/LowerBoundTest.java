package io.github.codnn.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.cost.Cost;
import io.github.codnn.cost.TableCostModel;
import io.github.codnn.exact.ExactPipeline;
import io.github.codnn.exact.Exhaustive;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.Tier;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LowerBoundTest {

    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(progress -> Optional.empty());

    @Property(tries = 300)
    void of_chain_isNeverAboveTheOptimum(@ForAll long seed, @ForAll Objective objective) {
        assertBelowOptimum(RandomScenarios.chain(seed, 6, 4), objective);
    }

    @Property(tries = 300)
    void of_dag_isNeverAboveTheOptimum(@ForAll long seed, @ForAll Objective objective) {
        assertBelowOptimum(RandomScenarios.dag(seed, 5, 3), objective);
    }

    @Property(tries = 300)
    void of_severalTasks_isNeverAboveTheOptimum(@ForAll long seed, @ForAll Objective objective) {
        assertBelowOptimum(RandomScenarios.several(seed, 2, 3), objective);
    }

    /** Blocks that do not wait for all their inputs are sooner done than their parts in a row after the last. */
    @Property(tries = 200)
    void of_blocks_isNeverAboveTheOptimum(@ForAll long seed, @ForAll Objective objective) {
        Scenario layers = RandomScenarios.dag(seed, 8, 3);
        Task task = layers.workload().tasks().get(0).withPinned(Map.of());
        Scenario free = layers.withWorkload(Workload.of(task));
        assertBelowOptimum(
                CollapsedScenario.of(free, ChainLinearizer.withDefaults()).scenario(), objective);
    }

    /** Waiting that needs more power than computing makes no energy negative. */
    @Test
    void of_energyOfDevicesThatWaitAtHighPower_isNotNegative() {
        Device device = new Device("a", "k", Tier.EDGE, Device.UNLIMITED_MEMORY, 1, 1e18, 0, 0, "");
        Tensor input = Tensor.ofBytes("x", 1);
        LayerGraph graph = LayerGraph.builder("g")
                .input(input)
                .add(Layer.of("l", new Operator.Other("Measured"), List.of(input), List.of(Tensor.ofBytes("y", 1))))
                .build();
        Scenario scenario = Scenario.of(
                "s",
                Workload.of(Task.of("t", graph)),
                new Platform(List.of(device), List.of()),
                (layer, on) -> new Cost(0.07, 0.07));

        assertThat(OffloadingProblem.of(scenario, Objective.ENERGY).lowerBound())
                .isBetween(0.0, 0.07);
    }

    private static void assertBelowOptimum(Scenario scenario, Objective objective) {
        OffloadingProblem problem = OffloadingProblem.of(scenario, objective);
        SearchResult optimum = Exhaustive.withDefaults().search(problem, TO_THE_END);
        double bound = problem.lowerBound();
        assertThat(bound).isNotNaN();
        if (optimum.best().isPresent()) {
            assertThat(bound).isLessThanOrEqualTo(optimum.value());
        }
    }

    /**
     * A deadline costs energy: the bound must see that where it is all there is to it. Multipliers are found to some
     * percent, so that a bound with a deadline that costs nothing can be a little less than that without.
     */
    @Test
    void of_energyUnderDeadline_risesWithoutPassingTheOptimum() {
        int raised = 0;
        for (long seed = 0; seed < 60; seed++) {
            Scenario scenario = RandomScenarios.chain(seed, 5, 4);
            Task free = scenario.workload().tasks().get(0).withoutDeadline();
            Scenario unlimited = scenario.withWorkload(Workload.of(free));
            SearchResult fastest = ExactPipeline.withDefaults()
                    .search(OffloadingProblem.of(unlimited, Objective.RESPONSE), TO_THE_END);
            if (fastest.best().isPresent() && fastest.value() > 0) {
                Task hurried = free.withDeadline(Deadline.onResponse(fastest.value() * 1.05));
                Scenario tight = scenario.withWorkload(Workload.of(hurried));
                assertBelowOptimum(tight, Objective.ENERGY);
                double bound = OffloadingProblem.of(tight, Objective.ENERGY).lowerBound();
                double without =
                        OffloadingProblem.of(unlimited, Objective.ENERGY).lowerBound();
                assertThat(bound).as("seed %d", seed).isGreaterThan(0.95 * without);
                raised += bound > 1.02 * without ? 1 : 0;
            }
        }
        assertThat(raised).isGreaterThan(15);
    }

    /**
     * The bound of before, which left out servers that must be on and what devices and links can carry, had 16 % in the
     * middle.
     */
    @Test
    void of_energyOfChains_isMostlyNearTheOptimum() {
        List<Double> gaps = new ArrayList<>();
        for (long seed = 0; seed < 80; seed++) {
            OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 5, 4), Objective.ENERGY);
            SearchResult optimum = Exhaustive.withDefaults().search(problem, TO_THE_END);
            if (optimum.best().isPresent() && optimum.value() > 0) {
                gaps.add(1 - problem.lowerBound() / optimum.value());
            }
        }
        gaps.sort(null);
        assertThat(gaps).hasSizeGreaterThan(60);
        assertThat(gaps.get(0)).isNotNegative();
        assertThat(gaps.get(gaps.size() / 2)).isLessThan(0.02);
        assertThat(gaps.stream().mapToDouble(each -> each).average().orElseThrow())
                .isLessThan(0.15);
    }

    /**
     * Two uploads of 1 s each cannot share a link within the deadline, so that two servers must be on: all is forced.
     */
    @Test
    void of_energyOfServersThatMustBeOn_isTheOptimum() {
        Scenario scenario = twoTasksOfOneCamera(IdlePolicy.PARTICIPATING);
        for (IdlePolicy idle : IdlePolicy.values()) {
            OffloadingProblem problem = OffloadingProblem.of(scenario.withIdle(idle), Objective.ENERGY);
            SearchResult optimum = Exhaustive.withDefaults().search(problem, TO_THE_END);

            assertThat(optimum.best()).isPresent();
            assertThat(optimum.best().orElseThrow().metrics().switchOnJoules()).isEqualTo(3 + 7 + 7);
            assertThat(problem.lowerBound())
                    .isLessThanOrEqualTo(optimum.value())
                    .isCloseTo(optimum.value(), Percentage.withPercentage(1));
        }
    }

    /** Two tasks of one camera that is too slow for either, and three equal servers that are fast. */
    private static Scenario twoTasksOfOneCamera(IdlePolicy idle) {
        Tensor input = Tensor.ofBytes("x", 1000);
        LayerGraph graph = LayerGraph.builder("net")
                .input(input)
                .add(Layer.of("l", new Operator.Other("Measured"), List.of(input), List.of(Tensor.ofBytes("y", 0))))
                .build();
        List<Device> devices = new ArrayList<>();
        devices.add(Device.of("camera", "slow").withWatts(2, 1).withSwitchOnJoules(3));
        for (int server = 0; server < 3; server++) {
            devices.add(Device.of("server-" + server, "fast").withWatts(9, 4).withSwitchOnJoules(7));
        }
        List<Task> tasks = List.of(
                Task.of("one", graph, "camera").withFrames(50).withDeadline(Deadline.onMean(1.5)),
                Task.of("two", graph, "camera").withFrames(50).withDeadline(Deadline.onMean(1.5)));
        return Scenario.of(
                        "forced",
                        new Workload(tasks),
                        new Platform(devices, List.of(Link.of("*", "*", 1000, 0))),
                        TableCostModel.of(Map.of("l", Map.of("slow", 20.0, "fast", 0.2))))
                .withIdle(idle);
    }

    @Test
    void of_tasksThatShareDevices_addsTheirWork() {
        Scenario one = RandomScenarios.chain(12, 8, 1);
        Task task = one.workload().tasks().get(0).withoutDeadline();
        Task twin = new Task(
                "twin",
                task.graph(),
                task.source(),
                task.sink(),
                task.frames(),
                task.deadline(),
                task.pinned(),
                task.colocated());
        Scenario two = one.withWorkload(new Workload(List.of(task, twin)));
        double bound = OffloadingProblem.of(one.withWorkload(Workload.of(task)), Objective.PERIOD)
                .lowerBound();
        assertThat(bound).isPositive();
        assertThat(OffloadingProblem.of(two, Objective.PERIOD).lowerBound())
                .isCloseTo(2 * bound, Assertions.within(1e-6 * bound));
    }

    @Test
    void of_fitnessOfOnesOwn_isNotKnown() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(1, 4, 3), metrics -> 1);
        assertThat(problem.lowerBound()).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
