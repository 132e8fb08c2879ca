package io.github.codnn.bench;

import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Plans whose platform changes: one medium, the links between devices, and the speed of one device. */
enum ReplanCases {
    /** DarkNet-53 as its chain of blocks on eight devices. */
    DARKNET53_BLOCKS(ModelZoo.DARKNET53, true, eight()),
    /** DarkNet-53 as single layers on eight devices. */
    DARKNET53_LAYERS(ModelZoo.DARKNET53, false, eight()),
    /** GoogLeNet as single layers on the three devices of the README. */
    GOOGLENET_LAYERS(ModelZoo.GOOGLENET, false, three());

    private static final int CHANGES = 20;

    private final ModelZoo network;
    private final boolean inBlocks;
    private final Platform platform;

    ReplanCases(ModelZoo network, boolean inBlocks, Platform platform) {
        this.network = network;
        this.inBlocks = inBlocks;
        this.platform = platform;
    }

    private static Platform eight() {
        List<DevicePresets> kinds = List.of(
                DevicePresets.RASPBERRY_PI_4B,
                DevicePresets.RASPBERRY_PI_5,
                DevicePresets.JETSON_NANO_GPU,
                DevicePresets.JETSON_TX2_NX_GPU,
                DevicePresets.JETSON_NANO_CPU,
                DevicePresets.TESLA_T4_FP32,
                DevicePresets.RTX_2080);
        Platform.Builder builder = Platform.builder().device("drone", DevicePresets.RASPBERRY_PI_3B_PLUS);
        for (int one = 0; one < kinds.size(); one++) {
            builder.device("d" + one, kinds.get(one));
            for (int other = 0; other < one; other++) {
                builder.link("d" + other, "d" + one, LinkPresets.WAN_100M);
            }
        }
        return builder.link("drone", LinkPresets.WIFI).build();
    }

    /** Returns the platform of the README: a terminal, an edge server and a cloud server. */
    static Platform three() {
        return Platform.builder()
                .device("drone", DevicePresets.RASPBERRY_PI_3B_PLUS)
                .device("edge", DevicePresets.JETSON_NANO_GPU)
                .device("cloud", DevicePresets.TESLA_T4_FP32)
                .link("drone", LinkPresets.WIFI)
                .link("edge", "cloud", LinkPresets.WAN_100M)
                .build();
    }

    /** Returns the problem before any change. */
    Scenario scenario() {
        Task task = Task.of("t", network.build(), "drone").withFrames(100);
        Scenario single = Scenario.of("replan", Workload.of(task), platform, RooflineCostModel.withPresets());
        return inBlocks
                ? CollapsedScenario.of(single, ChainLinearizer.withDefaults()).scenario()
                : single;
    }

    /** Returns the problem after each change: rates and one device's speed by factors from a quarter to four. */
    List<Scenario> changed() {
        Scenario scenario = scenario();
        SplittableRandom random = new SplittableRandom(1);
        List<Scenario> all = new ArrayList<>();
        for (int change = 0; change < CHANGES; change++) {
            Platform changed =
                    platform.withMediumRate("wifi", platform.media().get(0).bytesPerSecond() * factor(random));
            for (Device device : platform.devices()) {
                double factor = factor(random);
                if (!device.name().equals("drone")) {
                    changed = changed.withLinks(
                            device.name(),
                            "*",
                            link -> link.medium().isPresent()
                                    ? link
                                    : link.withBytesPerSecond(link.bytesPerSecond() * factor));
                }
            }
            String slower = platform.devices()
                    .get(random.nextInt(platform.devices().size()))
                    .name();
            all.add(scenario.withPlatform(changed)
                    .withCostModel(CostModel.withSpeed(scenario.costModel(), slower, factor(random))));
        }
        return all;
    }

    private static double factor(SplittableRandom random) {
        return Math.pow(2, random.nextDouble(-2, 2));
    }
}
