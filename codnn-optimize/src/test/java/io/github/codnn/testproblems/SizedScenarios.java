package io.github.codnn.testproblems;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
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

/** Scenarios of a given size. All devices differ, links have one rate, and frames arise on the first device. */
public final class SizedScenarios {

    private static final List<Tier> TIERS = List.of(Tier.values());

    private SizedScenarios() {}

    /** Draws tasks whose networks are chains. */
    public static Scenario chains(long seed, int tasks, int layersEach, int devices) {
        return of(new SplittableRandom(seed), tasks, layersEach, devices, 1);
    }

    /** Draws tasks whose networks are DAGs: each layer reads one or two of the four tensors before it. */
    public static Scenario dags(long seed, int tasks, int layersEach, int devices) {
        return of(new SplittableRandom(seed), tasks, layersEach, devices, 4);
    }

    private static Scenario of(SplittableRandom random, int tasks, int layersEach, int devices, int window) {
        Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
        List<Task> all = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            LayerGraph graph = graph(random, "t" + task, layersEach, window);
            for (Layer layer : graph.layers()) {
                Map<String, Double> byKind = new LinkedHashMap<>();
                double work = 0.1 + random.nextDouble();
                for (int device = 0; device < devices; device++) {
                    byKind.put("k" + device, work * (0.2 + random.nextDouble()));
                }
                seconds.put(layer.name(), byKind);
            }
            all.add(Task.of("t" + task, graph, "d0"));
        }
        return new Scenario(
                "sized",
                new Workload(all),
                platform(random, devices),
                TableCostModel.of(seconds),
                Scenario.Rules.DEFAULT);
    }

    private static LayerGraph graph(SplittableRandom random, String name, int layers, int window) {
        List<Tensor> written = new ArrayList<>(List.of(Tensor.ofBytes(name + "x", 500)));
        LayerGraph.Builder graph = LayerGraph.builder(name).input(written.get(0));
        for (int index = 0; index < layers; index++) {
            List<Tensor> reads = new ArrayList<>();
            for (int each = 0; each < 2; each++) {
                Tensor chosen = written.get(written.size() - 1 - random.nextInt(Math.min(window, written.size())));
                if (!reads.contains(chosen)) {
                    reads.add(chosen);
                }
            }
            Tensor writes = Tensor.ofBytes(name + "y" + index, 1 + random.nextInt(1000));
            graph.add(Layer.of(name + "l" + index, new Operator.Other("Measured"), reads, List.of(writes))
                    .withParameters(1, 100));
            written.add(writes);
        }
        return graph.build();
    }

    private static Platform platform(SplittableRandom random, int count) {
        List<Device> devices = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            devices.add(new Device(
                    "d" + index,
                    "k" + index,
                    TIERS.get(index % TIERS.size()),
                    Device.UNLIMITED_MEMORY,
                    1 + random.nextDouble(),
                    random.nextDouble(),
                    random.nextDouble(),
                    0));
        }
        return new Platform(devices, List.of(Link.of(Link.ANY, Link.ANY, 2000, 0.01)));
    }
}
