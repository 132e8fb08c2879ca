package io.github.codnn.benchmark;

import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.cost.Roofline;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.Tier;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.MemoryModel;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The benchmark problems as they were made: networks of the zoo with roofline times on three platforms of round
 * figures, and drawn ones. The files do not change with this code: they are written only on demand.
 */
final class BenchmarkDrafts {

    private static final double MEGABIT = 125_000;
    private static final long FRAMES = 100;
    private static final RooflineCostModel SPEEDS = RooflineCostModel.withPresets()
            .with("board", Roofline.ofGigaflops(8, 2).withSecondsPerKernel(2e-4))
            .with("gateway", Roofline.ofGigaflops(60, 10).withSecondsPerKernel(5e-5))
            .with("accelerator", Roofline.ofGigaflops(200, 20).withSecondsPerKernel(2e-4))
            .with("server", Roofline.ofGigaflops(2_500, 200).withSecondsPerKernel(3e-5));

    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    /**
     * A problem before its optimum is known.
     *
     * @param origin where it is from
     * @param scenario the problem
     * @param objective what to minimise
     * @param provenBy what proves the optimum
     */
    record Draft(String origin, Scenario scenario, Objective objective, String provenBy) {}

    private BenchmarkDrafts() {}

    static Map<String, Draft> all() {
        BenchmarkDrafts made = new BenchmarkDrafts();
        made.addChains();
        made.addRules();
        made.addLayers();
        made.addDrawn();
        made.addEnumerated();
        return made.drafts;
    }

    private void addChains() {
        chain(ModelZoo.VGG16, "trio", Objective.PERIOD);
        chain(ModelZoo.GOOGLENET, "trio", Objective.MEAN);
        chain(ModelZoo.MOBILENET_V2, "trio", Objective.RESPONSE);
        chain(ModelZoo.DARKNET53, "wifi", Objective.PERIOD);
        chain(ModelZoo.RESNET50, "wifi", Objective.RESPONSE);
        chain(ModelZoo.SQUEEZENET_1_1, "wifi", Objective.MEAN);
        chain(ModelZoo.RESNET50, "rack", Objective.PERIOD);
        chain(ModelZoo.BERT_BASE, "rack", Objective.PERIOD);
        chain(ModelZoo.VIT_B_16, "rack", Objective.MEAN);
    }

    private void addRules() {
        zoo(
                "vgg16-trio-blocking-period",
                ModelZoo.VGG16,
                "trio",
                Objective.PERIOD,
                each -> each.withTransfers(TransferMode.BLOCKING));
        zoo("resnet50-rack-three-period", ModelZoo.RESNET50, "rack", Objective.PERIOD, each -> each.withMaxDevices(3));
        zoo(
                "vit-b-16-rack-memory-period",
                ModelZoo.VIT_B_16,
                "rack",
                Objective.PERIOD,
                each -> each.withMemory(MemoryModel.PARAMETERS_AND_ACTIVATIONS));
        zoo(
                "googlenet-trio-deadline-period",
                ModelZoo.GOOGLENET,
                "trio",
                Objective.PERIOD,
                each -> deadline(each, Deadline.Measure.RESPONSE, 0.15));
    }

    private void addLayers() {
        layers(ModelZoo.SQUEEZENET_1_1);
        layers(ModelZoo.MOBILENET_V2);
        layers(ModelZoo.GOOGLENET);
    }

    private void addDrawn() {
        drawn("drawn-chain-12x5", 1, 5, List.of(12), "exact", Objective.PERIOD, Objective.RESPONSE, Objective.MEAN);
        drawn("drawn-chain-30x8", 2, 8, List.of(30), "exact", Objective.PERIOD, Objective.MEAN);
        drawn("drawn-graph-12x4", 3, 4, List.of(-12), "exact", Objective.PERIOD);
        drawn("drawn-graph-20x6", 4, 6, List.of(-20), "exact", Objective.PERIOD);
    }

    private void addEnumerated() {
        String proof = BenchmarkProblem.ENUMERATION;
        drawn("drawn-chain-7x3", 8, 3, List.of(7), proof, Objective.ENERGY, Objective.PRICE);
        drawn("drawn-graph-8x3", 9, 3, List.of(-8), proof, Objective.RESPONSE, Objective.MEAN, Objective.ENERGY);
        drawn("drawn-tasks-4-4x3", 10, 3, List.of(4, -4), proof, Objective.PERIOD, Objective.MEAN, Objective.ENERGY);
        drawn("drawn-tasks-3-3-3x3", 11, 3, List.of(3, 3, 3), proof, Objective.PERIOD, Objective.ENERGY);
        Scenario returns = new DrawnScenario(12).scenario("drawn-returns-8x3", 3, List.of(8));
        add(
                "drawn-returns-8x3-period",
                drawnFrom(12) + ", any number of stages on a device",
                returns.withStagesPerDevice(StagesPerDevice.ANY),
                Objective.PERIOD,
                proof);
        Scenario late = new DrawnScenario(11).scenario("drawn-deadline-3-3-3x3", 3, List.of(3, 3, 3));
        add(
                "drawn-deadline-3-3-3x3-energy",
                drawnFrom(11) + ", with deadlines",
                deadline(late, Deadline.Measure.MEAN, 0.12),
                Objective.ENERGY,
                proof);
    }

    private void chain(ModelZoo network, String platform, Objective objective) {
        String name = network.title() + "-" + platform + "-" + objective.label();
        zoo(name, network, platform, objective, UnaryOperator.identity());
    }

    private void zoo(
            String name, ModelZoo network, String platform, Objective objective, UnaryOperator<Scenario> change) {
        Scenario chain = CollapsedScenario.of(scenario(network, platform), ChainLinearizer.withDefaults())
                .scenario();
        String origin = origin(network, platform) + ", layers joined to a chain";
        add(name, origin, change.apply(chain), objective, "exact");
    }

    private void layers(ModelZoo network) {
        String name = network.title() + "-layers-trio-period";
        add(name, origin(network, "trio"), scenario(network, "trio"), Objective.PERIOD, "exact");
    }

    private static String origin(ModelZoo network, String platform) {
        return "CoDNN: zoo:" + network.title() + " (" + network.source() + ") with roofline times on the platform '"
                + platform + "'";
    }

    private void drawn(
            String name, long seed, int devices, List<Integer> layers, String proof, Objective... objectives) {
        for (Objective objective : objectives) {
            Scenario scenario = new DrawnScenario(seed).scenario(name, devices, layers);
            add(name + "-" + objective.label(), drawnFrom(seed), scenario, objective, proof);
        }
    }

    private static String drawnFrom(long seed) {
        return "CoDNN: drawn from seed " + seed;
    }

    private void add(String name, String origin, Scenario scenario, Objective objective, String provenBy) {
        Scenario named =
                new Scenario(name, scenario.workload(), scenario.platform(), scenario.costModel(), scenario.rules());
        drafts.put(name, new Draft(origin, named, objective, provenBy));
    }

    private static Scenario deadline(Scenario scenario, Deadline.Measure measure, double seconds) {
        return scenario.withWorkload(new Workload(scenario.workload().tasks().stream()
                .map(task -> task.withDeadline(new Deadline(measure, seconds)))
                .toList()));
    }

    private static Scenario scenario(ModelZoo network, String platform) {
        Task task = Task.of(network.title(), network.build(), "d0").withFrames(FRAMES);
        return Scenario.of(network.title(), new Workload(List.of(task)), platform(platform), SPEEDS);
    }

    /** trio: board, gateway and server on slow links; wifi: four on one radio; rack: eight on switched Ethernet. */
    private static Platform platform(String name) {
        return switch (name) {
            case "trio" ->
                new Platform(
                        devices("board", "gateway", "server"),
                        List.of(
                                Link.of("d0", "d1", 150 * MEGABIT, 2e-3), Link.of("d1", "d0", 150 * MEGABIT, 2e-3),
                                Link.of("d0", "d2", 20 * MEGABIT, 0.02), Link.of("d2", "d0", 50 * MEGABIT, 0.02),
                                Link.of("d1", "d2", 40 * MEGABIT, 0.02), Link.of("d2", "d1", 100 * MEGABIT, 0.02)));
            case "wifi" ->
                new Platform(
                        devices("board", "board", "gateway", "accelerator"),
                        List.of(Link.of(Link.ANY, Link.ANY, 200 * MEGABIT, 2e-3).withMedium("radio")),
                        List.of(new Medium("radio", 200 * MEGABIT, Medium.Duplex.HALF)));
            default ->
                new Platform(
                        devices("board", "board", "board", "board", "gateway", "gateway", "accelerator", "accelerator"),
                        List.of(Link.of(Link.ANY, Link.ANY, 1_000 * MEGABIT, 5e-4)));
        };
    }

    private static List<Device> devices(String... kinds) {
        List<Device> devices = new ArrayList<>();
        for (String kind : kinds) {
            String name = "d" + devices.size();
            devices.add(
                    switch (kind) {
                        case "board" -> new Device(name, kind, Tier.TERMINAL, 1L << 30, 5, 2, 0, 0);
                        case "gateway" -> new Device(name, kind, Tier.EDGE, 4L << 30, 15, 5, 0, 0);
                        case "accelerator" -> new Device(name, kind, Tier.EDGE, 4L << 30, 10, 2, 0, 0);
                        default -> new Device(name, kind, Tier.CLOUD, 16L << 30, 150, 40, 2e-4, 0);
                    });
        }
        return devices;
    }
}
