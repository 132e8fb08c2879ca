package io.github.codnn.plan;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The example of table 2 of the CoDNN paper: five layers on three resources, times as printed. The first two layers
 * read 5 and 12 MB; the other sizes and the bandwidths are not printed, so that transfers take no time here.
 */
final class Table2 {

    private static final List<String> RESOURCES = List.of("A", "B", "C");
    private static final List<List<Double>> SECONDS = List.of(
            List.of(1.0, 0.75, 0.35),
            List.of(2.5, 1.875, 0.875),
            List.of(1.5, 1.125, 0.525),
            List.of(2.0, 1.5, 0.7),
            List.of(1.0, 0.75, 0.35));

    private Table2() {}

    static Scenario scenario(long frames) {
        return chain(SECONDS, List.of(5_000_000, 12_000_000, 0, 0, 0), frames);
    }

    /** A chain with the times of each layer on the first resources, free transfers, and a network named dnn. */
    static Scenario chain(List<List<Double>> seconds, List<Integer> inputBytes, long frames) {
        LayerGraph.Builder builder = LayerGraph.builder("dnn");
        Map<String, Map<String, Double>> table = new LinkedHashMap<>();
        int resources = seconds.get(0).size();
        Tensor input = Tensor.ofBytes("x0", inputBytes.get(0));
        builder.input(input);
        for (int layer = 0; layer < seconds.size(); layer++) {
            int bytes = layer + 1 < seconds.size() ? inputBytes.get(layer + 1) : 0;
            Tensor output = Tensor.ofBytes("x" + (layer + 1), bytes);
            String name = "l" + (layer + 1);
            builder.add(Layer.of(name, new Operator.Other("Measured"), List.of(input), List.of(output)));
            input = output;
            Map<String, Double> byKind = new LinkedHashMap<>();
            for (int resource = 0; resource < resources; resource++) {
                byKind.put(RESOURCES.get(resource), seconds.get(layer).get(resource));
            }
            table.put(name, byKind);
        }
        List<Device> devices = RESOURCES.subList(0, resources).stream()
                .map(name -> Device.of(name, name))
                .toList();
        Platform platform = new Platform(devices, List.of(Link.of("*", "*", Double.MAX_VALUE, 0)));
        Task task = Task.of("dnn", builder.build()).withFrames(frames);
        return Scenario.of("table 2", Workload.of(task), platform, TableCostModel.of(table));
    }

    /** The same on several devices like the first one. */
    static Scenario onDevices(Scenario scenario, int count) {
        List<Device> devices = new ArrayList<>();
        for (int device = 0; device < count; device++) {
            devices.add(Device.of("d" + device, RESOURCES.get(0)));
        }
        return scenario.withPlatform(new Platform(devices, scenario.platform().links()));
    }
}
