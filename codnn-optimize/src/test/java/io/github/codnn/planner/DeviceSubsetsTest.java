package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.baseline.SingleDevice;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceSubsetsTest {

    private static final LayerGraph ALEXNET = ModelZoo.ALEXNET.build();
    private static final List<String> TERMINALS = List.of("terminal-0", "terminal-1");

    private final List<List<String>> searched = new ArrayList<>(); // devices

    @Test
    void search_energy_leavesOutTheDevicesOfMostIdlePowerFirst() {
        search(problem(Objective.ENERGY, scenario()), 4000);
        assertThat(searched)
                .containsExactly(
                        List.of("terminal-0", "terminal-1", "desktop-0", "board", "desktop-1", "small"),
                        List.of("terminal-0", "terminal-1", "board", "small"),
                        List.of("terminal-0", "terminal-1", "small"));
    }

    @Test
    void search_devicesThatMustBeThere_keepsThem() {
        Task pinned = Task.of("pinned", ALEXNET, "desktop-0")
                .withPinned(Map.of(ALEXNET.layers().get(3).name(), "desktop-1"));
        Scenario scenario = scenario().withWorkload(new Workload(List.of(pinned, task(1))));
        search(problem(Objective.ENERGY, scenario), 4000);
        assertThat(searched).hasSize(3).allMatch(devices -> devices.containsAll(List.of("desktop-0", "desktop-1")));
        assertThat(searched.get(1)).doesNotContain("board").contains("small");
    }

    @Test
    void search_otherCases_searchesOnceWithAllDevices() {
        search(problem(Objective.ENERGY, scenario()), 1999);
        search(problem(Objective.PERIOD, scenario()), 4000);
        search(problem(Objective.ENERGY, scenario().withIdle(IdlePolicy.ALL)), 4000);
        assertThat(searched).hasSize(3).allMatch(devices -> devices.size() == 6);
    }

    @Test
    void search_anyBudget_keepsItAndIsRepeatable() {
        OffloadingProblem problem = problem(Objective.ENERGY, scenario());
        SearchOptions options = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(2500));
        SearchResult once = DeviceSubsets.search(DblpsoMd.withTaskJumps(), problem, options);
        SearchResult again = DeviceSubsets.search(DblpsoMd.withTaskJumps(), problem, options);
        assertThat(once.evaluations()).isBetween(2000L, 2500L);
        assertThat(once.best())
                .map(plan -> plan.placement())
                .isEqualTo(again.best().map(plan -> plan.placement()));
        assertThat(once.best().orElseThrow().scenario().platform().devices()).hasSize(6);
        assertThat(once.lowerBound()).isPositive().isLessThanOrEqualTo(once.value());
    }

    private SearchResult search(OffloadingProblem problem, long evaluations) {
        return DeviceSubsets.search(
                (each, options) -> {
                    searched.add(each.devices());
                    return SingleDevice.withDefaults().search(each, options);
                },
                problem,
                SearchOptions.withDefaults().withStopRule(StopRule.evaluations(evaluations)));
    }

    private static OffloadingProblem problem(Objective objective, Scenario scenario) {
        return OffloadingProblem.of(scenario, objective);
    }

    private static Scenario scenario() {
        List<Device> devices = new ArrayList<>();
        TERMINALS.forEach(name -> devices.add(DevicePresets.RASPBERRY_PI_4B.device(name)));
        devices.add(DevicePresets.CORE_I7_13700K.device("desktop-0"));
        devices.add(DevicePresets.JETSON_AGX_XAVIER_CPU.device("board"));
        devices.add(DevicePresets.CORE_I7_13700K.device("desktop-1"));
        devices.add(DevicePresets.JETSON_NANO_GPU.device("small"));
        Platform platform = new Platform(devices, List.of(LinkPresets.ETHERNET_1G.uplink(Link.ANY, Link.ANY)));
        return Scenario.of(
                "shared", new Workload(List.of(task(0), task(1))), platform, RooflineCostModel.withPresets());
    }

    private static Task task(int number) {
        return Task.of("task-" + number, ALEXNET, TERMINALS.get(number)).withFrames(100);
    }
}
