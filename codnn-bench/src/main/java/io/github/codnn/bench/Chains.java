package io.github.codnn.bench;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.optimize.Objective;
import io.github.codnn.optimize.OffloadingProblem;
import io.github.codnn.plan.Scenario;
import io.github.codnn.plan.Task;
import io.github.codnn.plan.Workload;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The chains that searches are measured on: devices that are all different, speeds over a factor of 20, each layer with a
 * whim of its own on each device, links of 100 Mbit/s, frames that arise at the first device. The least period is wanted.
 */
final class Chains {

    private Chains() {}

    static OffloadingProblem of(int layers, int devices, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] speed = random.doubles(devices).map(log -> Math.exp(3 * log)).toArray();
        Tensor crossing = Tensor.ofBytes("x", 600_000);
        LayerGraph.Builder graph = LayerGraph.builder("chain").input(crossing);
        Map<String, Map<String, Double>> seconds = new HashMap<>();
        for (int layer = 0; layer < layers; layer++) {
            Tensor output = Tensor.ofBytes("x" + layer, (long) (20_000 * (1 + Math.exp(4 * random.nextDouble()))));
            graph.add(Layer.of("l" + layer, new Operator.Other("Measured"), List.of(crossing), List.of(output)));
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
        Scenario scenario = Scenario.of(
                "chain",
                Workload.of(Task.of("frames", graph.build(), "d0").withSink(Optional.empty())),
                new Platform(all, List.of(Link.of(Link.ANY, Link.ANY, 12.5e6, 0.001))),
                TableCostModel.of(seconds));
        return OffloadingProblem.of(scenario, Objective.PERIOD);
    }
}
