package io.github.codnn.benchmark;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.Tier;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Scenarios whose networks, times and platforms are drawn from a seed; the same on every machine. */
final class DrawnScenario {

    private static final List<Tier> TIERS = List.of(Tier.values());
    private static final double MILLI = 1e-3;

    private final SplittableRandom random;

    DrawnScenario(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Draws tasks that share a platform.
     *
     * @param name the name of the scenario
     * @param devices the number of devices, all on one Wi-Fi if they are more than four
     * @param layers the number of layers of each task, negative for a graph that is no chain
     */
    Scenario scenario(String name, int devices, List<Integer> layers) {
        Platform platform = platform(devices);
        Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
        List<Task> tasks = new ArrayList<>();
        for (int task = 0; task < layers.size(); task++) {
            String prefix = layers.size() == 1 ? "" : "t" + task + ".";
            int count = layers.get(task);
            LayerGraph graph = graph(prefix, Math.abs(count), count > 0);
            graph.layers().forEach(layer -> seconds.put(layer.name(), seconds(platform)));
            tasks.add(Task.of("task" + task, graph, "d" + task % devices).withFrames(100));
        }
        return Scenario.of(name, new Workload(tasks), platform, TableCostModel.of(seconds));
    }

    private Platform platform(int count) {
        List<Device> devices = new ArrayList<>();
        boolean isRadio = count > 4;
        for (int index = 0; index < count; index++) {
            double watts = 4 + random.nextInt(60);
            devices.add(new Device(
                    "d" + index,
                    "k" + index,
                    TIERS.get(Math.min(index, TIERS.size() - 1)),
                    (16L + random.nextInt(48)) << 20,
                    watts,
                    watts / 4,
                    random.nextInt(9) * 1e-5,
                    0));
        }
        double rate = 125_000.0 * (20 + random.nextInt(80));
        Link link = Link.of(Link.ANY, Link.ANY, rate, 2 * MILLI);
        return isRadio
                ? new Platform(
                        devices,
                        List.of(link.withMedium("radio")),
                        List.of(new Medium("radio", rate, Medium.Duplex.HALF)))
                : new Platform(devices, List.of(link));
    }

    private LayerGraph graph(String prefix, int layers, boolean isChain) {
        LayerGraph.Builder builder = LayerGraph.builder("drawn");
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(Tensor.ofBytes(prefix + "x", 20_000L * (1 + random.nextInt(30))));
        builder.input(tensors.get(0));
        for (int index = 0; index < layers; index++) {
            Tensor last = tensors.get(tensors.size() - 1);
            List<Tensor> inputs = new ArrayList<>(List.of(last));
            if (!isChain && index > 1 && random.nextInt(2) == 0) {
                inputs.set(0, tensors.get(1 + random.nextInt(tensors.size() - 1)));
                if (!inputs.get(0).equals(last)) {
                    inputs.add(last);
                }
            }
            Tensor output = Tensor.ofBytes(prefix + "y" + index, 5_000L * (1 + random.nextInt(40)));
            tensors.add(output);
            builder.add(Layer.of(prefix + "l" + index, new Operator.Other("Measured"), inputs, List.of(output))
                    .withParameters(0, (1L + random.nextInt(8)) << 20));
        }
        builder.output(tensors.get(tensors.size() - 1).name());
        return builder.build();
    }

    private Map<String, Double> seconds(Platform platform) {
        Map<String, Double> byKind = new LinkedHashMap<>();
        double work = (5 + random.nextInt(95)) * MILLI;
        platform.devices().forEach(device -> byKind.put(device.kind(), work * (20 + random.nextInt(100)) * 1e-2));
        return byKind;
    }
}
