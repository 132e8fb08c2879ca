package io.github.codnn.testproblems;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.CompiledScenario;
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

/**
 * Networks on platforms of tens of devices: equal ones, four classes, or all different with links that all differ.
 * Frames arise anywhere and results stay where they are.
 */
public enum ManyDevices {
    /** Equal devices; every pair has a link of 1.25 GB/s and 0.1 ms. */
    EQUAL,
    /**
     * Four classes, 1, 2, 4 and 8 times as fast as the slowest one, on which the time of each layer deviates by up to a
     * quarter; links of 1.25 GB/s, those of the slowest class of 0.125 GB/s.
     */
    CLASSES,
    /**
     * Speeds over a factor of 8, the time of each layer deviates by up to 30 %, and each pair has a rate of its own,
     * from 0.125 to 1.25 GB/s.
     */
    DIFFERENT;

    private static final int CLASS_COUNT = 4;
    private static final double SLOW = 1.25e8; // bytes per second
    private static final double FAST = 1.25e9;
    private static final double LATENCY = 1e-4; // seconds

    /**
     * Puts the network of a scenario of one task on many devices.
     *
     * @param base the network, and the times of its layers on its first device, which become those of speed 1
     * @param count the number of devices
     */
    public Scenario scenario(Scenario base, int count) {
        SplittableRandom random = new SplittableRandom(count);
        LayerGraph graph = base.workload().tasks().get(0).graph();
        List<String> kinds = new ArrayList<>();
        List<Device> devices = new ArrayList<>();
        for (int device = 0; device < count; device++) {
            String kind = "k" + (this == EQUAL ? 0 : this == CLASSES ? device % CLASS_COUNT : device);
            devices.add(Device.of("d" + device, kind));
            if (!kinds.contains(kind)) {
                kinds.add(kind);
            }
        }
        TableCostModel costs = TableCostModel.of(seconds(CompiledScenario.of(base), kinds.size(), random));
        Task task = Task.of("frames", graph).withSink(Optional.empty());
        return Scenario.of("many", Workload.of(task), new Platform(devices, links(count, random)), costs);
    }

    private Map<String, Map<String, Double>> seconds(CompiledScenario base, int kinds, SplittableRandom random) {
        double[] speed = new double[kinds];
        for (int kind = 0; kind < kinds; kind++) {
            speed[kind] = this == EQUAL ? 1 : this == CLASSES ? 1 << kind : Math.pow(8, random.nextDouble());
        }
        double spread = this == EQUAL ? 0 : this == CLASSES ? 0.25 : 0.3;
        List<Layer> layers = base.scenario().workload().tasks().get(0).graph().layers();
        Map<String, Map<String, Double>> seconds = new HashMap<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            Map<String, Double> byKind = new HashMap<>();
            for (int kind = 0; kind < kinds; kind++) {
                double deviation = 1 + spread * (2 * random.nextDouble() - 1);
                byKind.put("k" + kind, base.seconds(layer, 0) / speed[kind] * deviation);
            }
            seconds.put(layers.get(layer).name(), byKind);
        }
        return seconds;
    }

    private List<Link> links(int count, SplittableRandom random) {
        List<Link> links = new ArrayList<>();
        for (int one = 0; one < count && this != EQUAL; one++) {
            if (this == CLASSES && one % CLASS_COUNT == 0) {
                links.add(Link.of("d" + one, Link.ANY, SLOW, LATENCY));
                links.add(Link.of(Link.ANY, "d" + one, SLOW, LATENCY));
            }
            for (int other = 0; other < one && this == DIFFERENT; other++) {
                double rate = SLOW * Math.pow(FAST / SLOW, random.nextDouble());
                links.addAll(Link.symmetric("d" + one, "d" + other, rate, LATENCY));
            }
        }
        links.add(Link.of(Link.ANY, Link.ANY, FAST, LATENCY));
        return links;
    }

    /**
     * Draws a network in rows, in which every layer reads one to three layers of the two rows before.
     *
     * @param rows the number of rows
     * @param width the greatest number of layers in a row
     * @param seed what it is drawn from
     */
    public static Scenario rows(int rows, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor input = Tensor.ofBytes("x", 600_000);
        LayerGraph.Builder graph = LayerGraph.builder("rows").input(input);
        Map<String, Map<String, Double>> seconds = new HashMap<>();
        List<Tensor> before = List.of(input);
        List<Tensor> last = List.of(input);
        for (int row = 0; row < rows; row++) {
            List<Tensor> made = new ArrayList<>();
            for (int index = 1 + random.nextInt(width); index > 0; index--) {
                List<Tensor> choice = new ArrayList<>(last);
                choice.addAll(before);
                List<Tensor> inputs = new ArrayList<>();
                for (int count = 1 + random.nextInt(3); count > 0; count--) {
                    Tensor any = choice.get(random.nextInt(choice.size()));
                    if (!inputs.contains(any)) {
                        inputs.add(any);
                    }
                }
                String name = "l" + row + "_" + index;
                Tensor output = Tensor.ofBytes("x" + name, (long) (20_000 * (1 + Math.exp(4 * random.nextDouble()))));
                graph.add(Layer.of(name, new Operator.Activation("Relu"), inputs, List.of(output)));
                seconds.put(name, Map.of("k0", 0.01 * Math.exp(2 * random.nextDouble())));
                made.add(output);
            }
            before = last;
            last = made;
        }
        Task task = Task.of("frames", graph.build()).withSink(Optional.empty());
        Platform one = new Platform(List.of(Device.of("d0", "k0")), List.of());
        return Scenario.of("rows", Workload.of(task), one, TableCostModel.of(seconds));
    }
}
