package consumer;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.optimize.SearchResult;
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

/** Plans SqueezeNet on a phone and a cloud server, with the library on the module path. */
public final class Consumer {

    private Consumer() {}

    public static void main(String[] arguments) {
        Platform platform = new Platform(
                List.of(DevicePresets.PIXEL_2.device("phone"), DevicePresets.TESLA_T4_FP32.device("cloud")),
                List.of(
                        LinkPresets.WAN_100M.uplink("phone", Link.ANY),
                        LinkPresets.WAN_100M.downlink(Link.ANY, "phone")));
        Task task = Task.of("photos", ModelZoo.SQUEEZENET_1_1.build(), "phone").withFrames(10);
        Scenario scenario = Scenario.of("module path", Workload.of(task), platform, RooflineCostModel.withPresets());

        SearchResult result = Planner.withDefaults().plan(scenario, Objective.PERIOD);

        System.out.printf(
                "module path: %d stages, gap %.1f %%, by %s%n",
                result.best().orElseThrow().stages().size(), result.gap() * 100, Planner.class.getModule());
    }
}
