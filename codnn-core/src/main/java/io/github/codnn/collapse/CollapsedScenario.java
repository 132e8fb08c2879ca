package io.github.codnn.collapse;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.Checks;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A scenario in which the network of every task is collapsed, and its original.
 *
 * <p>Blocks inherit the pinned devices and the groups of their layers. Up to rounding, a placement and its expansion
 * have the same metrics: blocks that read or write between their first and their last layer are evaluated layer by
 * layer ({@link io.github.codnn.plan.CompiledScenario#opened()}). A placement is feasible exactly if its expansion is,
 * but stages that return to a device may be counted differently. Simulations of several frames can differ, because
 * frames can interleave inside a block only in the original. A lower bound for the collapsed scenario holds for plans
 * that keep every block on one device: the original may have better plans.
 *
 * @param original the scenario before
 * @param scenario the scenario after
 * @param graphs the collapsed network of every task by its name
 */
public record CollapsedScenario(Scenario original, Scenario scenario, Map<String, CollapsedGraph> graphs) {

    /** Copies the components. */
    public CollapsedScenario {
        Objects.requireNonNull(original, "original");
        Objects.requireNonNull(scenario, "scenario");
        graphs = Checks.copyInOrder(graphs);
    }

    /**
     * Collapses the network of every task.
     *
     * @param scenario the scenario
     * @param collapser how to collapse
     * @return the collapsed scenario
     * @throws CodnnException if layers of one block are pinned to different devices
     */
    public static CollapsedScenario of(Scenario scenario, GraphCollapser collapser) {
        Map<String, CollapsedGraph> graphs = new LinkedHashMap<>();
        List<Task> tasks = new ArrayList<>();
        for (Task task : scenario.workload().tasks()) {
            CollapsedGraph collapsed = collapser.collapse(task.graph());
            graphs.put(task.name(), collapsed);
            tasks.add(new TaskCollapse(task, collapsed).collapsed());
        }
        return new CollapsedScenario(scenario, scenario.withWorkload(new Workload(tasks)), graphs);
    }

    /**
     * Expands a placement to the original scenario.
     *
     * @param placement where every layer of the collapsed scenario runs
     * @return where every layer of the original runs
     */
    public Placement expand(Placement placement) {
        Map<String, Map<String, String>> tasks = new LinkedHashMap<>();
        graphs.forEach((task, graph) -> tasks.put(task, graph.expand(placement.of(task))));
        return new Placement(tasks);
    }

    /**
     * Expands a plan to the original scenario.
     *
     * @param plan a plan for the collapsed scenario
     * @return the plan for the original, with the same record of its search
     */
    public Plan expand(Plan plan) {
        Plan expanded = PlanEvaluator.of(original).plan(expand(plan.placement()));
        return plan.run().map(expanded::withRun).orElse(expanded);
    }

    /** Transfers the placement rules of one task to its blocks. */
    private static final class TaskCollapse {

        private final Task task;
        private final CollapsedGraph graph;
        private final Map<String, String> pinned = new LinkedHashMap<>();
        private final Map<String, String> groups = new LinkedHashMap<>();
        private final Map<String, String> merged = new LinkedHashMap<>(); // groups that share a block are merged

        TaskCollapse(Task task, CollapsedGraph graph) {
            this.task = task;
            this.graph = graph;
        }

        Task collapsed() {
            graph.graph()
                    .layers()
                    .forEach(layer -> graph.layersOf(layer.name()).forEach(inner -> carryOver(inner, layer.name())));
            groups.replaceAll((layer, group) -> root(group));
            return task.withPinned(Map.of())
                    .withColocated(Map.of())
                    .withGraph(graph.graph())
                    .withPinned(pinned)
                    .withColocated(groups);
        }

        private void carryOver(String inner, String block) {
            String device = task.pinned().get(inner);
            if (device != null) {
                String before = pinned.putIfAbsent(block, device);
                if (before != null && !before.equals(device)) {
                    throw new CodnnException(
                            "Layer '" + inner + "' of task '" + task.name() + "' is pinned to '" + device
                                    + "', but its block '" + block + "' holds a layer pinned to '" + before
                                    + "'. Maybe plan without collapsing.");
                }
            }
            String group = task.colocated().get(inner);
            if (group != null) {
                String before = groups.putIfAbsent(block, group);
                if (before != null && !root(before).equals(root(group))) {
                    merged.put(root(group), root(before));
                }
            }
        }

        private String root(String group) {
            String root = group;
            for (String next = merged.get(root); next != null; next = merged.get(root)) {
                root = next;
            }
            return root;
        }
    }
}
