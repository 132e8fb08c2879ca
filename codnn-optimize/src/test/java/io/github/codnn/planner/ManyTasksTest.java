package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** {@link Auto} against the single strategies where many tasks share devices, with the same evaluations. */
class ManyTasksTest {

    private static final int TASKS = 16;
    private static final int EVALUATIONS = 2000;
    private static final double MOST_BEHIND = 0.01;
    private static final List<LayerGraph> GRAPHS =
            List.of(ModelZoo.ALEXNET.build(), ModelZoo.DARKNET19.build(), ModelZoo.VGG16.build());
    private static final List<DevicePresets> SERVERS =
            List.of(DevicePresets.JETSON_TX2_NX_GPU, DevicePresets.JETSON_NANO_GPU, DevicePresets.CORE_I7_13700K);

    @Test
    void search_sixteenTasks_isNotBehindTheSwarms() {
        expectNotBehind(1, List.of(DblpsoMd.withTaskJumps(), DblpsoMd.withDefaults()));
    }

    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void search_sixWorkloads_isNotBehindTheSingleStrategies() {
        expectNotBehind(
                6,
                List.of(
                        DblpsoMd.withTaskJumps(),
                        DblpsoMd.withDefaults(),
                        GeneticAlgorithm.withDefaults(),
                        PsoGa.withDefaults(),
                        Greedy.withDefaults(),
                        OneAfterAnother.withDefaults()));
    }

    private static void expectNotBehind(int workloads, List<Strategy> others) {
        Map<String, Double> behind = new LinkedHashMap<>();
        for (long seed = 1; seed <= workloads; seed++) {
            Scenario blocks = CollapsedScenario.of(scenario(seed), ChainLinearizer.withDefaults())
                    .scenario();
            OffloadingProblem problem = OffloadingProblem.of(blocks, Objective.ENERGY);
            double auto = value(Auto.withDefaults(), problem, seed);
            for (Strategy other : others) {
                double value = value(other, problem, seed);
                behind.merge(other.toString(), Math.log(auto / value) / workloads, Double::sum);
            }
        }
        behind.forEach((other, by) -> assertThat(by).as(other).isLessThan(MOST_BEHIND));
    }

    /** Returns the joules, infinite if there is no plan. */
    private static double value(Strategy strategy, OffloadingProblem problem, long seed) {
        SearchOptions options =
                SearchOptions.withDefaults().withSeed(seed).withStopRule(StopRule.evaluations(EVALUATIONS));
        SearchResult result = strategy.search(problem, options);
        result.best().ifPresent(plan -> assertThat(plan.metrics().feasible()).isTrue());
        return result.value();
    }

    private static Scenario scenario(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Device> devices = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        for (int index = 0; index < TASKS; index++) {
            devices.add(DevicePresets.RASPBERRY_PI_4B.device("terminal-" + index));
            tasks.add(Task.of("task-" + index, GRAPHS.get(random.nextInt(GRAPHS.size())), "terminal-" + index)
                    .withFrames(random.nextLong(500, 2000))
                    .withDeadline(Deadline.onMean(random.nextDouble(1, 4))));
        }
        for (int index = 0; index < TASKS / 2; index++) {
            devices.add(SERVERS.get(random.nextInt(SERVERS.size())).device("server-" + index));
        }
        Platform platform = new Platform(devices, List.of(LinkPresets.ETHERNET_1G.uplink(Link.ANY, Link.ANY)));
        return Scenario.of("many", new Workload(tasks), platform, RooflineCostModel.withPresets());
    }
}
