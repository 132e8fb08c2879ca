package io.github.codnn.bench;

import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.Tier;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks of many terminals that share terminals, edge devices and the cloud: every second device of the platform is a
 * terminal on Wi-Fi, the others are wired; terminals are the sources of the tasks in turn.
 */
final class SharedDevices {

    private static final List<DevicePresets> TERMINALS = List.of(
            DevicePresets.RASPBERRY_PI_4B,
            DevicePresets.RASPBERRY_PI_5,
            DevicePresets.RASPBERRY_PI_3B_PLUS,
            DevicePresets.JETSON_NANO_CPU);

    private static final List<DevicePresets> SERVERS = List.of(
            DevicePresets.JETSON_TX2_NX_GPU,
            DevicePresets.CORE_I7_13700K,
            DevicePresets.JETSON_AGX_XAVIER_CPU,
            DevicePresets.JETSON_NANO_GPU,
            DevicePresets.TESLA_T4_FP32);

    private static final long FRAMES = 100;

    private SharedDevices() {}

    /** Makes a scenario of chains: one network for all tasks, each with a deadline on the mean time of a frame. */
    static Scenario scenario(ModelZoo network, int tasks, int devices, double deadlineSeconds) {
        List<Device> all = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (int index = 0; index < devices; index++) {
            DevicePresets preset = index % 2 == 0
                    ? TERMINALS.get(index / 2 % TERMINALS.size())
                    : SERVERS.get(index / 2 % SERVERS.size());
            String name = (index % 2 == 0 ? "terminal-" : "server-") + index / 2;
            Device device = preset.device(name)
                    .withTier(
                            index % 2 == 0 ? Tier.TERMINAL : preset.device(name).tier());
            all.add(device);
            if (device.tier() == Tier.TERMINAL) {
                links.add(LinkPresets.ETHERNET_100M.uplink(name, Link.ANY));
            }
        }
        links.add(LinkPresets.ETHERNET_1G.uplink(Link.ANY, Link.ANY));
        for (Device device : all) {
            if (device.tier() == Tier.TERMINAL) {
                links.add(LinkPresets.ETHERNET_100M.downlink(Link.ANY, device.name()));
            }
        }
        LayerGraph graph = network.build();
        List<Task> made = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            String source = "terminal-" + task % ((devices + 1) / 2);
            made.add(Task.of("task-" + task, graph, source)
                    .withFrames(FRAMES)
                    .withDeadline(Deadline.onMean(deadlineSeconds * (1 + 0.25 * (task % 3)))));
        }
        Scenario scenario =
                Scenario.of("shared", new Workload(made), new Platform(all, links), RooflineCostModel.withPresets());
        return CollapsedScenario.of(scenario, ChainLinearizer.withDefaults()).scenario();
    }
}
