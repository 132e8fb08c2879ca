package io.github.codnn.bench;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Workloads that are drawn: networks of the zoo, each on a terminal of its own, share servers, two and another one for
 * every three tasks. Each task has a deadline on the mean time of a frame between 1.2 and 4 times what it would be if
 * all servers together computed the frames of all tasks, without any transfer. Same seed, same workload.
 */
final class DrawnWorkloads {

    private static final List<ModelZoo> NETWORKS = List.of(
            ModelZoo.ALEXNET,
            ModelZoo.VGG16,
            ModelZoo.GOOGLENET,
            ModelZoo.RESNET18,
            ModelZoo.RESNET50,
            ModelZoo.MOBILENET_V2,
            ModelZoo.SQUEEZENET_1_1,
            ModelZoo.DARKNET19,
            ModelZoo.DARKNET53);

    private static final List<LayerGraph> GRAPHS =
            NETWORKS.stream().map(ModelZoo::build).toList();

    private static final List<DevicePresets> TERMINALS = List.of(
            DevicePresets.RASPBERRY_PI_3B_PLUS,
            DevicePresets.RASPBERRY_PI_4B,
            DevicePresets.RASPBERRY_PI_5,
            DevicePresets.JETSON_NANO_CPU);

    private static final List<DevicePresets> SERVERS = List.of(
            DevicePresets.JETSON_NANO_GPU,
            DevicePresets.JETSON_TX2_NX_GPU,
            DevicePresets.JETSON_AGX_XAVIER_CPU,
            DevicePresets.CORE_I7_13700K);

    private static final int TASKS_PER_SERVER = 3;
    private static final long LEAST_FRAMES = 500;
    private static final long MOST_FRAMES = 2000;
    private static final double TIGHTEST = 1;
    private static final double LOOSEST = 2;
    private static final double MOST_SWITCH_ON_JOULES = 100;

    private DrawnWorkloads() {}

    /** Draws a workload of a number of tasks, layer by layer. */
    static Scenario of(int tasks, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Device> terminals = new ArrayList<>();
        for (int index = 0; index < tasks; index++) {
            terminals.add(any(TERMINALS, random).device("terminal-" + index));
        }
        List<Device> servers = new ArrayList<>();
        for (int index = 0; index < 2 + tasks / TASKS_PER_SERVER; index++) {
            servers.add(any(SERVERS, random)
                    .device("server-" + index)
                    .withSwitchOnJoules(random.nextDouble(MOST_SWITCH_ON_JOULES)));
        }
        List<LayerGraph> graphs = new ArrayList<>();
        for (int index = 0; index < tasks; index++) {
            graphs.add(any(GRAPHS, random));
        }
        double secondsOfAll =
                graphs.stream().mapToDouble(graph -> seconds(graph, servers)).sum();
        List<Task> made = new ArrayList<>();
        for (int number = 0; number < tasks; number++) {
            int index = number;
            double secondsAlone = servers.stream()
                    .mapToDouble(server -> seconds(graphs.get(index), List.of(server)))
                    .min()
                    .orElseThrow();
            double deadline = (secondsOfAll + secondsAlone) * random.nextDouble(TIGHTEST, LOOSEST);
            made.add(Task.of("task-" + index, graphs.get(index), "terminal-" + index)
                    .withFrames(random.nextLong(LEAST_FRAMES, MOST_FRAMES))
                    .withDeadline(Deadline.onMean(deadline)));
        }
        return Scenario.of(
                "drawn-" + tasks + "-" + seed,
                new Workload(made),
                platform(terminals, servers),
                RooflineCostModel.withPresets());
    }

    /** Terminals have a cable of their own each; servers share a fast network. */
    private static Platform platform(List<Device> terminals, List<Device> servers) {
        List<Device> all = new ArrayList<>(terminals);
        all.addAll(servers);
        List<Link> links = new ArrayList<>();
        for (Device terminal : terminals) {
            links.add(LinkPresets.ETHERNET_1G.uplink(terminal.name(), Link.ANY));
            links.add(LinkPresets.ETHERNET_1G.downlink(Link.ANY, terminal.name()));
        }
        links.add(LinkPresets.ETHERNET_1G.uplink(Link.ANY, Link.ANY));
        return new Platform(all, links);
    }

    /** Returns the seconds of a frame if all devices share it in proportion to their speed. */
    private static double seconds(LayerGraph graph, List<Device> devices) {
        RooflineCostModel costs = RooflineCostModel.withPresets();
        double speed = 0;
        for (Device device : devices) {
            speed += 1
                    / graph.layers().stream()
                            .mapToDouble(layer -> costs.compute(layer, device).seconds())
                            .sum();
        }
        return 1 / speed;
    }

    private static <T> T any(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }
}
