package io.github.codnn.examples;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.Stage;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.util.List;

/**
 * The example of the README: GoogLeNet recognises receivers of parcels on a drone, with the help of an edge server over
 * Wi-Fi and of a cloud server behind it.
 */
public final class Quickstart {

    private Quickstart() {}

    /**
     * Returns the scenario of the example.
     *
     * @return 100 frames of GoogLeNet from a drone, with an edge and a cloud server
     */
    public static Scenario scenario() {
        // region quickstart
        LayerGraph network = ModelZoo.GOOGLENET.build();
        Platform platform = new Platform(
                List.of(
                        DevicePresets.RASPBERRY_PI_3B_PLUS.device("drone"),
                        DevicePresets.JETSON_NANO_GPU.device("edge"),
                        DevicePresets.TESLA_T4_FP32.device("cloud")),
                List.of(
                        LinkPresets.WIFI.uplink("drone", Link.ANY),
                        LinkPresets.WIFI.downlink(Link.ANY, "drone"),
                        LinkPresets.WAN_100M.uplink("edge", "cloud"),
                        LinkPresets.WAN_100M.downlink("cloud", "edge")));
        Task task = Task.of("parcels", network, "drone").withFrames(100);
        Scenario scenario = Scenario.of("drone", Workload.of(task), platform, RooflineCostModel.withPresets());

        // endregion
        return scenario;
    }

    /**
     * Plans and prints the stages.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Scenario scenario = scenario();
        // region quickstart
        SearchResult result = Planner.withDefaults().plan(scenario, Objective.PERIOD);

        Plan plan = result.best().orElseThrow();
        for (Stage stage : plan.stages()) {
            System.out.printf(
                    "%-6s runs %3d layers in %5.1f ms%n",
                    stage.device(), stage.layers().size(), stage.seconds() * 1e3);
        }
        System.out.printf(
                "%.1f frames/s, at most %.1f %% from the optimum%n",
                plan.metrics().throughputPerSecond(), result.gap() * 100);
        // endregion
    }
}
