package io.github.codnn.reproduce;

import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.planner.OneAfterAnother;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The setting of section 4.3: cameras, each with its own task, share edge devices on a wired network. The paper names
 * neither devices nor tasks nor deadlines; ours are presets, the networks of section 4.2, and deadlines drawn between
 * fractions of the time that the camera needs alone.
 */
final class SharedDevices {

    /** Our DBLPSO-MD, with which all others are compared. */
    static final String OURS = "DBLPSO-MD, our defaults";

    /** The strategies of the comparison. */
    static final List<Rival> RIVALS = List.of(
            new Rival("greedy", Greedy.withDefaults()),
            new Rival("one task after another", OneAfterAnother.withDefaults()),
            new Rival("genetic algorithm", GeneticAlgorithm.withDefaults()),
            new Rival("PSO-GA", PsoGa.withDefaults()),
            new Rival("DBLPSO-MD as published", DblpsoMd.asPublished()),
            new Rival("without flights", DblpsoMd.withDefaults().withoutFlights()),
            new Rival(OURS, DblpsoMd.withDefaults()));

    private static final List<DevicePresets> EDGE = List.of(
            DevicePresets.JETSON_NANO_GPU, DevicePresets.JETSON_TX2_NX_GPU, DevicePresets.JETSON_AGX_XAVIER_CPU);
    private static final long FRAMES = 100;

    /** Chains of blocks, built once, so that every strategy plans the same chains. */
    private static final List<LayerGraph> NETWORKS = StrategyComparison.NETWORKS.stream()
            .map(model -> ChainLinearizer.withDefaults().collapse(model.build()).graph())
            .toList();

    private SharedDevices() {}

    /** A strategy and its name in tables. */
    record Rival(String name, Strategy strategy) {}

    /** A deadline is between two fractions of the mean time that the camera needs alone. */
    record Deadlines(double tightest, double loosest) {}

    /**
     * Makes the problem of least energy.
     *
     * @param tasks the number of cameras
     * @param edgeDevices the number of devices that they share
     * @param deadlines the range of deadlines
     * @param seed the seed of the deadlines
     */
    static OffloadingProblem problem(int tasks, int edgeDevices, Deadlines deadlines, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Task> workload = new ArrayList<>();
        for (int camera = 0; camera < tasks; camera++) {
            LayerGraph network = NETWORKS.get(camera % NETWORKS.size());
            double share = random.nextDouble(deadlines.tightest(), deadlines.loosest());
            workload.add(Task.of("task " + camera, network, "camera " + camera)
                    .withFrames(FRAMES)
                    .withDeadline(Deadline.onMean(share * localSeconds(network))));
        }
        Scenario scenario = Scenario.of(
                "shared", new Workload(workload), platform(tasks, edgeDevices), RooflineCostModel.withPresets());
        return OffloadingProblem.of(scenario, Objective.ENERGY);
    }

    private static double localSeconds(LayerGraph network) {
        Device camera = DevicePresets.RASPBERRY_PI_4B.device("camera");
        return network.layers().stream()
                .mapToDouble(layer ->
                        RooflineCostModel.withPresets().compute(layer, camera).seconds())
                .sum();
    }

    private static Platform platform(int cameras, int edgeDevices) {
        List<Device> devices = new ArrayList<>();
        for (int camera = 0; camera < cameras; camera++) {
            devices.add(DevicePresets.RASPBERRY_PI_4B.device("camera " + camera));
        }
        for (int edge = 0; edge < edgeDevices; edge++) {
            devices.add(EDGE.get(edge % EDGE.size()).device("edge " + edge));
        }
        return new Platform(devices, List.of(LinkPresets.ETHERNET_100M.uplink(Link.ANY, Link.ANY)));
    }

    /** Evaluates every task on its own camera. */
    static MetricsSnapshot withoutSharing(OffloadingProblem problem) {
        Map<String, Map<String, String>> placement = new LinkedHashMap<>();
        for (Task task : problem.scenario().workload().tasks()) {
            Map<String, String> devices = new LinkedHashMap<>();
            String camera = task.source().orElseThrow();
            task.graph().layers().forEach(layer -> devices.put(layer.name(), camera));
            placement.put(task.name(), devices);
        }
        return problem.evaluator().evaluate(new Placement(placement));
    }

    /** Returns the names of the networks. */
    static String networks() {
        return String.join(
                ", ", StrategyComparison.NETWORKS.stream().map(ModelZoo::title).toList());
    }
}
