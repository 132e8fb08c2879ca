package io.github.codnn.testproblems;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.RadioPower;
import io.github.codnn.platform.Tier;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.MemoryModel;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Small scenarios with every feature that a problem can have, drawn from a seed: equal devices, missing links, latency,
 * upload and return, memory, pinned and colocated layers, deadlines, limits on devices, both transfer modes, both idle
 * policies, energy to switch on.
 */
public final class RandomScenarios {

    private final SplittableRandom random;
    private final SplittableRandom power; // of its own, so that these features change no others

    private RandomScenarios(long seed) {
        random = new SplittableRandom(seed);
        power = new SplittableRandom(~seed);
    }

    /** Draws a scenario with one chain. */
    public static Scenario chain(long seed, int maxLayers, int maxDevices) {
        RandomScenarios draw = new RandomScenarios(seed);
        int layers = 1 + draw.random.nextInt(maxLayers);
        return draw.scenario(List.of(draw.chainGraph(layers)), maxDevices);
    }

    /** Draws a scenario with one DAG. */
    public static Scenario dag(long seed, int maxLayers, int maxDevices) {
        RandomScenarios draw = new RandomScenarios(seed);
        int layers = 1 + draw.random.nextInt(maxLayers);
        return draw.scenario(List.of(draw.dagGraph(layers)), maxDevices);
    }

    /** Draws a scenario with several tasks, chains and DAGs. */
    public static Scenario several(long seed, int maxLayersEach, int maxDevices) {
        RandomScenarios draw = new RandomScenarios(seed);
        List<LayerGraph> graphs = new ArrayList<>();
        int tasks = 2 + draw.random.nextInt(2);
        for (int task = 0; task < tasks; task++) {
            int layers = 1 + draw.random.nextInt(maxLayersEach);
            graphs.add(draw.chance(0.5) ? draw.chainGraph(layers) : draw.dagGraph(layers));
        }
        return draw.scenario(graphs, maxDevices);
    }

    /** Draws a scenario with several tasks, all of them chains. */
    public static Scenario severalChains(long seed, int maxLayersEach, int maxDevices) {
        RandomScenarios draw = new RandomScenarios(seed);
        List<LayerGraph> graphs = new ArrayList<>();
        int tasks = 2 + draw.random.nextInt(2);
        for (int task = 0; task < tasks; task++) {
            graphs.add(draw.chainGraph(1 + draw.random.nextInt(maxLayersEach)));
        }
        return draw.scenario(graphs, maxDevices);
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private Tensor tensor(String name) {
        return Tensor.ofBytes(name, chance(0.1) ? 0 : 1 + random.nextInt(1000));
    }

    private Layer layer(int index, List<Tensor> inputs, List<Tensor> outputs) {
        return Layer.of("l" + index, new Operator.Activation("Relu"), inputs, outputs)
                .withParameters(1, random.nextInt(1000));
    }

    private LayerGraph chainGraph(int layers) {
        List<Tensor> crossing = boundary("x0", 2);
        LayerGraph.Builder graph = LayerGraph.builder("chain");
        crossing.forEach(graph::input);
        for (int index = 0; index < layers; index++) {
            List<Tensor> outputs = boundary("x" + (index + 1), 2);
            graph.add(layer(index, crossing, outputs));
            crossing = outputs;
        }
        return graph.build();
    }

    private List<Tensor> boundary(String name, int most) {
        List<Tensor> tensors = new ArrayList<>();
        int count = chance(0.8) ? 1 : most;
        for (int index = 0; index < count; index++) {
            tensors.add(tensor(name + "_" + index));
        }
        return tensors;
    }

    private LayerGraph dagGraph(int layers) {
        Tensor input = tensor("x");
        LayerGraph.Builder graph = LayerGraph.builder("dag").input(input);
        List<Tensor> written = new ArrayList<>(List.of(input));
        for (int index = 0; index < layers; index++) {
            List<Tensor> inputs = new ArrayList<>();
            int count = 1 + random.nextInt(2);
            for (int each = 0; each < count; each++) {
                // Recent tensors are read more often, as in real networks.
                int back = Math.min(written.size(), 1 + random.nextInt(3));
                Tensor chosen = written.get(written.size() - back);
                if (!inputs.contains(chosen)) {
                    inputs.add(chosen);
                }
            }
            List<Tensor> outputs = boundary("y" + index, 2);
            graph.add(layer(index, inputs, outputs));
            written.addAll(outputs);
        }
        return graph.build();
    }

    private Scenario scenario(List<LayerGraph> graphs, int maxDevices) {
        int kinds = 1 + random.nextInt(maxDevices);
        int count = kinds + random.nextInt(maxDevices - kinds + 1);
        boolean limited = chance(0.4);
        boolean switched = power.nextBoolean();
        List<Device> templates = new ArrayList<>();
        for (int kind = 0; kind < kinds; kind++) {
            long memory = limited && chance(0.7) ? 300 + random.nextInt(5000) : Device.UNLIMITED_MEMORY;
            templates.add(new Device(
                    "k" + kind,
                    "k" + kind,
                    Tier.EDGE,
                    memory,
                    5 * random.nextDouble(),
                    random.nextDouble(),
                    random.nextDouble(),
                    switched && power.nextBoolean() ? 5 * power.nextDouble() : 0));
        }
        List<Device> devices = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Device template = templates.get(index < kinds ? index : random.nextInt(kinds));
            devices.add(new Device(
                    "d" + index,
                    template.kind(),
                    template.tier(),
                    template.memoryBytes(),
                    template.activeWatts(),
                    template.idleWatts(),
                    template.pricePerSecond(),
                    template.switchOnJoules()));
        }
        Platform platform = new Platform(devices, links(devices));
        List<Task> tasks = new ArrayList<>();
        Map<String, Map<String, Double>> seconds = new HashMap<>();
        for (int task = 0; task < graphs.size(); task++) {
            LayerGraph graph = graphs.get(task);
            graph.layers().forEach(layer -> drawSeconds(seconds, layer.name(), kinds));
            tasks.add(task("task" + task, graph, devices));
        }
        Scenario.Rules rules = new Scenario.Rules(
                chance(0.5) ? TransferMode.BLOCKING : TransferMode.OVERLAPPED,
                StagesPerDevice.ONE,
                chance(0.5) ? MemoryModel.PARAMETERS : MemoryModel.PARAMETERS_AND_ACTIVATIONS,
                chance(0.2) ? 1 + random.nextInt(count) : Integer.MAX_VALUE,
                power.nextInt(3) == 0 ? IdlePolicy.ALL : IdlePolicy.PARTICIPATING);
        return new Scenario("random", new Workload(tasks), platform, TableCostModel.of(seconds), rules);
    }

    private void drawSeconds(Map<String, Map<String, Double>> seconds, String layer, int kinds) {
        Map<String, Double> byKind = new LinkedHashMap<>();
        double work = chance(0.1) ? 0 : 0.1 + random.nextDouble();
        for (int kind = 0; kind < kinds; kind++) {
            byKind.put("k" + kind, work * (0.2 + random.nextDouble()));
        }
        seconds.putIfAbsent(layer, byKind);
    }

    private List<Link> links(List<Device> devices) {
        double bytesPerSecond = 300 + random.nextInt(3000);
        double latency = chance(0.5) ? 0 : 0.1 * random.nextDouble();
        Link everywhere = Link.of(Link.ANY, Link.ANY, bytesPerSecond, latency).withPower(power(), power());
        List<Link> links = new ArrayList<>();
        double shape = random.nextDouble();
        for (Device from : devices) {
            for (Device to : devices) {
                boolean own = shape < 0.5 && chance(0.6);
                if (!from.equals(to) && own) {
                    links.add(Link.of(from.name(), to.name(), 300 + random.nextInt(3000), 0.1 * random.nextDouble())
                            .withPower(power(), power()));
                }
            }
        }
        // Without the link for all, some pairs have none; a ring keeps every device within reach.
        if (links.isEmpty() || chance(0.5)) {
            links.add(everywhere);
        } else {
            for (int index = 0; index < devices.size() && devices.size() > 1; index++) {
                String from = devices.get(index).name();
                String to = devices.get((index + 1) % devices.size()).name();
                if (links.stream()
                        .noneMatch(link -> link.from().equals(from) && link.to().equals(to))) {
                    links.add(Link.of(from, to, bytesPerSecond, latency));
                }
            }
        }
        return links;
    }

    private RadioPower power() {
        return new RadioPower(random.nextDouble(), 0.001 * random.nextDouble());
    }

    private Task task(String name, LayerGraph graph, List<Device> devices) {
        Task task = Task.of(name, graph).withFrames(1 + random.nextInt(20));
        int layers = graph.layers().size();
        if (chance(0.5)) {
            Optional<String> source = Optional.of(any(devices));
            Optional<String> sink = chance(0.4) ? source : chance(0.5) ? Optional.of(any(devices)) : Optional.empty();
            task = new Task(name, graph, source, sink, task.frames(), Optional.empty(), Map.of(), Map.of());
        }
        if (chance(0.3)) {
            double seconds = layers * (0.2 + 0.6 * random.nextDouble());
            task = task.withDeadline(chance(0.5) ? Deadline.onMean(0.4 * seconds) : Deadline.onResponse(seconds));
        }
        if (chance(0.25)) {
            task = task.withPinned(Map.of("l" + random.nextInt(layers), any(devices)));
        }
        if (chance(0.25)) {
            Map<String, String> groups = new LinkedHashMap<>(Map.of("l" + layers / 2, "together"));
            groups.put("l" + random.nextInt(layers), "together");
            task = task.withColocated(groups);
        }
        return task;
    }

    private String any(List<Device> devices) {
        return devices.get(random.nextInt(devices.size())).name();
    }
}
