package io.github.codnn.report;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.Plan;
import io.github.codnn.platform.Device;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.text.Figures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Draws the networks of a plan. */
final class NetworkSource {

    private final Scenario scenario;
    private final Task task;
    private final LayerGraph graph;
    private final Map<String, String> deviceByLayer;
    private final List<String> devices;

    /** Two parts of one drawing. */
    private record Ends(int from, int to) {}

    private NetworkSource(Plan plan, Task task) {
        scenario = plan.scenario();
        this.task = task;
        graph = task.graph();
        deviceByLayer = plan.placement().of(task.name());
        devices = scenario.deviceNames();
    }

    /** Draws the network of each task. */
    static List<Drawing> of(Plan plan) {
        return plan.scenario().workload().tasks().stream()
                .map(task -> new NetworkSource(plan, task).drawing())
                .toList();
    }

    private Drawing drawing() {
        return draw(task.name(), NetworkTree.of(graph, deviceByLayer)).withShares(shares());
    }

    private Drawing draw(String title, List<NetworkTree.Part> parts) {
        List<Drawing.Node> nodes = new ArrayList<>();
        for (NetworkTree.Part part : parts) {
            Optional<Drawing> inside =
                    part.parts().isEmpty() ? Optional.empty() : Optional.of(draw(part.name(), part.parts()));
            nodes.add(node(part, inside));
        }
        return NetworkLayout.arranged(title, nodes, wires(parts));
    }

    private Drawing.Node node(NetworkTree.Part part, Optional<Drawing> inside) {
        double seconds = 0;
        long macs = 0;
        long weights = 0;
        Set<Integer> used = new LinkedHashSet<>();
        for (Layer layer : part.layers()) {
            int device = devices.indexOf(deviceByLayer.getOrDefault(layer.name(), ""));
            used.add(device);
            seconds += seconds(layer, device);
            macs = Math.addExact(macs, layer.macs());
            weights = Math.addExact(weights, layer.parameterBytes());
        }
        long out = part.layers().get(part.layers().size() - 1).outputBytes();
        String time = Cell.duration(seconds);
        String kind = part.parts().isEmpty() ? part.kind() : kind(part);
        String work = part.layers().stream().allMatch(NetworkTree::isMeasured) ? "" : Figures.count(macs) + " MACs, ";
        String detail = part.name() + ": " + (kind.isEmpty() ? "" : kind + " ") + "on " + names(used) + ", " + time
                + ", " + work + Figures.bytes(out) + " out, " + Figures.bytes(weights) + " weights";
        return new Drawing.Node(part.name(), kind, time, detail, List.copyOf(used), new Drawing.Point(0, 0), inside);
    }

    private static String kind(NetworkTree.Part part) {
        int count = part.layers().size();
        return part.kind().equals(NetworkTree.GROUP) ? count + " layers" : part.kind() + " ×" + count;
    }

    /** Returns which device takes which share of the computing time, in the order of the layers. */
    private List<Drawing.Share> shares() {
        List<Drawing.Share> shares = new ArrayList<>();
        for (Layer layer : graph.layers()) {
            int device = devices.indexOf(deviceByLayer.getOrDefault(layer.name(), ""));
            double seconds = seconds(layer, device);
            int last = shares.size() - 1;
            if (last >= 0 && shares.get(last).device() == device) {
                shares.set(last, new Drawing.Share(device, shares.get(last).seconds() + seconds));
            } else {
                shares.add(new Drawing.Share(device, seconds));
            }
        }
        return shares;
    }

    private double seconds(Layer layer, int device) {
        Device on = scenario.platform().devices().get(device);
        return scenario.costModel().compute(layer, on).seconds();
    }

    private String names(Set<Integer> used) {
        return String.join(" and ", used.stream().map(devices::get).toList());
    }

    /** Returns the tensors between parts, one wire for all tensors between the same two. */
    private List<Drawing.Wire> wires(List<NetworkTree.Part> parts) {
        Map<String, Integer> partOf = new HashMap<>();
        for (int part = 0; part < parts.size(); part++) {
            int index = part;
            parts.get(part).layers().forEach(layer -> partOf.put(layer.name(), index));
        }
        Map<Ends, Long> bytes = new LinkedHashMap<>();
        for (NetworkTree.Part part : parts) {
            for (Layer writer : part.layers()) {
                for (Tensor tensor : writer.outputs()) {
                    addReaders(writer, tensor, partOf, bytes);
                }
            }
        }
        List<Drawing.Wire> wires = new ArrayList<>();
        bytes.forEach((ends, sent) ->
                wires.add(new Drawing.Wire(ends.from, ends.to, sent > 0 ? Figures.bytes(sent) : "", List.of())));
        return wires;
    }

    private void addReaders(Layer writer, Tensor tensor, Map<String, Integer> partOf, Map<Ends, Long> bytes) {
        String device = deviceByLayer.getOrDefault(writer.name(), "");
        int from = partOf.getOrDefault(writer.name(), -1);
        Map<Integer, Long> leaves = new LinkedHashMap<>();
        for (int index : graph.consumersOf(tensor.name())) {
            String reader = graph.layers().get(index).name();
            Integer to = partOf.get(reader);
            if (to != null && to != from) {
                leaves.merge(to, sentBytes(tensor, device, deviceByLayer.getOrDefault(reader, "")), Math::max);
            }
        }
        leaves.forEach((to, sent) -> bytes.merge(new Ends(from, to), sent, Math::addExact));
    }

    /** Returns what a link carries for a tensor; 0 on one device. */
    private long sentBytes(Tensor tensor, String from, String to) {
        return from.equals(to)
                ? 0
                : scenario.platform()
                        .link(from, to)
                        .map(link -> link.wireBytes(tensor.transferBytes()))
                        .orElseGet(tensor::transferBytes);
    }
}
