package io.github.codnn.testproblems;

import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Small scenarios with given times; every two devices have a link of one byte per second without latency. */
public final class HandMade {

    /** The size of the parameters of every layer. */
    public static final long LAYER_BYTES = 10;

    private HandMade() {}

    /** Makes a chain; the first number of bytes is the input's, then one for the output of each layer. */
    public static Task chain(int firstLayer, long... bytes) {
        int[][] reads = new int[bytes.length - 1][];
        Arrays.setAll(reads, layer -> new int[] {layer});
        return graph(firstLayer, reads, bytes);
    }

    /** Makes a network whose layers read tensors: 0 is the input, then the output of each layer. */
    public static Task graph(int firstLayer, int[][] reads, long... bytes) {
        String name = "task" + firstLayer;
        List<Tensor> tensors = IntStream.range(0, bytes.length)
                .mapToObj(tensor -> Tensor.ofBytes("x" + tensor, bytes[tensor]))
                .toList();
        LayerGraph.Builder graph = LayerGraph.builder(name).input(tensors.get(0));
        for (int layer = 0; layer < reads.length; layer++) {
            List<Tensor> inputs =
                    Arrays.stream(reads[layer]).mapToObj(tensors::get).toList();
            graph.add(Layer.of(
                            "l" + (firstLayer + layer),
                            new Operator.Activation("Relu"),
                            inputs,
                            List.of(tensors.get(layer + 1)))
                    .withParameters(1, LAYER_BYTES));
        }
        return Task.of(name, graph.build());
    }

    /** Makes a task start and end on devices; -1 for none. */
    public static Task between(Task task, int source, int sink) {
        return new Task(
                task.name(),
                task.graph(),
                device(source),
                device(sink),
                task.frames(),
                task.deadline(),
                task.pinned(),
                task.colocated());
    }

    private static Optional<String> device(int index) {
        return index < 0 ? Optional.empty() : Optional.of("d" + index);
    }

    /** Makes a scenario whose layers take given seconds, by layer of all tasks and device, and no energy. */
    public static Scenario scenario(double[][] seconds, Task... tasks) {
        return scenario(seconds, new double[seconds.length][seconds[0].length], tasks);
    }

    /** Makes a scenario whose layers take given seconds and joules, by layer of all tasks and device. */
    public static Scenario scenario(double[][] seconds, double[][] joules, Task... tasks) {
        List<Device> devices = IntStream.range(0, seconds[0].length)
                .mapToObj(device -> Device.of("d" + device, "k" + device))
                .toList();
        List<Link> links = List.of(Link.of(Link.ANY, Link.ANY, 1, 0));
        return Scenario.of("hand-made", new Workload(List.of(tasks)), new Platform(devices, links), (layer, device) -> {
            int row = Integer.parseInt(layer.name().substring(1));
            int column = Integer.parseInt(device.kind().substring(1));
            double time = seconds[row][column];
            return time < Double.POSITIVE_INFINITY ? new Cost(time, joules[row][column]) : Cost.IMPOSSIBLE;
        });
    }

    /** Replaces a device by one like it. */
    public static Scenario with(Scenario scenario, Device device) {
        List<Device> devices = scenario.platform().devices().stream()
                .map(each -> each.name().equals(device.name()) ? device : each)
                .toList();
        return scenario.withPlatform(new Platform(devices, scenario.platform().links()));
    }

    public static Device device(Scenario scenario, int index) {
        return scenario.platform().devices().get(index);
    }

    /** Lets devices run any number of stages. */
    public static Scenario withAnyStages(Scenario scenario) {
        return scenario.withStagesPerDevice(StagesPerDevice.ANY);
    }

    /** Draws seconds between 1 and 2 that differ from each other. */
    public static double[][] seconds(long seed, int layers, int devices) {
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(0, layers * devices).boxed().toList());
        Collections.shuffle(numbers, new java.util.Random(seed));
        double[][] seconds = new double[layers][devices];
        for (int cell = 0; cell < layers * devices; cell++) {
            seconds[cell / devices][cell % devices] = 1 + (double) numbers.get(cell) / (layers * devices);
        }
        return seconds;
    }
}
