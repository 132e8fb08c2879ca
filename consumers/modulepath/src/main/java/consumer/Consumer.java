package consumer;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.json.PlanJson;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.onnx.OnnxWriter;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.plan.Plan;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Plans SqueezeNet, out of an ONNX file, on a phone and a cloud server, and writes the plan, with the library on the
 * module path: all libraries that it uses inside have to be found there.
 */
public final class Consumer {

    private Consumer() {}

    public static void main(String[] arguments) throws IOException {
        Platform platform = new Platform(
                List.of(DevicePresets.PIXEL_2.device("phone"), DevicePresets.TESLA_T4_FP32.device("cloud")),
                List.of(
                        LinkPresets.WAN_100M.uplink("phone", Link.ANY),
                        LinkPresets.WAN_100M.downlink(Link.ANY, "phone")));
        Path folder = Files.createTempDirectory("consumer");
        Path file = folder.resolve("squeezenet.onnx");
        OnnxWriter.withDefaults().write(ModelZoo.SQUEEZENET_1_1.build(), file);
        LayerGraph network = OnnxReader.withDefaults().read(file).graph();
        Task task = Task.of("photos", network, "phone").withFrames(10);
        Scenario scenario = Scenario.of("module path", Workload.of(task), platform, RooflineCostModel.withPresets());

        SearchResult result = Planner.withDefaults().plan(scenario, Objective.PERIOD);

        Plan plan = result.best().orElseThrow();
        Path written = folder.resolve("plan.json");
        PlanJson.write(plan, OptionalDouble.empty(), written);
        System.out.printf(
                "module path: %d layers, %d stages, gap %.1f %%, by %s%n",
                network.asJGraphT().vertexSet().size(),
                PlanJson.read(written).stages().size(),
                result.gap() * 100,
                Planner.class.getModule());
    }
}
