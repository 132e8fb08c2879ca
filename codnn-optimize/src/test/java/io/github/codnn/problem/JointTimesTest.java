package io.github.codnn.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.exact.Exhaustive;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Bounds of tasks that share devices, against all placements. */
class JointTimesTest {

    private static final int SCENARIOS = Boolean.getBoolean("codnn.nightly") ? 2000 : 40;
    private static final int FRAMES = 1000;
    private static final SearchOptions TO_THE_END =
            SearchOptions.withDefaults().withStopRule(progress -> Optional.empty());

    /** Uploads of a second each that take turns on one channel: a camera that is slow, and servers without number. */
    @Test
    void lowerBound_tasksThatShareAChannel_knowsThatTheyTakeTurns() {
        for (int tasks = 1; tasks <= 4; tasks++) {
            Scenario scenario = camera(tasks, 20);
            SearchResult mean = optimum(scenario, Objective.MEAN);

            assertThat(mean.value()).isCloseTo(tasks, Percentage.withPercentage(1));
            assertThat(bound(scenario, Objective.MEAN))
                    .isLessThanOrEqualTo(mean.value())
                    .isCloseTo(mean.value(), Percentage.withPercentage(1));
            assertThat(bound(scenario, Objective.PERIOD)).isCloseTo(tasks, Percentage.withPercentage(0.1));
        }
    }

    /** One of them can stay with the camera, where it takes 1.4 s, so that the channel has less to carry. */
    @Test
    void lowerBound_tasksOfWhichOneIsLocal_sharesThemAmongTheResources() {
        Scenario scenario = camera(3, 1.4);
        SearchResult mean = optimum(scenario, Objective.MEAN);

        assertThat(mean.value()).isCloseTo((1.4 + 2 + 2) / 3, Percentage.withPercentage(1));
        assertThat(bound(scenario, Objective.MEAN))
                .isLessThanOrEqualTo(mean.value())
                .isCloseTo(mean.value(), Percentage.withPercentage(5));
    }

    @Test
    void lowerBound_severalTasks_isNeverAboveTheOptimum() {
        for (long seed = 0; seed < SCENARIOS; seed++) {
            Scenario scenario = RandomScenarios.several(seed, 2, 3);
            if (seed % 2 == 0) {
                scenario = scenario.withStagesPerDevice(StagesPerDevice.ANY);
            }
            for (Objective objective : Objective.values()) {
                double bound = bound(scenario, objective);
                SearchResult optimum = optimum(scenario, objective);
                assertThat(bound).isNotNaN();
                if (optimum.best().isPresent()) {
                    assertThat(bound).as("seed %d, %s", seed, objective).isLessThanOrEqualTo(optimum.value());
                }
            }
        }
    }

    /** Without deadlines and limits, all that is left open is which tasks share what. */
    @Test
    void lowerBound_meanOfSeveralTasks_isMostlyNearTheOptimum() {
        List<Double> shares = new ArrayList<>();
        for (long seed = 0; seed < SCENARIOS; seed++) {
            Scenario drawn = RandomScenarios.several(seed, 2, 3);
            List<Task> tasks = new ArrayList<>();
            for (Task task : drawn.workload().tasks()) {
                tasks.add(task.withFrames(FRAMES).withoutDeadline());
            }
            Scenario scenario = drawn.withWorkload(new Workload(tasks));
            SearchResult optimum = optimum(scenario, Objective.MEAN);
            if (optimum.best().isPresent() && optimum.value() > 0) {
                shares.add(bound(scenario, Objective.MEAN) / optimum.value());
            }
        }
        shares.sort(null);

        assertThat(shares).hasSizeGreaterThan(SCENARIOS / 2);
        assertThat(shares.get(shares.size() - 1)).isLessThanOrEqualTo(1);
        assertThat(shares.get(shares.size() / 2)).isGreaterThan(0.8);
    }

    /** Periods of no length have no rate. */
    @Test
    void lowerBound_noTime_isZero() {
        Scenario scenario = RandomScenarios.chain(95, 6, 3);
        assertThat(optimum(scenario, Objective.MEAN).value()).isZero();
        assertThat(bound(scenario, Objective.MEAN)).isZero();
    }

    private static double bound(Scenario scenario, Objective objective) {
        return OffloadingProblem.of(scenario, objective).lowerBound();
    }

    private static SearchResult optimum(Scenario scenario, Objective objective) {
        return Exhaustive.withDefaults().search(OffloadingProblem.of(scenario, objective), TO_THE_END);
    }

    private static Scenario camera(int count, double localSeconds) {
        Tensor input = Tensor.ofBytes("x", 1000);
        LayerGraph graph = LayerGraph.builder("net")
                .input(input)
                .add(Layer.of("l", new Operator.Other("Measured"), List.of(input), List.of(Tensor.ofBytes("y", 0))))
                .build();
        List<Device> devices = new ArrayList<>(List.of(Device.of("camera", "slow")));
        List<Task> tasks = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            devices.add(Device.of("server-" + index, "fast"));
            tasks.add(Task.of("task-" + index, graph, "camera").withFrames(FRAMES));
        }
        Medium air = new Medium("air", 1000, Medium.Duplex.HALF);
        List<Link> links = List.of(Link.of(Link.ANY, Link.ANY, air, 0));
        return Scenario.of(
                        "camera",
                        new Workload(tasks),
                        new Platform(devices, links, List.of(air)),
                        TableCostModel.of(Map.of("l", Map.of("slow", localSeconds, "fast", 0.2))))
                .withTransfers(TransferMode.OVERLAPPED);
    }
}
