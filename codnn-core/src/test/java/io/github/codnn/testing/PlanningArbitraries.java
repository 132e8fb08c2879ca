package io.github.codnn.testing;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.RadioPower;
import io.github.codnn.platform.Tier;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.MemoryModel;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random networks, platforms, scenarios and placements for property tests, small enough to read when they fail and
 * shrinking to smaller ones.
 *
 * <p>Times come in steps of 1/64 s, 0.1 s or 1/3 s, so that some cases have many exact ties and others none; zero is
 * among them, as in published profiles.
 */
public final class PlanningArbitraries {

    private PlanningArbitraries() {}

    /**
     * A scenario with a placement that fits it.
     *
     * @param scenario the scenario
     * @param placement the placement
     */
    public record Case(Scenario scenario, Placement placement) {

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(scenario.rules() + "\n" + scenario.platform() + "\n");
            for (Task task : scenario.workload().tasks()) {
                text.append(task).append('\n');
                for (Layer layer : task.graph().layers()) {
                    text.append("  ").append(layer.name()).append(" on ");
                    text.append(placement.of(task.name()).get(layer.name()));
                    for (Device device : scenario.platform().devices()) {
                        text.append(' ')
                                .append(scenario.costModel()
                                        .compute(layer, device)
                                        .seconds());
                    }
                    text.append(" reads ").append(names(layer.inputs()));
                    text.append(" writes ").append(names(layer.outputs())).append('\n');
                }
            }
            return text.toString();
        }

        private static List<String> names(List<Tensor> tensors) {
            return tensors.stream()
                    .map(tensor -> tensor.name() + ":" + tensor.bytes())
                    .toList();
        }
    }

    /** What a random layer is made from: which of the tensors there are so far it reads, and what it writes. */
    private record LayerSpec(Set<Integer> reads, List<Integer> writes, int parameterBytes) {}

    /**
     * Networks of 1 to 9 layers that may branch, join, skip, read inputs late and deliver inner tensors.
     *
     * @return the networks
     */
    public static Arbitrary<LayerGraph> layerGraphs() {
        return layerGraphs("");
    }

    private static Arbitrary<LayerGraph> layerGraphs(String prefix) {
        Arbitrary<LayerSpec> layers = Combinators.combine(
                        Arbitraries.integers().between(0, 40).set().ofMaxSize(3),
                        bytes().list().ofMinSize(0).ofMaxSize(2),
                        Arbitraries.integers().between(0, 100))
                .as(LayerSpec::new);
        return Combinators.combine(
                        bytes().list().ofMinSize(1).ofMaxSize(2),
                        layers.list().ofMinSize(1).ofMaxSize(9),
                        Arbitraries.integers().between(0, 40).set().ofMaxSize(2))
                .as((inputs, specs, delivered) -> graph(prefix, inputs, specs, delivered));
    }

    /**
     * Networks of 1 to 9 layers, each of which feeds the next only.
     *
     * @return the chains
     */
    public static Arbitrary<LayerGraph> chains() {
        return chains("");
    }

    private static Arbitrary<LayerGraph> chains(String prefix) {
        return Combinators.combine(
                        bytes().list().ofMinSize(1).ofMaxSize(2),
                        bytes().list()
                                .ofMinSize(1)
                                .ofMaxSize(2)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(9))
                .as((inputs, outputs) -> chain(prefix, inputs, outputs));
    }

    private static Arbitrary<Integer> bytes() {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(1, Arbitraries.just(0)),
                net.jqwik.api.Tuple.of(6, Arbitraries.integers().between(1, 256)));
    }

    private static LayerGraph graph(
            String prefix, List<Integer> inputs, List<LayerSpec> specs, Set<Integer> delivered) {
        LayerGraph.Builder builder = LayerGraph.builder(prefix + "net");
        List<Tensor> tensors = new ArrayList<>();
        for (int bytes : inputs) {
            Tensor input = Tensor.ofBytes(prefix + "x" + tensors.size(), bytes);
            tensors.add(input);
            builder.input(input);
        }
        for (int index = 0; index < specs.size(); index++) {
            LayerSpec spec = specs.get(index);
            Set<Tensor> reads = new LinkedHashSet<>();
            spec.reads.forEach(read -> reads.add(tensors.get(read % tensors.size())));
            List<Tensor> writes = new ArrayList<>();
            for (int bytes : spec.writes) {
                writes.add(Tensor.ofBytes(prefix + "x" + (tensors.size() + writes.size()), bytes));
            }
            builder.add(layer(prefix + "l" + index, List.copyOf(reads), writes).withParameters(0, spec.parameterBytes));
            tensors.addAll(writes);
        }
        delivered.stream()
                .map(tensor -> tensors.get(tensor % tensors.size()).name())
                .distinct()
                .forEach(builder::output);
        return builder.build();
    }

    private static LayerGraph chain(String prefix, List<Integer> inputs, List<List<Integer>> outputs) {
        LayerGraph.Builder builder = LayerGraph.builder(prefix + "chain");
        List<Tensor> reads = new ArrayList<>();
        for (int bytes : inputs) {
            Tensor input = Tensor.ofBytes(prefix + "x" + reads.size(), bytes);
            reads.add(input);
            builder.input(input);
        }
        for (int index = 0; index < outputs.size(); index++) {
            List<Tensor> writes = new ArrayList<>();
            for (int bytes : outputs.get(index)) {
                writes.add(Tensor.ofBytes(prefix + "y" + index + "." + writes.size(), bytes));
            }
            builder.add(layer(prefix + "l" + index, reads, writes).withParameters(0, bytesOf(writes)));
            reads = writes;
        }
        return builder.build();
    }

    private static long bytesOf(List<Tensor> tensors) {
        return tensors.stream().mapToLong(Tensor::bytes).sum();
    }

    private static Layer layer(String name, List<Tensor> reads, List<Tensor> writes) {
        return Layer.of(name, new Operator.Other("Measured"), reads, writes);
    }

    /**
     * Platforms of 1 to 4 devices, each of a kind of its own, with a link between any two.
     *
     * @return the platforms
     */
    public static Arbitrary<Platform> platforms() {
        return platforms(Arbitraries.just(Set.of()));
    }

    /**
     * Platforms of 1 to 4 devices between some of which there is no link.
     *
     * @return the platforms
     */
    public static Arbitrary<Platform> sparsePlatforms() {
        return platforms(Arbitraries.integers().between(0, 11).set().ofMaxSize(6));
    }

    private static Arbitrary<Platform> platforms(Arbitrary<Set<Integer>> missing) {
        Arbitrary<List<Integer>> memory =
                Arbitraries.of(100, 300, 1000, Integer.MAX_VALUE).list().ofSize(4);
        Arbitrary<List<Double>> figures = Arbitraries.integers()
                .between(0, 8)
                .map(value -> value / 4.0)
                .list()
                .ofSize(16);
        Arbitrary<List<Integer>> rates =
                Arbitraries.of(64, 100, 128, 1000).list().ofSize(12);
        Arbitrary<List<Double>> latencies =
                Arbitraries.of(0.0, 0.0, 0.25, 0.1).list().ofSize(12);
        return Combinators.combine(Arbitraries.integers().between(1, 4), memory, figures, rates, latencies, missing)
                .as((count, bytes, watts, rate, latency, absent) -> {
                    List<Device> devices = new ArrayList<>();
                    for (int device = 0; device < count; device++) {
                        devices.add(new Device(
                                "d" + device,
                                "k" + device,
                                Tier.EDGE,
                                bytes.get(device) == Integer.MAX_VALUE ? Device.UNLIMITED_MEMORY : bytes.get(device),
                                watts.get(device) + watts.get(device + 4),
                                watts.get(device + 4),
                                watts.get(device + 8),
                                watts.get(device + 12)));
                    }
                    List<Link> links = new ArrayList<>();
                    int pair = 0;
                    for (int from = 0; from < count; from++) {
                        for (int to = 0; to < count; to++) {
                            if (from != to) {
                                if (!absent.contains(pair)) {
                                    links.add(Link.of("d" + from, "d" + to, rate.get(pair), latency.get(pair))
                                            .withPower(
                                                    new RadioPower(watts.get(pair) * 1000, watts.get(0)),
                                                    new RadioPower(0, watts.get(pair))));
                                }
                                pair++;
                            }
                        }
                    }
                    return new Platform(devices, links);
                });
    }

    /**
     * Scenarios of 1 to 3 tasks of any kind on one platform under any rules.
     *
     * @return the scenarios; on some of them, every placement is infeasible
     */
    public static Arbitrary<Scenario> scenarios() {
        return Arbitraries.integers().between(1, 3).flatMap(count -> scenarios(count, platforms(), false));
    }

    /**
     * Scenarios like {@link #scenarios()} where links may be missing, but not all that some frame needs.
     *
     * @return the scenarios
     */
    public static Arbitrary<Scenario> sparseScenarios() {
        return Arbitraries.integers().between(1, 2).flatMap(count -> scenarios(count, sparsePlatforms(), false));
    }

    /**
     * Scenarios of one task.
     *
     * @return the scenarios
     */
    public static Arbitrary<Scenario> oneTaskScenarios() {
        return scenarios(1, platforms(), false);
    }

    /**
     * Scenarios of one task whose network is a chain.
     *
     * @return the scenarios
     */
    public static Arbitrary<Scenario> oneChainScenarios() {
        return scenarios(1, platforms(), true);
    }

    private static Arbitrary<Scenario> scenarios(int count, Arbitrary<Platform> platforms, boolean chains) {
        Arbitrary<List<LayerGraph>> graphs = Arbitraries.just(List.of());
        for (int task = 0; task < count; task++) {
            String prefix = count == 1 ? "" : "t" + task + ".";
            Arbitrary<LayerGraph> graph =
                    chains ? chains(prefix) : Arbitraries.oneOf(List.of(layerGraphs(prefix), chains(prefix)));
            graphs = Combinators.combine(graphs, graph).as(PlanningArbitraries::append);
        }
        Arbitrary<List<Double>> times = Combinators.combine(
                        Arbitraries.of(1 / 64.0, 0.1, 1 / 3.0),
                        Arbitraries.integers().between(0, 64).list().ofSize(31))
                .as((step, steps) -> steps.stream().map(each -> each * step).toList());
        Arbitrary<List<Integer>> choices =
                Arbitraries.integers().between(0, 59).list().ofSize(18);
        return Combinators.combine(graphs, platforms, times, choices, rules())
                .as(PlanningArbitraries::scenario)
                .filter(PlanningArbitraries::compiles);
    }

    /** Missing links can part what is pinned, which compiling refuses. */
    private static boolean compiles(Scenario scenario) {
        try {
            PlanEvaluator.of(scenario);
            return true;
        } catch (CodnnException e) {
            return false;
        }
    }

    private static <T> List<T> append(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }

    private static Arbitrary<Scenario.Rules> rules() {
        return Combinators.combine(
                        Arbitraries.of(TransferMode.class),
                        Arbitraries.of(StagesPerDevice.class),
                        Arbitraries.of(MemoryModel.class),
                        Arbitraries.of(1, 2, 3, Integer.MAX_VALUE),
                        Arbitraries.of(IdlePolicy.class))
                .as(Scenario.Rules::new);
    }

    private static Scenario scenario(
            List<LayerGraph> graphs,
            Platform platform,
            List<Double> times,
            List<Integer> choices,
            Scenario.Rules rules) {
        Map<String, Map<String, Double>> table = new LinkedHashMap<>();
        List<Task> tasks = new ArrayList<>();
        int next = 0;
        for (int index = 0; index < graphs.size(); index++) {
            LayerGraph graph = graphs.get(index);
            for (Layer layer : graph.layers()) {
                Map<String, Double> byKind = new LinkedHashMap<>();
                for (Device device : platform.devices()) {
                    byKind.put(device.kind(), times.get(next++ % times.size()));
                }
                table.put(layer.name(), byKind);
            }
            tasks.add(task("t" + index, graph, platform, choices.subList(6 * index, 6 * index + 6)));
        }
        return new Scenario("random", new Workload(tasks), platform, TableCostModel.of(table), rules);
    }

    private static Task task(String name, LayerGraph graph, Platform platform, List<Integer> choices) {
        List<Device> devices = platform.devices();
        List<Layer> layers = graph.layers();
        Map<String, String> pinned = new LinkedHashMap<>();
        if (choices.get(4) < 12) {
            Layer layer = layers.get(choices.get(4) % layers.size());
            pinned.put(
                    layer.name(), devices.get(choices.get(5) % devices.size()).name());
        }
        Map<String, String> colocated = new LinkedHashMap<>();
        if (choices.get(5) < 12) {
            colocated.put(layers.get(choices.get(4) % layers.size()).name(), "group");
            colocated.put(layers.get(choices.get(5) % layers.size()).name(), "group");
        }
        return new Task(
                name,
                graph,
                end(devices, choices.get(0)),
                end(devices, choices.get(1)),
                1 + choices.get(2) % 40,
                deadline(choices.get(3)),
                pinned,
                colocated);
    }

    private static Optional<String> end(List<Device> devices, int choice) {
        return choice < 20
                ? Optional.empty()
                : Optional.of(devices.get(choice % devices.size()).name());
    }

    private static Optional<Deadline> deadline(int choice) {
        if (choice < 20) {
            return Optional.empty();
        }
        return Optional.of(choice % 2 == 0 ? Deadline.onMean(choice / 32.0) : Deadline.onResponse(choice / 32.0));
    }

    /**
     * Placements that put every layer anywhere.
     *
     * @param scenario the scenario
     * @return the placements
     */
    public static Arbitrary<Placement> placements(Scenario scenario) {
        int layers = scenario.workload().tasks().stream()
                .mapToInt(task -> task.graph().layers().size())
                .sum();
        return Arbitraries.integers()
                .between(0, scenario.platform().devices().size() - 1)
                .list()
                .ofSize(layers)
                .map(devices -> placement(scenario, devices));
    }

    /**
     * Placements that cut the layers of each task, in topological order, into runs on different devices.
     *
     * @param scenario the scenario
     * @return the placements; on chains, each device runs one stage
     */
    public static Arbitrary<Placement> stagePlacements(Scenario scenario) {
        int devices = scenario.platform().devices().size();
        List<Integer> all = new ArrayList<>();
        for (int device = 0; device < devices; device++) {
            all.add(device);
        }
        Arbitrary<Placement> placements = Arbitraries.just(new Placement(Map.of()));
        for (Task task : scenario.workload().tasks()) {
            int layers = task.graph().layers().size();
            Arbitrary<List<Integer>> oneTask = Combinators.combine(
                            Arbitraries.shuffle(all),
                            Arbitraries.integers().between(0, layers).list().ofSize(devices - 1))
                    .as((order, cuts) -> stages(layers, order, cuts));
            placements = Combinators.combine(placements, oneTask).as((others, stage) -> {
                Map<String, Map<String, String>> more = new LinkedHashMap<>(others.deviceByLayer());
                Task only = task;
                more.putAll(placement(scenario.withWorkload(Workload.of(only)), stage)
                        .deviceByLayer());
                return new Placement(more);
            });
        }
        return placements;
    }

    private static List<Integer> stages(int layers, List<Integer> order, List<Integer> cuts) {
        List<Integer> devices = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            int stage = 0;
            for (int cut : cuts) {
                stage += cut <= layer ? 1 : 0;
            }
            devices.add(order.get(stage));
        }
        return devices;
    }

    private static Placement placement(Scenario scenario, List<Integer> devices) {
        Map<String, Map<String, String>> tasks = new LinkedHashMap<>();
        int next = 0;
        for (Task task : scenario.workload().tasks()) {
            Map<String, String> deviceByLayer = new LinkedHashMap<>();
            for (Layer layer : task.graph().layers()) {
                deviceByLayer.put(
                        layer.name(),
                        scenario.platform().devices().get(devices.get(next++)).name());
            }
            tasks.put(task.name(), deviceByLayer);
        }
        return new Placement(tasks);
    }

    /**
     * Pairs scenarios with placements that put every layer anywhere.
     *
     * @param scenarios the scenarios
     * @return the cases
     */
    public static Arbitrary<Case> cases(Arbitrary<Scenario> scenarios) {
        return scenarios.flatMap(scenario -> placements(scenario).map(placement -> new Case(scenario, placement)));
    }

    /**
     * Pairs scenarios with placements in runs of layers on different devices.
     *
     * @param scenarios the scenarios
     * @return the cases
     */
    public static Arbitrary<Case> stageCases(Arbitrary<Scenario> scenarios) {
        return scenarios.flatMap(scenario -> stagePlacements(scenario).map(placement -> new Case(scenario, placement)));
    }
}
