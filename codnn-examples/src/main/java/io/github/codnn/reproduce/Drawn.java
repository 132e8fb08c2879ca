package io.github.codnn.reproduce;

import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Scenarios that are drawn, because the paper names the tiers, but neither devices nor bandwidths nor deadlines nor
 * prices. Devices and links are presets with published figures. Each link counts by itself, as in the paper, and a
 * device may run any number of stages, as the paper states no rule against it. Same seed, same scenario.
 */
final class Drawn {

    /** The networks of section 4.2. */
    static final List<ModelZoo> NETWORKS =
            List.of(ModelZoo.VGG16, ModelZoo.VGG19, ModelZoo.GOOGLENET, ModelZoo.DARKNET53);

    /** The same networks, layer by layer. */
    static final List<LayerGraph> LAYERS =
            NETWORKS.stream().map(ModelZoo::build).toList();

    /** The same networks as chains of blocks. */
    static final List<LayerGraph> BLOCKS = LAYERS.stream()
            .map(network -> ChainLinearizer.withDefaults().collapse(network).graph())
            .toList();

    /** The frames of every task. */
    static final long FRAMES = 100;

    private static final List<DevicePresets> TERMINALS = List.of(
            DevicePresets.RASPBERRY_PI_3B_PLUS,
            DevicePresets.RASPBERRY_PI_3B,
            DevicePresets.RASPBERRY_PI_4B,
            DevicePresets.RASPBERRY_PI_5,
            DevicePresets.PIXEL_2);
    private static final List<DevicePresets> EDGE = List.of(
            DevicePresets.JETSON_NANO_CPU,
            DevicePresets.JETSON_NANO_GPU,
            DevicePresets.JETSON_TX2_NX_GPU,
            DevicePresets.JETSON_AGX_XAVIER_CPU,
            DevicePresets.CORE_I7_13700K,
            DevicePresets.RTX_2080);
    private static final List<DevicePresets> CLOUD =
            List.of(DevicePresets.AWS_C5_4XLARGE, DevicePresets.TESLA_T4_FP32, DevicePresets.TESLA_V100);
    private static final List<LinkPresets> RADIOS =
            List.of(LinkPresets.THREE_G, LinkPresets.FOUR_G, LinkPresets.WIFI, LinkPresets.ETHERNET_100M);
    private static final List<LinkPresets> WIRES = List.of(LinkPresets.ETHERNET_100M, LinkPresets.ETHERNET_1G);
    private static final List<LinkPresets> SHARED =
            List.of(LinkPresets.WIFI, LinkPresets.ETHERNET_100M, LinkPresets.ETHERNET_1G);
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MAX_EDGE_PRICE = 0.2; // USD per hour, an assumption

    private Drawn() {}

    /** A deadline is between two fractions of the mean time that the terminal needs alone. */
    record Deadlines(double tightest, double loosest) {}

    /**
     * Draws a terminal, two to four edge devices and a server in the cloud for a single task.
     *
     * @param network the network
     * @param bandwidth by how much all bandwidths are multiplied
     * @param seed the seed
     */
    static Scenario single(LayerGraph network, double bandwidth, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Device> devices = new ArrayList<>();
        devices.add(any(TERMINALS, random).device("terminal"));
        int edges = random.nextInt(2, 5);
        for (int edge = 0; edge < edges; edge++) {
            devices.add(any(EDGE, random)
                    .device("edge " + edge)
                    .withPricePerSecond(random.nextDouble(MAX_EDGE_PRICE) / SECONDS_PER_HOUR));
        }
        devices.add(any(CLOUD, random).device("cloud"));
        LinkPresets radio = any(RADIOS, random);
        LinkPresets wire = any(WIRES, random);
        List<Link> links = List.of(
                radio.uplink("terminal", Link.ANY),
                radio.downlink(Link.ANY, "terminal"),
                wire.uplink(Link.ANY, Link.ANY),
                LinkPresets.WAN_100M.uplink(Link.ANY, "cloud"),
                LinkPresets.WAN_100M.downlink("cloud", Link.ANY),
                behind(radio.uplink("terminal", "cloud"), LinkPresets.WAN_100M.uplink("terminal", "cloud")),
                behind(radio.downlink("cloud", "terminal"), LinkPresets.WAN_100M.downlink("cloud", "terminal")));
        Task task = Task.of("frames", network, "terminal").withFrames(FRAMES);
        return scenario(
                "drawn",
                List.of(task),
                new Platform(
                        devices,
                        links.stream().map(link -> scaled(link, bandwidth)).toList()));
    }

    /**
     * Draws terminals with a task each, which share edge devices. More tasks or devices of the same seed are added to
     * the ones before.
     *
     * @param tasks the number of terminals
     * @param edges the number of edge devices
     * @param deadlines the range of deadlines
     * @param seed the seed
     */
    static Scenario shared(int tasks, int edges, Deadlines deadlines, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LinkPresets link = any(SHARED, random);
        SplittableRandom ofTerminals = random.split();
        SplittableRandom ofEdges = random.split();
        List<Device> devices = new ArrayList<>();
        List<Task> workload = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            LayerGraph network = BLOCKS.get(i % BLOCKS.size());
            Device terminal = any(TERMINALS, ofTerminals).device("terminal " + i);
            double share = ofTerminals.nextDouble(deadlines.tightest(), deadlines.loosest());
            devices.add(terminal);
            workload.add(Task.of("task " + i, network, terminal.name())
                    .withFrames(FRAMES)
                    .withDeadline(Deadline.onMean(share * seconds(network, terminal))));
        }
        for (int edge = 0; edge < edges; edge++) {
            devices.add(any(EDGE, ofEdges).device("edge " + edge));
        }
        return scenario("shared", workload, new Platform(devices, List.of(scaled(link.uplink(Link.ANY, Link.ANY), 1))));
    }

    private static Scenario scenario(String name, List<Task> tasks, Platform platform) {
        return Scenario.of(name, new Workload(tasks), platform, RooflineCostModel.withPresets())
                .withStagesPerDevice(StagesPerDevice.ANY);
    }

    private static <T> T any(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private static double seconds(LayerGraph network, Device device) {
        return network.layers().stream()
                .mapToDouble(layer ->
                        RooflineCostModel.withPresets().compute(layer, device).seconds())
                .sum();
    }

    private static Link behind(Link near, Link far) {
        return new Link(
                near.from(),
                near.to(),
                Math.min(near.bytesPerSecond(), far.bytesPerSecond()),
                near.latencySeconds() + far.latencySeconds(),
                near.transmit(),
                near.receive());
    }

    /** On no medium: the paper counts each link by itself. */
    private static Link scaled(Link link, double factor) {
        return new Link(
                link.from(),
                link.to(),
                link.bytesPerSecond() * factor,
                link.latencySeconds(),
                link.transmit(),
                link.receive());
    }

    /** Returns the names of the networks. */
    static String networks() {
        return String.join(", ", NETWORKS.stream().map(ModelZoo::title).toList());
    }
}
