package io.github.codnn.plan;

import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Evaluates placements in closed form, for chains and DAGs, one task or many; {@link PlanMetrics} defines every figure.
 *
 * <p>One evaluation takes O(L + E + D) time for L layers, E tensor uses and D devices, plus O(D^2) for each task that
 * is not a chain where devices run one stage only, and allocates nothing. Exact up to rounding. Immutable and
 * thread-safe; each thread needs its own {@link Evaluation}.
 */
public final class PlanEvaluator {

    private final CompiledScenario compiled;

    private PlanEvaluator(CompiledScenario compiled) {
        this.compiled = compiled;
    }

    /**
     * Makes an evaluator.
     *
     * @param scenario the scenario
     * @return the evaluator
     * @throws io.github.codnn.CodnnException if the cost model has no cost for a layer on a device, or frames must go
     *     where no link leads
     */
    public static PlanEvaluator of(Scenario scenario) {
        return new PlanEvaluator(CompiledScenario.of(scenario));
    }

    /**
     * Returns the scenario as flat arrays.
     *
     * @return the compiled scenario
     */
    public CompiledScenario compiled() {
        return compiled;
    }

    /**
     * Returns a new working memory for one thread.
     *
     * @return an evaluation, to be filled by {@link Evaluation#evaluate}
     */
    public Evaluation newEvaluation() {
        return new Evaluation(compiled);
    }

    /**
     * Evaluates a placement once. Searches that evaluate many use {@link #newEvaluation()} instead.
     *
     * @param placement the placement
     * @return its metrics
     * @throws IllegalArgumentException if the placement does not fit the scenario
     */
    public MetricsSnapshot evaluate(Placement placement) {
        Evaluation evaluation = newEvaluation();
        evaluation.evaluate(encode(placement));
        return evaluation.snapshot();
    }

    /**
     * Makes the plan of a placement.
     *
     * @param placement the placement
     * @return the plan, without a record of a search
     * @throws IllegalArgumentException if the placement does not fit the scenario
     */
    public Plan plan(Placement placement) {
        int[] devices = encode(placement);
        Evaluation evaluation = newEvaluation();
        evaluation.evaluate(devices);
        return new Plan(compiled.scenario(), placement, stages(devices), evaluation.snapshot(), Optional.empty());
    }

    /**
     * Converts a placement from names to indices.
     *
     * @param placement the placement
     * @return the device of every layer, as {@link CompiledScenario} numbers them
     * @throws IllegalArgumentException if the placement does not fit the scenario
     */
    public int[] encode(Placement placement) {
        compiled.scenario().check(placement);
        Map<String, Integer> indices = new LinkedHashMap<>();
        compiled.scenario().deviceNames().forEach(name -> indices.put(name, indices.size()));
        int[] devices = new int[compiled.layerCount()];
        int layer = 0;
        for (Task task : compiled.scenario().workload().tasks()) {
            Map<String, String> deviceByLayer = placement.of(task.name());
            for (var each : task.graph().layers()) {
                devices[layer++] =
                        Objects.requireNonNull(indices.get(Objects.requireNonNull(deviceByLayer.get(each.name()))));
            }
        }
        return devices;
    }

    /**
     * Converts a placement from indices to names.
     *
     * @param devices the device of every layer
     * @return the placement
     */
    public Placement decode(int[] devices) {
        List<String> names = compiled.scenario().deviceNames();
        Map<String, Map<String, String>> tasks = new LinkedHashMap<>();
        int layer = 0;
        for (Task task : compiled.scenario().workload().tasks()) {
            Map<String, String> deviceByLayer = new LinkedHashMap<>();
            for (var each : task.graph().layers()) {
                deviceByLayer.put(each.name(), names.get(devices[layer++]));
            }
            tasks.put(task.name(), deviceByLayer);
        }
        return new Placement(tasks);
    }

    private List<Stage> stages(int[] devices) {
        List<Stage> stages = new ArrayList<>();
        List<String> names = compiled.scenario().deviceNames();
        for (int task = 0; task < compiled.taskCount(); task++) {
            if (compiled.isChain(task)) {
                addRuns(stages, names, task, devices);
            } else {
                addByDevice(stages, names, task, devices);
            }
        }
        return stages;
    }

    /** On a chain a stage is a run of layers on one device. */
    private void addRuns(List<Stage> stages, List<String> names, int task, int[] devices) {
        int start = compiled.firstLayer(task);
        for (int layer = start + 1; layer <= compiled.firstLayer(task + 1); layer++) {
            if (layer == compiled.firstLayer(task + 1) || devices[layer] != devices[start]) {
                List<Integer> run = new ArrayList<>();
                for (int each = start; each < layer; each++) {
                    run.add(each);
                }
                stages.add(stage(task, names.get(devices[start]), devices[start], run));
                start = layer;
            }
        }
    }

    /** On a DAG the layers of one stage need not be adjacent in the topological order. */
    private void addByDevice(List<Stage> stages, List<String> names, int task, int[] devices) {
        Map<Integer, List<Integer>> layersByDevice = new LinkedHashMap<>();
        for (int layer = compiled.firstLayer(task); layer < compiled.firstLayer(task + 1); layer++) {
            layersByDevice
                    .computeIfAbsent(devices[layer], any -> new ArrayList<>())
                    .add(layer);
        }
        layersByDevice.forEach((device, layers) -> stages.add(stage(task, names.get(device), device, layers)));
    }

    private Stage stage(int task, String name, int device, List<Integer> layers) {
        Task owner = compiled.scenario().workload().tasks().get(task);
        double seconds = 0;
        List<String> names = new ArrayList<>();
        for (int layer : layers) {
            seconds += compiled.arrays().seconds[layer * compiled.deviceCount() + device];
            names.add(owner.graph()
                    .layers()
                    .get(layer - compiled.firstLayer(task))
                    .name());
        }
        return new Stage(owner.name(), name, names, seconds);
    }
}
