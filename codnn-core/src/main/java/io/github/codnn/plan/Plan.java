package io.github.codnn.plan;

import io.github.codnn.graph.ModelFile;
import io.github.codnn.internal.Checks;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A placement with its metrics and the record of the search that found it.
 *
 * @param scenario the problem
 * @param placement the device of every layer
 * @param stages the stages of each task, task by task
 * @param metrics the metrics of the placement
 * @param run the record of the search; empty for a placement made by hand
 * @param models the file of the network of each task, by name of the task, as far as it is known
 */
public record Plan(
        Scenario scenario,
        Placement placement,
        List<Stage> stages,
        MetricsSnapshot metrics,
        Optional<RunRecord> run,
        Map<String, ModelFile> models) {

    /** Copies the components. */
    public Plan {
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(placement, "placement");
        stages = List.copyOf(stages);
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(run, "run");
        models = Checks.copyInOrder(models);
        for (String task : models.keySet()) {
            placement.of(task);
        }
    }

    /**
     * Makes a plan of networks whose files are not known.
     *
     * @param scenario the problem
     * @param placement the device of every layer
     * @param stages the stages of each task, task by task
     * @param metrics the metrics of the placement
     * @param run the record of the search; empty for a placement made by hand
     */
    public Plan(
            Scenario scenario,
            Placement placement,
            List<Stage> stages,
            MetricsSnapshot metrics,
            Optional<RunRecord> run) {
        this(scenario, placement, stages, metrics, run, Map.of());
    }

    /**
     * Returns this plan with the files of its networks, so that it is not used for another model.
     *
     * @param files the file of the network of each task, by name of the task, as far as it is known
     * @return the changed plan
     */
    public Plan withModels(Map<String, ModelFile> files) {
        return new Plan(scenario, placement, stages, metrics, run, files);
    }

    /**
     * Returns what the readers of the networks assumed or left out, see {@link Scenario#notices()}, and what went wrong
     * within the search, see {@link RunRecord#notices()}.
     *
     * @return one sentence for each notice, each once
     */
    public List<String> notices() {
        Set<String> notices = new LinkedHashSet<>(scenario.notices());
        run.ifPresent(record -> notices.addAll(record.notices()));
        return List.copyOf(notices);
    }

    /**
     * Returns the part of the computing time that rests on work that the cost model does not know. Whoever states that
     * this plan is proven must state this too.
     *
     * @return the share and its layers, computed by every call in O(layers) time
     */
    public UnknownWork unknownWork() {
        return UnknownWork.of(scenario, placement);
    }

    /**
     * Returns how busy transfers keep the links and media.
     *
     * @return the loads, computed by every call in O(edges) time
     */
    public TransferLoads transferLoads() {
        return TransferLoads.of(scenario, placement, metrics);
    }

    /**
     * Returns this plan with a record of the search that found it.
     *
     * @param record the record
     * @return the changed plan
     */
    public Plan withRun(RunRecord record) {
        return new Plan(scenario, placement, stages, metrics, Optional.of(record), models);
    }

    /**
     * Returns this plan without a record of the search that found it.
     *
     * @return the plan as if made by hand
     */
    public Plan withoutRun() {
        return new Plan(scenario, placement, stages, metrics, Optional.empty(), models);
    }
}
