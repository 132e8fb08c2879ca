package consumer;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.util.List;

/** Plans AlexNet on a camera and an edge server, with the library on the class path. */
public final class Consumer {

    private Consumer() {}

    public static void main(String[] arguments) {
        Platform platform = new Platform(
                List.of(
                        DevicePresets.RASPBERRY_PI_3B_PLUS.device("camera"),
                        DevicePresets.JETSON_NANO_GPU.device("edge")),
                List.of(LinkPresets.WIFI.uplink("camera", "edge"), LinkPresets.WIFI.downlink("edge", "camera")));
        Task task = Task.of("frames", ModelZoo.ALEXNET.build(), "camera").withFrames(10);
        Scenario scenario = Scenario.of("class path", Workload.of(task), platform, RooflineCostModel.withPresets());

        SearchResult result = Planner.withDefaults().plan(scenario, Objective.PERIOD);

        System.out.printf(
                "class path: %d stages, gap %.1f %%%n",
                result.best().orElseThrow().stages().size(), result.gap() * 100);
    }
}
