package io.github.codnn.planner;

import io.github.codnn.CodnnException;
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
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.problem.WeightedSum;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The problems of {@link GoldenPlansTest}, each from a seed of its own. They share no generator with other tests, so
 * that a change to one of those cannot change the golden file.
 */
final class GoldenProblems {

    private static final int COUNT = 200;
    private static final List<String> KINDS = List.of("chain", "dag", "chain", "dag", "several");

    /** Problems come in groups of so many, of one kind after the other. */
    static final int GROUP = KINDS.size();

    private static final List<Operator> OPERATORS =
            List.of(new Operator.Activation("Relu"), new Operator.Other("Measured"), new Operator.Activation("Tanh"));
    private static final List<Tier> TIERS = List.of(Tier.values());
    private static final Fitness SUM = WeightedSum.of(Objective.PERIOD, 1).plus(Objective.ENERGY, 0.25);
    private static final List<Fitness> CHAIN_FITNESS = List.of(
            Objective.PERIOD,
            Objective.RESPONSE,
            Objective.MEAN,
            Objective.ENERGY,
            Objective.PERIOD,
            Objective.RESPONSE,
            Objective.MEAN,
            Objective.PRICE,
            SUM);
    private static final List<Fitness> OTHER_FITNESS = List.of(
            Objective.PERIOD,
            Objective.RESPONSE,
            Objective.PERIOD,
            Objective.MEAN,
            Objective.ENERGY,
            Objective.PERIOD,
            Objective.PRICE,
            SUM);

    private final SplittableRandom random;

    private GoldenProblems(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns the problems by name, such as {@code 017-chain-period}. */
    static Map<String, OffloadingProblem> all() {
        Map<String, OffloadingProblem> problems = new LinkedHashMap<>();
        for (int index = 0; index < COUNT; index++) {
            int member = index % GROUP;
            String kind = KINDS.get(member);
            List<Fitness> choice = kind.equals("chain") ? CHAIN_FITNESS : OTHER_FITNESS;
            int turn = kind.equals("several") ? index / GROUP : index / GROUP * 2 + member / 2;
            Fitness fitness = choice.get(turn % choice.size());
            String label = fitness instanceof Objective ? fitness.label() : "sum";
            String name = String.format(Locale.ROOT, "%03d-%s-%s", index, kind, label);
            problems.put(name, new GoldenProblems(1_000_003L * (index + 1)).problem(name, kind, fitness));
        }
        return problems;
    }

    /** Links that are missing can part what is pinned, which compiling refuses: such draws are repeated. */
    private OffloadingProblem problem(String name, String kind, Fitness fitness) {
        Optional<OffloadingProblem> problem = Optional.empty();
        while (problem.isEmpty()) {
            problem = compiled(scenario(name, kind), fitness);
        }
        return problem.get();
    }

    private static Optional<OffloadingProblem> compiled(Scenario scenario, Fitness fitness) {
        try {
            return Optional.of(OffloadingProblem.of(scenario, fitness));
        } catch (CodnnException parted) {
            return Optional.empty();
        }
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private Scenario scenario(String name, String kind) {
        Platform platform = platform();
        int tasks = kind.equals("several") ? 2 + random.nextInt(3) : 1;
        int maxLayers = tasks == 1 ? 14 : 6;
        List<Task> all = new ArrayList<>();
        Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
        for (int index = 0; index < tasks; index++) {
            String prefix = tasks == 1 ? "" : "t" + index + ".";
            int layers = 3 + random.nextInt(maxLayers - 2);
            boolean chain = kind.equals("chain") || (tasks > 1 && chance(0.6));
            LayerGraph graph = chain ? chain(prefix, layers) : dag(prefix, layers);
            graph.layers().forEach(layer -> seconds.put(layer.name(), seconds(platform)));
            all.add(task("task" + index, graph, platform.devices()));
        }
        return new Scenario(name, new Workload(all), platform, TableCostModel.of(seconds), rules(platform));
    }

    private Map<String, Double> seconds(Platform platform) {
        Map<String, Double> byKind = new LinkedHashMap<>();
        double work = chance(0.1) ? 0 : 0.1 + random.nextDouble();
        for (Device device : platform.devices()) {
            byKind.computeIfAbsent(device.kind(), kind -> work * (0.2 + random.nextDouble()));
        }
        return byKind;
    }

    private Scenario.Rules rules(Platform platform) {
        return new Scenario.Rules(
                chance(0.5) ? TransferMode.BLOCKING : TransferMode.OVERLAPPED,
                chance(0.25) ? StagesPerDevice.ANY : StagesPerDevice.ONE,
                chance(0.5) ? MemoryModel.PARAMETERS : MemoryModel.PARAMETERS_AND_ACTIVATIONS,
                chance(0.2) ? 1 + random.nextInt(platform.devices().size()) : Integer.MAX_VALUE,
                chance(0.3) ? IdlePolicy.ALL : IdlePolicy.PARTICIPATING);
    }

    private Tensor tensor(String name) {
        return Tensor.ofBytes(name, chance(0.1) ? 0 : 1 + random.nextInt(1000));
    }

    private List<Tensor> tensors(String name) {
        return chance(0.8) ? List.of(tensor(name)) : List.of(tensor(name + "a"), tensor(name + "b"));
    }

    private Layer layer(String prefix, int index, List<Tensor> reads, List<Tensor> writes) {
        Operator operator = OPERATORS.get(index % OPERATORS.size());
        return Layer.of(prefix + "l" + index, operator, reads, writes).withParameters(1, random.nextInt(1000));
    }

    private LayerGraph chain(String prefix, int layers) {
        List<Tensor> crossing = tensors(prefix + "x");
        LayerGraph.Builder graph = LayerGraph.builder(prefix + "chain");
        crossing.forEach(graph::input);
        for (int index = 0; index < layers; index++) {
            List<Tensor> writes = tensors(prefix + "y" + index);
            graph.add(layer(prefix, index, crossing, writes));
            crossing = writes;
        }
        return graph.build();
    }

    private LayerGraph dag(String prefix, int layers) {
        Tensor input = tensor(prefix + "x");
        LayerGraph.Builder graph = LayerGraph.builder(prefix + "dag").input(input);
        List<Tensor> written = new ArrayList<>(List.of(input));
        for (int index = 0; index < layers; index++) {
            List<Tensor> reads = new ArrayList<>();
            for (int each = random.nextInt(2); each < 2; each++) {
                int back = Math.min(written.size(), 1 + random.nextInt(3));
                Tensor chosen = written.get(written.size() - back);
                if (!reads.contains(chosen)) {
                    reads.add(chosen);
                }
            }
            List<Tensor> writes = tensors(prefix + "y" + index);
            graph.add(layer(prefix, index, reads, writes));
            written.addAll(writes);
        }
        return graph.build();
    }

    private Platform platform() {
        int count = 2 + random.nextInt(5);
        int kinds = 1 + random.nextInt(count);
        boolean limited = chance(0.4);
        boolean switched = chance(0.5);
        List<Device> templates = new ArrayList<>();
        for (int kind = 0; kind < kinds; kind++) {
            templates.add(new Device(
                    "k" + kind,
                    "k" + kind,
                    TIERS.get(kind % TIERS.size()),
                    limited && chance(0.7) ? 300 + random.nextInt(5000) : Device.UNLIMITED_MEMORY,
                    5 * random.nextDouble(),
                    random.nextDouble(),
                    random.nextDouble(),
                    switched ? 5 * random.nextDouble() : 0));
        }
        List<Device> devices = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            devices.add(named("d" + index, templates.get(index < kinds ? index : random.nextInt(kinds))));
        }
        return new Platform(devices, links(devices));
    }

    private static Device named(String name, Device template) {
        return new Device(
                name,
                template.kind(),
                template.tier(),
                template.memoryBytes(),
                template.activeWatts(),
                template.idleWatts(),
                template.pricePerSecond(),
                template.switchOnJoules());
    }

    private List<Link> links(List<Device> devices) {
        boolean sparse = chance(0.2);
        List<Link> links = new ArrayList<>();
        if (!sparse) {
            links.add(link(Link.ANY, Link.ANY));
        }
        for (Device from : devices) {
            for (Device to : devices) {
                if (!from.equals(to) && chance(sparse ? 0.85 : 0.3)) {
                    links.add(link(from.name(), to.name()));
                }
            }
        }
        return links;
    }

    private Link link(String from, String to) {
        double latencySeconds = chance(0.5) ? 0 : 0.1 * random.nextDouble();
        return Link.of(from, to, 300 + random.nextInt(3000), latencySeconds).withPower(power(), power());
    }

    private RadioPower power() {
        return new RadioPower(random.nextDouble(), 0.001 * random.nextDouble());
    }

    private Task task(String name, LayerGraph graph, List<Device> devices) {
        List<Layer> layers = graph.layers();
        Optional<String> source = chance(0.7) ? Optional.of(any(devices)) : Optional.empty();
        Optional<String> sink = chance(0.4) ? source : chance(0.5) ? Optional.of(any(devices)) : Optional.empty();
        Map<String, String> pinned = new LinkedHashMap<>();
        if (chance(0.25)) {
            pinned.put(layers.get(random.nextInt(layers.size())).name(), any(devices));
        }
        Map<String, String> colocated = new LinkedHashMap<>();
        if (chance(0.2)) {
            colocated.put(layers.get(layers.size() / 2).name(), "together");
            colocated.put(layers.get(random.nextInt(layers.size())).name(), "together");
        }
        int frames = 1 + random.nextInt(20);
        return new Task(name, graph, source, sink, frames, deadline(layers.size()), pinned, colocated);
    }

    /** One in ten cannot be met. */
    private Optional<Deadline> deadline(int layers) {
        if (chance(0.6)) {
            return Optional.empty();
        }
        double seconds = chance(0.1) ? 1e-4 : layers * (0.2 + 0.6 * random.nextDouble());
        return Optional.of(chance(0.5) ? Deadline.onMean(0.4 * seconds) : Deadline.onResponse(seconds));
    }

    private String any(List<Device> devices) {
        return devices.get(random.nextInt(devices.size())).name();
    }
}
