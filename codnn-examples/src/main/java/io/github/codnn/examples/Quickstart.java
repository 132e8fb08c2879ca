package io.github.codnn.examples;

import io.github.codnn.planner.Planner;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.zoo.ModelZoo;

/**
 * The example of the README: GoogLeNet recognises receivers of parcels on a drone, with the help of an edge server over
 * Wi-Fi and of a cloud server behind it.
 */
public final class Quickstart {

    private Quickstart() {}

    /**
     * Returns the platform of the example.
     *
     * @return a drone, an edge server and a cloud server
     */
    public static Platform platform() {
        // region quickstart
        Platform platform = Platform.builder()
                .device("drone", DevicePresets.RASPBERRY_PI_3B_PLUS)
                .device("edge", DevicePresets.JETSON_NANO_GPU)
                .device("cloud", DevicePresets.TESLA_T4_FP32)
                .link("drone", LinkPresets.WIFI)
                .link("edge", "cloud", LinkPresets.WAN_100M)
                .build();
        // endregion
        return platform;
    }

    /**
     * Returns the scenario of the example.
     *
     * @return 100 frames of GoogLeNet from a drone, with an edge and a cloud server
     */
    public static Scenario scenario() {
        Platform platform = platform();
        // region quickstart
        Task task = Task.of("parcels", ModelZoo.GOOGLENET.build(), "drone").withFrames(100);
        Scenario scenario = Scenario.of(task, platform);

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
        var result = Planner.withDefaults().plan(scenario, Objective.PERIOD);

        var plan = result.best().orElseThrow();
        for (var stage : plan.stages()) {
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
