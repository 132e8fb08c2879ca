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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Long networks of blocks with two to four branches each, on devices that are all different: speeds over a factor of
 * 20, the time of each layer deviates from the speed of the device by up to 30 %, links of 100 Mbit/s. The benchmarks
 * measure these, too.
 */
public final class HardGraphs {

    private static final Operator OPERATOR = new Operator.Activation("Relu");

    private final SplittableRandom random;
    private final double[] speed;
    private final LayerGraph.Builder graph = LayerGraph.builder("hard");
    private final Map<String, Map<String, Double>> seconds = new HashMap<>();

    private HardGraphs(int devices, long seed) {
        random = new SplittableRandom(seed);
        speed = random.doubles(devices).map(log -> Math.exp(3 * log)).toArray();
    }

    /** Draws a network whose frames arise at the first device. */
    public static Scenario of(int layers, int devices, long seed) {
        HardGraphs draw = new HardGraphs(devices, seed);
        draw.drawBlocks(layers);
        List<Device> all = IntStream.range(0, devices)
                .mapToObj(device -> Device.of("d" + device, "k" + device))
                .toList();
        Platform platform = new Platform(all, List.of(Link.of(Link.ANY, Link.ANY, 12.5e6, 0.001)));
        Task task = Task.of("frames", draw.graph.build(), "d0").withSink(Optional.empty());
        return Scenario.of("hard", Workload.of(task), platform, TableCostModel.of(draw.seconds));
    }

    private void drawBlocks(int layers) {
        Tensor entry = Tensor.ofBytes("x", 600_000);
        graph.input(entry);
        while (seconds.size() < layers) {
            List<Tensor> exits = new ArrayList<>();
            for (int branch = 2 + random.nextInt(3); branch > 0 && seconds.size() < layers - 1; branch--) {
                Tensor last = entry;
                for (int depth = 1 + random.nextInt(3); depth > 0 && seconds.size() < layers - 1; depth--) {
                    last = draw(List.of(last));
                }
                exits.add(last);
            }
            entry = draw(exits.isEmpty() ? List.of(entry) : exits);
        }
    }

    private Tensor draw(List<Tensor> inputs) {
        String name = "l" + seconds.size();
        Tensor output = Tensor.ofBytes("x" + name, (long) (20_000 * (1 + Math.exp(4 * random.nextDouble()))));
        graph.add(Layer.of(name, OPERATOR, inputs, List.of(output)));
        double work = 0.01 * Math.exp(2 * random.nextDouble());
        Map<String, Double> byKind = new HashMap<>();
        for (int device = 0; device < speed.length; device++) {
            byKind.put("k" + device, work / speed[device] * (0.7 + 0.6 * random.nextDouble()));
        }
        seconds.put(name, byKind);
        return output;
    }
}
