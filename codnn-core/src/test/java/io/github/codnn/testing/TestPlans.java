package io.github.codnn.testing;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/** Plans of one task, made by hand, on devices that are all linked. */
public final class TestPlans {

    /** The name of the task. */
    public static final String TASK = "net";

    private TestPlans() {}

    /**
     * Places layers as a function says.
     *
     * @param graph the network
     * @param devices the names of the devices; the first is source and sink
     * @param deviceOf the index of the device of each layer
     * @return the plan
     */
    public static Plan of(LayerGraph graph, List<String> devices, ToIntFunction<Layer> deviceOf) {
        Platform.Builder platform = Platform.builder();
        devices.forEach(device -> platform.device(device, DevicePresets.RASPBERRY_PI_3B_PLUS));
        for (String from : devices) {
            for (String to : devices) {
                if (!from.equals(to)) {
                    platform.link(Link.of(from, to, 1e6, 0.001));
                }
            }
        }
        Map<String, String> placement = new LinkedHashMap<>();
        graph.layers().forEach(layer -> placement.put(layer.name(), devices.get(deviceOf.applyAsInt(layer))));
        Scenario scenario = Scenario.of(Task.of(TASK, graph, devices.get(0)), platform.build());
        return PlanEvaluator.of(scenario).plan(new Placement(Map.of(TASK, placement)));
    }

    /**
     * Places the first layers on one device and the rest on another.
     *
     * @param graph the network
     * @param first how many layers the first device runs
     * @return the plan, on devices {@code d0} and {@code d1}
     */
    public static Plan cutAfter(LayerGraph graph, int first) {
        return of(graph, List.of("d0", "d1"), layer -> graph.indexOf(layer.name()) < first ? 0 : 1);
    }

    /**
     * Places each layer at random.
     *
     * @param graph the network
     * @param devices how many devices there are
     * @param seed the seed
     * @return the plan, on devices {@code d0}, {@code d1} and so on
     */
    public static Plan random(LayerGraph graph, int devices, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> names = new ArrayList<>();
        for (int device = 0; device < devices; device++) {
            names.add("d" + device);
        }
        return of(graph, names, layer -> random.nextInt(devices));
    }
}
