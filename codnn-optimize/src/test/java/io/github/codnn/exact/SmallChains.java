package io.github.codnn.exact;

import io.github.codnn.cost.Cost;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Chains whose optima follow by hand: layers l0, l1 and so on, on devices d0, d1 and so on. */
final class SmallChains {

    private SmallChains() {}

    /** Tells how long a layer takes on a device, in seconds. */
    interface Seconds {

        /** Returns the time of a layer on a device. */
        double of(int layer, int device);
    }

    /** A chain of one frame, nothing to upload; layers hand over so many bytes at 100 bytes a second. */
    static Scenario of(int layers, int devices, long bytes, Seconds seconds) {
        LayerGraph.Builder graph = LayerGraph.builder("chain");
        Tensor crossing = Tensor.ofBytes("x", 0);
        graph.input(crossing);
        for (int layer = 0; layer < layers; layer++) {
            Tensor output = Tensor.ofBytes("x" + layer, layer < layers - 1 ? bytes : 0);
            graph.add(Layer.of("l" + layer, new Operator.Activation("Relu"), List.of(crossing), List.of(output))
                    .withMacs(layer));
            crossing = output;
        }
        List<Device> all = IntStream.range(0, devices)
                .mapToObj(device -> Device.of("d" + device, String.valueOf(device)))
                .toList();
        return Scenario.of(
                "chain",
                Workload.of(Task.of("t", graph.build())),
                new Platform(all, List.of(Link.of(Link.ANY, Link.ANY, 100, 0))),
                (layer, device) -> cost(seconds.of((int) layer.macs(), Integer.parseInt(device.kind())), device));
    }

    private static Cost cost(double seconds, Device device) {
        return new Cost(seconds, seconds * device.activeWatts());
    }

    /** A chain on equal devices, each layer of which takes the same time; nothing is sent. */
    static Scenario equal(int layers, int devices, double seconds) {
        Scenario scenario = of(layers, devices, 0, (layer, device) -> seconds);
        List<Device> all = scenario.platform().devices().stream()
                .map(device -> Device.of(device.name(), "0"))
                .toList();
        return scenario.withPlatform(new Platform(all, scenario.platform().links()));
    }

    /** The chain with layer number i pinned to device number i. */
    static Scenario pinned(Scenario scenario) {
        Task task = task(scenario);
        Map<String, String> pins = new LinkedHashMap<>();
        IntStream.range(0, task.graph().layers().size()).forEach(layer -> pins.put("l" + layer, "d" + layer));
        return with(scenario, task.withPinned(pins));
    }

    static Task task(Scenario scenario) {
        return scenario.workload().tasks().get(0);
    }

    static Scenario with(Scenario scenario, Task task) {
        return scenario.withWorkload(Workload.of(task));
    }
}
