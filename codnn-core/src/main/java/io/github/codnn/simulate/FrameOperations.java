package io.github.codnn.simulate;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.Quantities;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The operations of one frame of a task under a placement: its layers and transfers, in the order in which every
 * resource serves them.
 *
 * <p>Made from scenario and placement alone, without {@link CompiledScenario}, so that the simulator is an independent
 * check of {@link PlanEvaluator}.
 */
final class FrameOperations {

    /**
     * A layer or a transfer.
     *
     * @param name the name of the layer, or of the tensor that is sent
     * @param seconds its duration
     * @param joules its energy
     * @param link the link that it uses, as {@link #link} numbers it; {@link #NO_LINK} for a layer
     * @param resources the resources that it occupies: devices by index, then links, then media; the medium of a link
     *     stands for it
     * @param before the operations that must be complete before it starts: those that write its inputs, and the
     *     previous operation on each of its resources
     */
    record Operation(
            String name, double seconds, double joules, int link, List<Integer> resources, List<Integer> before) {

        boolean isTransfer() {
            return link != NO_LINK;
        }
    }

    private static final int NO_LINK = -1;

    private final Scenario scenario;
    private final Task task;
    private final Map<String, String> deviceByLayer;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<Integer, Integer> lastOnResource = new HashMap<>();
    private final Map<String, Map<String, Integer>> presence = new HashMap<>(); // by tensor and device

    private FrameOperations(Scenario scenario, Task task, Placement placement) {
        this.scenario = scenario;
        this.task = task;
        this.deviceByLayer = placement.of(task.name());
    }

    /**
     * Lists the operations of one frame.
     *
     * @param scenario the scenario
     * @param task the task
     * @param placement the device of every layer
     * @return the operations in topological order
     * @throws CodnnException if a transfer needs a link that does not exist
     */
    static List<Operation> of(Scenario scenario, Task task, Placement placement) {
        FrameOperations frame = new FrameOperations(scenario, task, placement);
        frame.build();
        return List.copyOf(frame.operations);
    }

    /** Returns the index of a link among the resources. */
    static int link(int from, int to, int devices) {
        return devices + from * devices + to;
    }

    /** Returns the names of what links share, in the order of the resources behind the links. */
    static List<String> media(Platform platform) {
        List<String> names = new ArrayList<>();
        for (Medium medium : platform.media()) {
            names.add(medium.name());
            names.add(medium.name() + " up");
            names.add(medium.name() + " down");
        }
        return names;
    }

    /** Returns the number of resources: devices, links and media. */
    static int resourceCount(Platform platform) {
        int devices = platform.devices().size();
        return link(devices, 0, devices) + media(platform).size();
    }

    /** Returns the names of all resources by index, links as {@code sender -> receiver}. */
    static List<String> names(Platform platform) {
        List<String> devices = platform.devices().stream().map(Device::name).toList();
        List<String> names = new ArrayList<>(devices);
        for (String from : devices) {
            for (String to : devices) {
                names.add(from + " -> " + to);
            }
        }
        names.addAll(media(platform));
        return names;
    }

    private void build() {
        LayerGraph graph = task.graph();
        for (Tensor input : graph.inputs()) {
            task.source().ifPresent(source -> distribute(input, source, Set.of()));
        }
        for (Layer layer : graph.layers()) {
            String device = deviceByLayer.getOrDefault(layer.name(), "");
            Cost cost = scenario.costModel().compute(layer, device(device));
            if (cost.seconds() > Quantities.MAX_SECONDS) {
                throw new CodnnException("Layer '" + layer.name() + "' of task '" + task.name() + "' cannot run on '"
                        + device + "'. Maybe place it elsewhere.");
            }
            Set<Integer> before = new TreeSet<>();
            for (Tensor input : layer.inputs()) {
                Integer arrival = presence.getOrDefault(input.name(), Map.of()).get(device);
                if (arrival != null) {
                    before.add(arrival);
                }
            }
            List<Integer> resources = List.of(scenario.platform().indexOf(device));
            int operation = add(layer.name(), cost, NO_LINK, resources, before);
            for (Tensor output : layer.outputs()) {
                presence.computeIfAbsent(output.name(), any -> new HashMap<>()).put(device, operation);
                distribute(output, device, Set.of(operation));
            }
        }
    }

    /** Sends a tensor to every other device that reads it, in the order of the readers, and to the sink. */
    private void distribute(Tensor tensor, String from, Set<Integer> writer) {
        Set<String> destinations = new LinkedHashSet<>();
        for (int reader : task.graph().consumersOf(tensor.name())) {
            destinations.add(
                    deviceByLayer.getOrDefault(task.graph().layers().get(reader).name(), ""));
        }
        if (task.graph().delivers(tensor)) {
            task.sink().ifPresent(destinations::add);
        }
        destinations.remove(from);
        for (String to : destinations) {
            Link link = scenario.platform()
                    .link(from, to)
                    .orElseThrow(() -> new CodnnException("Task '" + task.name() + "' must send tensor '"
                            + tensor.name() + "' from '" + from + "' to '" + to
                            + "', but no link leads there. Maybe add a link or place its layers elsewhere."));
            int sender = scenario.platform().indexOf(from);
            int receiver = scenario.platform().indexOf(to);
            int line = link(sender, receiver, scenario.platform().devices().size());
            // A medium serves all transfers of its links, so that a link is free whenever its medium is.
            int way = scenario.platform()
                    .sharedResource(from, to)
                    .map(this::medium)
                    .orElse(line);
            List<Integer> resources = scenario.rules().transfers() == TransferMode.BLOCKING
                    ? List.of(way, sender, receiver)
                    : List.of(way);
            Cost cost = scenario.costModel().transfer(tensor, link);
            if (cost.seconds() > Quantities.MAX_SECONDS) {
                throw new CodnnException("Tensor '" + tensor.name() + "' of task '" + task.name()
                        + "' is too large to be sent from '" + from + "' to '" + to
                        + "'. Maybe place its layers elsewhere.");
            }
            int operation = add(tensor.name(), cost, line, resources, writer);
            presence.computeIfAbsent(tensor.name(), any -> new HashMap<>()).put(to, operation);
        }
    }

    private int medium(String shared) {
        int devices = scenario.platform().devices().size();
        return link(devices, 0, devices) + media(scenario.platform()).indexOf(shared);
    }

    private int add(String name, Cost cost, int link, List<Integer> resources, Set<Integer> inputs) {
        Set<Integer> before = new TreeSet<>(inputs);
        int operation = operations.size();
        for (int resource : resources) {
            Integer previous = lastOnResource.put(resource, operation);
            if (previous != null) {
                before.add(previous);
            }
        }
        operations.add(new Operation(name, cost.seconds(), cost.joules(), link, resources, List.copyOf(before)));
        return operation;
    }

    private Device device(String name) {
        return scenario.platform().devices().get(scenario.platform().indexOf(name));
    }
}
