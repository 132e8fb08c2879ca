package io.github.codnn.testproblems;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Long chains on many devices that are all different: speeds over a factor of 20, the time of each layer deviates from
 * the speed of the device by up to 30 %, links of 100 Mbit/s. The benchmarks measure these, too.
 */
public final class HardChains {

    private HardChains() {}

    /** Draws a chain whose frames arise at the first device. */
    public static Scenario of(int layers, int devices, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] speed = random.doubles(devices).map(log -> Math.exp(3 * log)).toArray();
        Tensor crossing = Tensor.ofBytes("x", 600_000);
        LayerGraph.Builder graph = LayerGraph.builder("hard").input(crossing);
        Map<String, Map<String, Double>> seconds = new HashMap<>();
        for (int layer = 0; layer < layers; layer++) {
            Tensor output = Tensor.ofBytes("x" + layer, (long) (20_000 * (1 + Math.exp(4 * random.nextDouble()))));
            graph.add(Layer.of("l" + layer, new Operator.Activation("Relu"), List.of(crossing), List.of(output)));
            crossing = output;
            double work = 0.01 * Math.exp(2 * random.nextDouble());
            Map<String, Double> byKind = new HashMap<>();
            for (int device = 0; device < devices; device++) {
                byKind.put("k" + device, work / speed[device] * (0.7 + 0.6 * random.nextDouble()));
            }
            seconds.put("l" + layer, byKind);
        }
        List<Device> all = IntStream.range(0, devices)
                .mapToObj(device -> Device.of("d" + device, "k" + device))
                .toList();
        Platform platform = new Platform(all, List.of(Link.of(Link.ANY, Link.ANY, 12.5e6, 0.001)));
        Task task = Task.of("frames", graph.build(), "d0").withSink(Optional.empty());
        return Scenario.of("hard", Workload.of(task), platform, TableCostModel.of(seconds));
    }

    /** Draws such a chain of 100 frames on devices with watts and prices of their own. */
    public static Scenario withCosts(int layers, int devices, long seed) {
        Scenario scenario = of(layers, devices, seed);
        SplittableRandom random = new SplittableRandom(seed + 1);
        List<Device> costly = scenario.platform().devices().stream()
                .map(device -> device.withWatts(2 + 20 * random.nextDouble(), 0.5 + 3 * random.nextDouble())
                        .withPricePerSecond(0.01 * random.nextDouble()))
                .toList();
        Task task = scenario.workload().tasks().get(0).withFrames(100);
        return scenario.withPlatform(new Platform(costly, scenario.platform().links()))
                .withWorkload(Workload.of(task));
    }
}
