package io.github.codnn.testproblems;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Deadline;
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
 * Small problems without a feasible plan, drawn from a seed: memory, deadlines, numbers of devices, pins, groups,
 * missing links and layers that cannot run somewhere are so tight that some or all of them break, alone and together.
 */
public final class InfeasibleProblems {

    private static final int MAX_PLACEMENTS = 1500;

    private final SplittableRandom random;

    private InfeasibleProblems(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Draws problems until one is accepted and has no feasible plan; returns that one. */
    public static OffloadingProblem of(long seed) {
        for (long attempt = 0; ; attempt++) {
            try {
                OffloadingProblem problem = new InfeasibleProblems(seed * 1009 + attempt).problem();
                if (!BruteForce.best(problem).isFeasible()) {
                    return problem;
                }
            } catch (CodnnException e) {
                // Frames must go where no link leads: the next one.
            }
        }
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private OffloadingProblem problem() {
        int taskCount = chance(0.7) ? 1 : 2;
        int deviceCount = 2 + random.nextInt(3);
        int most = (int) (Math.log(MAX_PLACEMENTS) / Math.log(deviceCount) / taskCount);
        List<Device> devices = new ArrayList<>();
        boolean tightMemory = chance(0.6);
        for (int index = 0; index < deviceCount; index++) {
            Device device = Device.of("d" + index, "k" + index);
            devices.add(tightMemory ? device.withMemoryBytes(1 + random.nextInt(600)) : device);
        }
        Map<String, Map<String, Double>> times = new LinkedHashMap<>();
        List<Task> tasks = new ArrayList<>();
        for (int task = 0; task < taskCount; task++) {
            LayerGraph graph = graph("t" + task, 2 + random.nextInt(Math.max(1, most - 1)));
            boolean forbids = chance(0.3);
            for (Layer layer : graph.layers()) {
                Map<String, Double> byKind = new LinkedHashMap<>();
                devices.forEach(device -> byKind.put(
                        device.kind(),
                        forbids && chance(0.4) ? Double.POSITIVE_INFINITY : 0.01 * (1 + random.nextInt(20))));
                times.put(layer.name(), byKind);
            }
            tasks.add(task("t" + task, graph, devices));
        }
        Scenario.Rules rules = Scenario.Rules.DEFAULT
                .withTransfers(chance(0.5) ? TransferMode.BLOCKING : TransferMode.OVERLAPPED)
                .withStagesPerDevice(chance(0.7) ? StagesPerDevice.ONE : StagesPerDevice.ANY)
                .withMemory(chance(0.5) ? MemoryModel.PARAMETERS : MemoryModel.PARAMETERS_AND_ACTIVATIONS)
                .withMaxDevices(chance(0.3) ? 1 : deviceCount);
        Scenario scenario = new Scenario(
                "infeasible",
                new Workload(tasks),
                new Platform(devices, links(devices)),
                TableCostModel.of(times),
                rules);
        Objective[] objectives = Objective.values();
        return OffloadingProblem.of(scenario, objectives[random.nextInt(objectives.length)]);
    }

    private LayerGraph graph(String task, int layers) {
        boolean isChain = chance(0.6);
        Tensor input = Tensor.ofBytes(task + "x", random.nextInt(500));
        List<Tensor> written = new ArrayList<>(List.of(input));
        LayerGraph.Builder graph = LayerGraph.builder(task).input(input);
        for (int index = 0; index < layers; index++) {
            List<Tensor> inputs = new ArrayList<>(List.of(written.get(written.size() - 1)));
            Tensor other = written.get(random.nextInt(written.size()));
            if (!isChain && chance(0.5) && !inputs.contains(other)) {
                inputs.add(other);
            }
            Tensor output = Tensor.ofBytes(task + "x" + index, random.nextInt(500));
            graph.add(Layer.of(task + "l" + index, new Operator.Activation("Relu"), inputs, List.of(output))
                    .withParameters(1, random.nextInt(400)));
            written.add(output);
        }
        return graph.build();
    }

    private Task task(String name, LayerGraph graph, List<Device> devices) {
        Map<String, String> pinned = new LinkedHashMap<>();
        Map<String, String> groups = new LinkedHashMap<>();
        boolean pins = chance(0.3);
        boolean colocated = chance(0.2);
        for (Layer layer : graph.layers()) {
            if (pins && chance(0.4)) {
                pinned.put(layer.name(), any(devices));
            }
            if (colocated && chance(0.5)) {
                groups.put(layer.name(), "g");
            }
        }
        double limit = 0.02 + 0.3 * random.nextDouble();
        Deadline deadline = chance(0.5) ? Deadline.onMean(limit) : Deadline.onResponse(limit);
        return new Task(
                name,
                graph,
                chance(0.6) ? Optional.of(any(devices)) : Optional.empty(),
                chance(0.5) ? Optional.of(any(devices)) : Optional.empty(),
                1 + random.nextInt(30),
                chance(0.6) ? Optional.of(deadline) : Optional.empty(),
                pinned,
                groups);
    }

    private String any(List<Device> devices) {
        return devices.get(random.nextInt(devices.size())).name();
    }

    private List<Link> links(List<Device> devices) {
        List<Link> links = new ArrayList<>();
        double density = chance(0.6) ? 1 : 0.4;
        for (Device from : devices) {
            for (Device to : devices) {
                if (!from.equals(to) && chance(density)) {
                    links.add(Link.of(from.name(), to.name(), 5000 + random.nextInt(50_000), chance(0.5) ? 0 : 0.01));
                }
            }
        }
        return links;
    }
}
