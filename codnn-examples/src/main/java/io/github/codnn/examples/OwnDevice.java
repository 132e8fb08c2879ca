package io.github.codnn.examples;

import io.github.codnn.cost.Roofline;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.Tier;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.zoo.ModelZoo;

/** Plans for a board that has no preset, from the figures of its data sheet. */
public final class OwnDevice {

    private OwnDevice() {}

    /**
     * Plans AlexNet on the board and a cloud server and prints the throughput.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        // region own-device
        RooflineCostModel costs = RooflineCostModel.withPresets().with("my-board", Roofline.ofGigaflops(472, 25.6));
        Platform platform = Platform.builder()
                .device(Device.of("board", "my-board").withTier(Tier.TERMINAL).withWatts(10, 2))
                .device("cloud", DevicePresets.TESLA_T4_FP32)
                .links(Link.symmetric("board", "cloud", 12.5e6, 0.020))
                .build();
        // endregion
        Task task = Task.of("alexnet", ModelZoo.ALEXNET.build(), "board").withFrames(100);
        var plan = Planner.withDefaults()
                .plan(Scenario.of(task, platform).withCostModel(costs), Objective.PERIOD)
                .best()
                .orElseThrow();
        System.out.printf(
                "%.1f frames/s with %d stages%n",
                plan.metrics().throughputPerSecond(), plan.stages().size());
    }
}
