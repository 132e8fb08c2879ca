package io.github.codnn.testproblems;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Small scenarios of every kind, drawn from a seed, whose figures are now and then sentinels and extremes: what people
 * write where they mean "never", and what no one expects in a file. At most {@value #MAX_PLACEMENTS} placements each.
 */
public final class ExtremeScenarios {

    private static final int MAX_PLACEMENTS = 1024;
    private static final List<Tier> TIERS = List.of(Tier.values());
    private static final double[] SENTINELS = {
        0,
        -0.0,
        4.9e-324,
        1e-12,
        1e-9,
        1e-6,
        1e3,
        1e6,
        1e9,
        1.1e9,
        1e12,
        1e15,
        1e16,
        1e18,
        9.2e18,
        Double.POSITIVE_INFINITY
    };
    private static final long[] EXTREME_BYTES = {0, 1, 1L << 31, 1L << 53, 5_000_000_000_000_000_000L, Long.MAX_VALUE};

    private final SplittableRandom random;
    private final double odd; // how often a figure is an extreme

    private ExtremeScenarios(long seed) {
        random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
        odd = new double[] {0, 0.1, 0.3, 0.6}[random.nextInt(4)];
    }

    /**
     * Draws a scenario.
     *
     * @throws RuntimeException if the library refuses one of the figures
     */
    public static Scenario of(long seed) {
        return new ExtremeScenarios(seed).scenario();
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private double seconds() {
        if (chance(odd)) {
            return SENTINELS[random.nextInt(SENTINELS.length)];
        }
        return chance(0.5) ? 0.01 * (1 + random.nextInt(10)) : random.nextDouble();
    }

    /** Watts or a price per second. */
    private double rate(int bound) {
        if (chance(odd / 3)) {
            return new double[] {-0.0, 4.9e-324, 1e-12, 1e9, 1e18}[random.nextInt(5)];
        }
        return chance(0.7) ? random.nextInt(bound) : bound * random.nextDouble();
    }

    private long bytes() {
        return chance(odd / 3) ? EXTREME_BYTES[random.nextInt(EXTREME_BYTES.length)] : random.nextInt(1000);
    }

    private Scenario scenario() {
        int taskCount = chance(0.7) ? 1 : 2 + random.nextInt(2);
        int deviceCount = 1 + random.nextInt(4);
        int most = (int) Math.min(6, Math.log(MAX_PLACEMENTS) / Math.log(Math.max(2, deviceCount)) / taskCount);
        List<Device> devices = new ArrayList<>();
        boolean limited = chance(0.35);
        for (int index = 0; index < deviceCount; index++) {
            devices.add(device(index, limited));
        }
        Map<String, Map<String, Double>> times = new LinkedHashMap<>();
        List<Task> tasks = new ArrayList<>();
        for (int task = 0; task < taskCount; task++) {
            LayerGraph graph = graph("t" + task, 1 + random.nextInt(Math.max(1, most)));
            for (Layer layer : graph.layers()) {
                Map<String, Double> byKind = new LinkedHashMap<>();
                devices.forEach(device -> byKind.computeIfAbsent(device.kind(), any -> seconds()));
                times.put(layer.name(), byKind);
            }
            tasks.add(task("t" + task, graph, devices));
        }
        Scenario.Rules rules = new Scenario.Rules(
                chance(0.5) ? TransferMode.BLOCKING : TransferMode.OVERLAPPED,
                chance(0.7) ? StagesPerDevice.ONE : StagesPerDevice.ANY,
                chance(0.5) ? MemoryModel.PARAMETERS : MemoryModel.PARAMETERS_AND_ACTIVATIONS,
                chance(0.15) ? 1 + random.nextInt(deviceCount) : Integer.MAX_VALUE,
                chance(0.3) ? IdlePolicy.ALL : IdlePolicy.PARTICIPATING);
        List<Medium> media = media();
        Platform platform = new Platform(devices, links(devices, media), media);
        return new Scenario("extreme", new Workload(tasks), platform, TableCostModel.of(times), rules);
    }

    private Device device(int index, boolean limited) {
        String kind = index > 0 && chance(0.25) ? "k" + (index - 1) : "k" + index;
        long memory = limited && chance(0.7) ? 200 + random.nextInt(2500) : Device.UNLIMITED_MEMORY;
        return new Device(
                "d" + index,
                kind,
                chance(0.3) ? TIERS.get(random.nextInt(TIERS.size())) : Tier.EDGE,
                memory,
                rate(10),
                rate(4),
                rate(3),
                chance(0.2) ? 5 : 0);
    }

    private LayerGraph graph(String task, int layers) {
        return chance(0.6) ? chain(task, layers) : dag(task, layers);
    }

    private Layer layer(String name, List<Tensor> inputs, List<Tensor> outputs) {
        return Layer.of(name, new Operator.Activation("Relu"), inputs, outputs).withParameters(1, bytes());
    }

    private LayerGraph chain(String task, int layers) {
        Tensor crossing = Tensor.ofBytes(task + "x", bytes());
        LayerGraph.Builder graph = LayerGraph.builder(task).input(crossing);
        for (int index = 0; index < layers; index++) {
            Tensor output = Tensor.ofBytes(task + "x" + index, bytes());
            graph.add(layer(task + "l" + index, List.of(crossing), List.of(output)));
            crossing = output;
        }
        return graph.build();
    }

    private LayerGraph dag(String task, int layers) {
        Tensor input = Tensor.ofBytes(task + "x", bytes());
        List<Tensor> written = new ArrayList<>(List.of(input));
        LayerGraph.Builder graph = LayerGraph.builder(task).input(input);
        for (int index = 0; index < layers; index++) {
            List<Tensor> inputs = new ArrayList<>(
                    List.of(written.get(written.size() - 1 - random.nextInt(Math.min(2, written.size())))));
            Tensor other = written.get(random.nextInt(written.size()));
            if (chance(0.4) && !inputs.contains(other)) {
                inputs.add(other);
            }
            Tensor output = Tensor.ofBytes(task + "x" + index, bytes());
            graph.add(layer(task + "l" + index, inputs, List.of(output)));
            written.add(output);
        }
        return graph.build();
    }

    private Task task(String name, LayerGraph graph, List<Device> devices) {
        Map<String, String> pinned = new LinkedHashMap<>();
        Map<String, String> groups = new LinkedHashMap<>();
        boolean pins = chance(0.25);
        boolean colocated = chance(0.15);
        for (Layer layer : graph.layers()) {
            if (pins && chance(0.3)) {
                pinned.put(layer.name(), any(devices));
            }
            if (colocated && chance(0.4)) {
                groups.put(layer.name(), "g");
            }
        }
        Optional<Deadline> deadline = Optional.empty();
        if (chance(0.3)) {
            double limit = chance(odd / 2) ? 1e-12 : 0.05 + 2 * random.nextDouble();
            deadline = Optional.of(chance(0.5) ? Deadline.onMean(limit) : Deadline.onResponse(limit));
        }
        return new Task(
                name,
                graph,
                chance(0.5) ? Optional.of(any(devices)) : Optional.empty(),
                chance(0.4) ? Optional.of(any(devices)) : Optional.empty(),
                chance(odd / 3) ? 1L << 40 : 1 + random.nextInt(50),
                deadline,
                pinned,
                groups);
    }

    private String any(List<Device> devices) {
        return devices.get(random.nextInt(devices.size())).name();
    }

    private List<Medium> media() {
        List<Medium> media = new ArrayList<>();
        for (int count = chance(0.6) ? 0 : 1 + random.nextInt(2); media.size() < count; ) {
            Medium.Duplex duplex = chance(0.6) ? Medium.Duplex.HALF : Medium.Duplex.FULL;
            media.add(new Medium("m" + media.size(), 1e12, duplex));
        }
        return media;
    }

    private Link onMedium(Link link, List<Medium> media) {
        return media.isEmpty() || chance(0.3)
                ? link
                : link.withMedium(media.get(random.nextInt(media.size())).name());
    }

    private List<Link> links(List<Device> devices, List<Medium> media) {
        List<Link> links = new ArrayList<>();
        if (chance(0.8)) {
            links.add(onMedium(Link.of(Link.ANY, Link.ANY, bandwidth(), latency()), media));
        }
        for (Device from : devices) {
            for (Device to : devices) {
                if (!from.equals(to) && chance(0.4)) {
                    RadioPower power = chance(0.3) ? new RadioPower(0.1, 1) : RadioPower.NONE;
                    Link link = Link.of(from.name(), to.name(), bandwidth(), latency());
                    links.add(onMedium(link.withPower(power, RadioPower.NONE), media));
                }
            }
        }
        return links;
    }

    private double bandwidth() {
        return chance(odd / 3) ? new double[] {1e-6, 1, 1e12}[random.nextInt(3)] : 1000 + random.nextInt(100_000);
    }

    private double latency() {
        return chance(odd / 3) ? SENTINELS[random.nextInt(9)] : chance(0.5) ? 0 : 0.01;
    }
}
