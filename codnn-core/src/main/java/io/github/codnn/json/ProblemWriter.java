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

    /** Energies that are equal but for rounding. */
    private static final double TOLERANCE = 1e-9;

    private final Scenario scenario;
    private final Map<String, String> kindByDevice;

    private ProblemWriter(Scenario scenario) {
        this.scenario = scenario;
        kindByDevice = kinds();
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
     * kind.
     */
    private Map<String, String> kinds() {
        Map<String, List<Double>> timesByKind = new LinkedHashMap<>();
        Map<String, String> kinds = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        scenario.platform().devices().forEach(device -> taken.add(device.kind()));
        for (Device device : scenario.platform().devices()) {
            List<Double> times = new ArrayList<>();
            scenario.workload()
                    .tasks()
                    .forEach(task -> task.graph().layers().forEach(layer -> times.add(seconds(layer, device))));
            String kind = device.kind();
            if (!timesByKind.computeIfAbsent(kind, any -> times).equals(times)) {
                kind = device.kind() + "/" + device.name();
                while (!taken.add(kind)) {
                    kind += "'";
                }
            }
            kinds.put(device.name(), kind);
        }
        return kinds;
    }

    private double seconds(Layer layer, Device device) {
        Cost cost = scenario.costModel().compute(layer, device);
        if (cost.seconds() > Quantities.MAX_SECONDS) {
            return Double.POSITIVE_INFINITY; // it cannot run there
        }
        Cost written = Cost.atPower(cost.seconds(), device.activeWatts());
        if (differ(cost.joules(), written.joules())) {
            throw new CodnnException("Layer '" + layer.name() + "' takes " + cost.joules() + " J on device '"
                    + device.name() + "', but a problem file can only say " + written.joules()
                    + " J, its time times the device's active power. Maybe change activeWatts.");
        }
        return cost.seconds();
    }

    private void checkTransfers() {
        Set<Tensor> tensors = new HashSet<>();
        for (Task task : scenario.workload().tasks()) {
            tensors.addAll(tensors(task.graph()).keySet());
        }
        for (Link link : scenario.platform().links()) {
            for (Tensor tensor : tensors) {
                Cost cost = scenario.costModel().transfer(tensor, link);
                long bytes = tensor.bytes();
                boolean isPossible = cost.seconds() <= Quantities.MAX_SECONDS;
                if (isPossible != (link.seconds(bytes) <= Quantities.MAX_SECONDS)
                        || (isPossible && differ(cost.seconds(), link.seconds(bytes)))
                        || (isPossible && differ(cost.joules(), link.joules(bytes)))) {
                    throw new CodnnException(
                            "Tensor '" + tensor.name() + "' takes " + cost + " over link " + link.from()
                                    + " -> " + link.to() + ", but a problem file can only say " + link.seconds(bytes)
                                    + " s and "
                                    + link.joules(bytes) + " J, as the link has it");
                }
            }
        }
    }

    private static boolean differ(double first, double second) {
        return Math.abs(first - second) > TOLERANCE * Math.max(Math.abs(first), Math.abs(second));
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
        for (Device device : scenario.platform().devices()) {
            double time = seconds(layer, device);
            seconds.put(kindByDevice.get(device.name()), Double.isInfinite(time) ? null : (Double) time);
        }
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
        boolean delivered = graph.outputs().contains(tensor);
        boolean unread = to.isEmpty();
        if (delivered != unread || (unread && from.isEmpty())) {
            node.put("result", delivered);
        }
    }
}
