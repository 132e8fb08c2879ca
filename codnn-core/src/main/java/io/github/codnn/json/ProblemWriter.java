package io.github.codnn.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.JsonFiles;
import io.github.codnn.internal.Quantities;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Deadline;
import io.github.codnn.scenario.IdlePolicy;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes one problem: asks its cost model for every time, so that whoever reads the file needs no model. */
final class ProblemWriter {

    private final Scenario scenario;
    private final Map<String, String> kindByDevice;
    private final Map<String, Device> firstOfKind = new LinkedHashMap<>();

    private ProblemWriter(Scenario scenario) {
        this.scenario = scenario;
        kindByDevice = kinds();
        scenario.platform()
                .devices()
                .forEach(device ->
                        firstOfKind.putIfAbsent(kindByDevice.getOrDefault(device.name(), device.kind()), device));
    }

    static ObjectNode tree(Scenario scenario) {
        return new ProblemWriter(scenario).tree();
    }

    private ObjectNode tree() {
        checkTransfers();
        Scenario.Rules rules = scenario.rules();
        ObjectNode root = JsonFiles.object()
                .put("format", ProblemReader.FORMAT)
                .put("name", scenario.name())
                .put("transfers", rules.transfers().name())
                .put("stagesPerDevice", rules.stagesPerDevice().name())
                .put("memory", rules.memory().name());
        if (rules.maxDevices() < Integer.MAX_VALUE) {
            root.put("maxDevices", rules.maxDevices());
        }
        if (rules.idle() != IdlePolicy.PARTICIPATING) {
            root.put("idle", rules.idle().name());
        }
        List<Device> devices = scenario.platform().devices().stream()
                .map(device -> new Device(
                        device.name(),
                        kindByDevice.getOrDefault(device.name(), device.kind()),
                        device.tier(),
                        device.memoryBytes(),
                        device.activeWatts(),
                        device.idleWatts(),
                        device.pricePerSecond(),
                        device.switchOnJoules(),
                        device.endpoint()))
                .toList();
        Platform platform = scenario.platform();
        PlatformFields.write(new Platform(devices, platform.links(), platform.media()), root);
        ArrayNode tasks = root.putArray("tasks");
        scenario.workload().tasks().forEach(task -> writeTask(task, tasks.addObject()));
        return root;
    }

    /**
     * Returns a kind for every device: its own kind, unless the cost model has different costs for devices of that
     * kind. Energies that follow from the time and the power of each device are not different costs.
     */
    private Map<String, String> kinds() {
        Map<String, List<Double>> costsByKind = new LinkedHashMap<>();
        Map<String, String> kinds = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        scenario.platform().devices().forEach(device -> taken.add(device.kind()));
        for (Device device : scenario.platform().devices()) {
            List<Double> costs = new ArrayList<>();
            scenario.workload()
                    .tasks()
                    .forEach(task -> task.graph().layers().forEach(layer -> {
                        Cost cost = scenario.costModel().compute(layer, device);
                        costs.add(seconds(cost));
                        costs.add(measuredJoules(cost, device));
                    }));
            String kind = device.kind();
            if (!costsByKind.computeIfAbsent(kind, any -> costs).equals(costs)) {
                kind = device.kind() + "/" + device.name();
                while (!taken.add(kind)) {
                    kind += "'";
                }
            }
            kinds.put(device.name(), kind);
        }
        return kinds;
    }

    /** Returns the time of a layer, infinite if it cannot run. */
    private static double seconds(Cost cost) {
        return cost.seconds() > Quantities.MAX_SECONDS ? Double.POSITIVE_INFINITY : cost.seconds();
    }

    /** Returns the energy of a layer, NaN if it follows from its time and the power of the device. */
    private static double measuredJoules(Cost cost, Device device) {
        boolean runs = cost.seconds() <= Quantities.MAX_SECONDS;
        boolean isMeasured = runs && JoulesField.differ(cost.joules(), cost.seconds() * device.activeWatts());
        return isMeasured ? cost.joules() : Double.NaN;
    }

    /** Checks one tensor of each size: costs of transfers depend on shape and type only. */
    private void checkTransfers() {
        Map<List<Object>, Tensor> tensors = new LinkedHashMap<>();
        for (Task task : scenario.workload().tasks()) {
            tensors(task.graph())
                    .keySet()
                    .forEach(tensor -> tensors.putIfAbsent(
                            List.of(tensor.shape(), tensor.type(), tensor.transferBytes()), tensor));
        }
        for (Link link : scenario.platform().links()) {
            for (Tensor tensor : tensors.values()) {
                Cost cost = scenario.costModel().transfer(tensor, link);
                long bytes = tensor.transferBytes();
                boolean isPossible = cost.seconds() <= Quantities.MAX_SECONDS;
                if (isPossible != (link.seconds(bytes) <= Quantities.MAX_SECONDS)
                        || (isPossible && JoulesField.differ(cost.seconds(), link.seconds(bytes)))
                        || (isPossible && JoulesField.differ(cost.joules(), link.joules(bytes)))) {
                    throw new CodnnException(
                            "Tensor '" + tensor.name() + "' takes " + cost + " over link " + link.from()
                                    + " -> " + link.to() + ", but a problem file can only say " + link.seconds(bytes)
                                    + " s and "
                                    + link.joules(bytes) + " J, as the link has it");
                }
            }
        }
    }

    private void writeTask(Task task, ObjectNode node) {
        node.put("name", task.name());
        LayerGraph graph = task.graph();
        if (!graph.name().equals(task.name())) {
            node.put("network", graph.name());
        }
        if (!graph.notices().isEmpty()) {
            graph.notices().forEach(node.putArray("notices")::add);
        }
        node.put("source", task.source().orElse(null)).put("sink", task.sink().orElse(null));
        node.put("frames", task.frames());
        node.put("deadlineSeconds", task.deadline().map(Deadline::seconds).orElse(null));
        task.deadline()
                .ifPresent(deadline ->
                        node.put("deadlineMeasure", deadline.measure().name()));
        ArrayNode layers = node.putArray("layers");
        graph.layers().forEach(layer -> writeLayer(task, layer, layers.addObject()));
        ArrayNode tensors = node.putArray("tensors");
        tensors(graph).forEach((tensor, from) -> writeTensor(graph, tensor, from, tensors.addObject()));
    }

    private void writeLayer(Task task, Layer layer, ObjectNode node) {
        node.put("name", layer.name()).put("memoryBytes", layer.parameterBytes());
        ObjectNode seconds = node.putObject("seconds");
        Map<String, Double> measured = new LinkedHashMap<>();
        firstOfKind.forEach((kind, device) -> {
            Cost cost = scenario.costModel().compute(layer, device);
            double time = seconds(cost);
            seconds.put(kind, Double.isInfinite(time) ? null : (Double) time);
            double joules = measuredJoules(cost, device);
            if (!Double.isNaN(joules)) {
                measured.put(kind, joules);
            }
        });
        JoulesField.write(measured, node);
        writeUnknownWork(layer, node);
        String pinned = task.pinned().get(layer.name());
        if (pinned != null) {
            node.put("pinned", pinned);
        }
        String group = task.colocated().get(layer.name());
        if (group != null) {
            node.put("colocate", group);
        }
    }

    private void writeUnknownWork(Layer layer, ObjectNode node) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Device device : scenario.platform().devices()) {
            scenario.costModel()
                    .unknownWork(layer, device)
                    .ifPresent(reason -> reasons.put(kindByDevice.getOrDefault(device.name(), device.kind()), reason));
        }
        if (!reasons.isEmpty()) {
            ObjectNode unknown = node.putObject("unknownWork");
            reasons.forEach(unknown::put);
        }
    }

    /** Returns every tensor with the name of the layer that writes it, blank for inputs of the network. */
    private static Map<Tensor, String> tensors(LayerGraph graph) {
        Map<Tensor, String> tensors = new LinkedHashMap<>();
        graph.inputs().forEach(input -> tensors.put(input, ""));
        graph.layers().forEach(layer -> layer.outputs().forEach(output -> tensors.put(output, layer.name())));
        return tensors;
    }

    private static void writeTensor(LayerGraph graph, Tensor tensor, String from, ObjectNode node) {
        node.put("name", tensor.name()).put("from", from.isEmpty() ? null : from);
        ArrayNode to = node.putArray("to");
        graph.consumersOf(tensor.name())
                .forEach(layer -> to.add(graph.layers().get(layer).name()));
        node.put("bytes", tensor.bytes());
        if (tensor.transferBytes() != tensor.bytes()) {
            node.put("transferBytes", tensor.transferBytes());
        }
        boolean delivered = graph.delivers(tensor);
        boolean unread = to.isEmpty();
        if (delivered != unread || (unread && from.isEmpty())) {
            node.put("result", delivered);
        }
    }
}
