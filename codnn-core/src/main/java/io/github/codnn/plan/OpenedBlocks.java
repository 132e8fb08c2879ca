package io.github.codnn.plan;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.platform.Device;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces those blocks that cannot be evaluated as a single layer by their layers, so that a placement of blocks costs
 * exactly what the same placement of their layers costs.
 *
 * <p>A block is closed if its first layer reads its only input and its last layer writes its only output: it then
 * runs without a gap from the arrival of its input until its output is sent. Any other block is opened: its first
 * layers need not wait for a late input such as an attention mask, an inner result can be sent before the block is
 * complete, and a second input is not in memory before it is used. A block that has a cost of its own,
 * other than that of its layers, stays closed, and so do blocks whose layers or tensors have the same names.
 */
public final class OpenedBlocks {

    private final Scenario original;
    private final List<Task> tasks = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();
    private int owner;

    private OpenedBlocks(Scenario original) {
        this.original = original;
        original.workload().tasks().forEach(task -> tasks.add(open(task)));
    }

    /**
     * Opens the blocks of a scenario.
     *
     * @param scenario the scenario
     * @return the scenario with layers instead of opened blocks
     */
    public static OpenedBlocks of(Scenario scenario) {
        return new OpenedBlocks(scenario);
    }

    /** Tells whether no block was opened. */
    boolean isEmpty() {
        return owners.size() == owner;
    }

    /**
     * Returns the scenario with layers instead of opened blocks; the layers of one block are colocated.
     *
     * @return the scenario, the original one if no block was opened
     */
    public Scenario scenario() {
        return isEmpty() ? original : original.withWorkload(new Workload(tasks));
    }

    /** Returns for each layer of the opened scenario the layer of the original scenario that contains it. */
    int[] owners() {
        return owners.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Returns the placement of the layers of the opened scenario.
     *
     * @param placement a placement of the layers of the original scenario
     * @return the placement, in which all layers of a block are where the block was
     */
    public Placement placement(Placement placement) {
        Map<String, Map<String, String>> places = new LinkedHashMap<>();
        int layer = 0;
        int first = 0;
        for (int index = 0; index < tasks.size(); index++) {
            Task before = original.workload().tasks().get(index);
            Map<String, String> deviceByLayer = placement.of(before.name());
            Map<String, String> opened = new LinkedHashMap<>();
            for (Layer step : tasks.get(index).graph().layers()) {
                Layer block = before.graph().layers().get(owners.get(layer++) - first);
                opened.put(step.name(), deviceByLayer.getOrDefault(block.name(), ""));
            }
            first += before.graph().layers().size();
            places.put(before.name(), opened);
        }
        return new Placement(places);
    }

    private Task open(Task task) {
        LayerGraph graph = task.graph();
        List<List<Layer>> steps = graph.layers().stream().map(this::steps).toList();
        boolean unchanged = steps.stream().allMatch(each -> each.size() == 1);
        if (unchanged || !areNamesUnique(graph, steps)) {
            graph.layers().forEach(layer -> owners.add(owner++));
            return task;
        }
        LayerGraph.Builder opened = LayerGraph.builder(graph.name());
        graph.inputs().forEach(opened::input);
        for (List<Layer> ofLayer : steps) {
            for (Layer step : ofLayer) {
                opened.add(step);
                owners.add(owner);
            }
            owner++;
        }
        graph.outputs().forEach(output -> opened.output(output.name()));
        return task.withPinned(Map.of())
                .withColocated(Map.of())
                .withGraph(opened.build().withNotices(graph.notices()))
                .withPinned(pinned(task, steps))
                .withColocated(groups(task, steps));
    }

    private static Map<String, String> pinned(Task task, List<List<Layer>> steps) {
        Map<String, String> pinned = new LinkedHashMap<>();
        for (int index = 0; index < steps.size(); index++) {
            String device = task.pinned().get(task.graph().layers().get(index).name());
            if (device != null) {
                steps.get(index).forEach(step -> pinned.put(step.name(), device));
            }
        }
        return pinned;
    }

    /** Returns the groups of all layers; the layers of an opened block are a group of their own by default. */
    private static Map<String, String> groups(Task task, List<List<Layer>> steps) {
        Map<String, String> groups = new LinkedHashMap<>();
        for (int index = 0; index < steps.size(); index++) {
            String name = task.graph().layers().get(index).name();
            String group = task.colocated().get(name);
            if (group != null || steps.get(index).size() > 1) {
                String ofSteps = group == null ? "block " + name : group;
                steps.get(index).forEach(step -> groups.put(step.name(), ofSteps));
            }
        }
        return groups;
    }

    /**
     * Tells whether names are unique across blocks; otherwise the blocks cannot be opened in one graph.
     */
    private static boolean areNamesUnique(LayerGraph graph, List<List<Layer>> steps) {
        Set<String> layers = new HashSet<>();
        Set<String> tensors = new HashSet<>();
        graph.inputs().forEach(input -> tensors.add(input.name()));
        return steps.stream()
                .flatMap(List::stream)
                .allMatch(step -> layers.add(step.name())
                        && step.outputs().stream().allMatch(output -> tensors.add(output.name())));
    }

    private List<Layer> steps(Layer layer) {
        if (!(layer.operator() instanceof Operator.Block block) || isClosed(block.body()) || hasOwnCost(layer, block)) {
            return List.of(layer);
        }
        List<Layer> steps = new ArrayList<>();
        block.body().layers().forEach(inner -> steps.addAll(steps(inner)));
        return steps;
    }

    private static boolean isClosed(LayerGraph body) {
        Layer first = body.layers().get(0);
        Layer last = body.layers().get(body.layers().size() - 1);
        return Set.copyOf(body.inputs()).equals(new LinkedHashSet<>(first.inputs()))
                && body.inputs().size() == 1
                && body.outputs().size() == 1
                && last.outputs().contains(body.outputs().get(0));
    }

    private boolean hasOwnCost(Layer layer, Operator.Block block) {
        for (Device device : original.platform().devices()) {
            double whole = original.costModel().compute(layer, device).seconds();
            double sum = 0;
            try {
                for (Layer inner : block.body().layers()) {
                    sum += original.costModel().compute(inner, device).seconds();
                }
            } catch (CodnnException e) {
                return true; // only the block as a whole was measured
            }
            if (Math.abs(whole - sum) > 1e-9 * Math.max(whole, sum)) {
                return true;
            }
        }
        return false;
    }
}
