package io.github.codnn.replan;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.adapt.AdaptivePlanner;
import io.github.codnn.onnx.OnnxSplitter;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Fitness;
import io.github.codnn.run.Replanning;
import io.github.codnn.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Plans the problem of a plan again for the devices that are left, with the same objective, and splits the model. The
 * other devices stay on the platform, since frames may come from one and results go to one, but run no layers. The same
 * devices give the same plan unless the search takes more than ten seconds. For one run, not thread-safe.
 */
public final class Replanner implements Replanning, AutoCloseable {

    /** Frames wait meanwhile. */
    private static final StopRule STOP_RULE =
            StopRule.evaluations(SearchOptions.DEFAULT_EVALUATIONS).or(StopRule.elapsed(Duration.ofSeconds(10)));

    private final Plan plan;
    private final Path model;
    private final Optional<String> task;
    private final OnnxSplitter splitter;
    private final Fitness fitness;
    private final Path temporary;
    private int pipelines;

    /**
     * Prepares to plan again, and makes a temporary folder.
     *
     * @param plan the plan that the run starts with
     * @param model the ONNX file that the plan was made from
     * @param task the task whose model it is; empty if the plan has one task only
     * @param splitter how to split it
     * @param fitness what to minimise
     * @throws CodnnException if the folder cannot be made
     */
    public Replanner(Plan plan, Path model, Optional<String> task, OnnxSplitter splitter, Fitness fitness) {
        this.plan = plan;
        this.model = model;
        this.task = task;
        this.splitter = splitter;
        this.fitness = fitness;
        try {
            temporary = Files.createTempDirectory("codnn-split");
        } catch (IOException e) {
            throw new CodnnException("No temporary folder can be made: " + WholeFiles.reason(e), e);
        }
    }

    /**
     * Splits the model by the plan as it is.
     *
     * @return the folder, which lasts until this is closed
     * @throws CodnnException if the model is not that of the plan or cannot be split
     */
    public Path split() {
        return split(plan);
    }

    /** Splits the model by a plan of the same problem, maybe under other conditions. */
    Path split(Plan by) {
        Path folder = temporary.resolve("pipeline-" + ++pipelines);
        Plan named = by.withModels(plan.models());
        if (task.isPresent()) {
            splitter.split(model, named, task.get(), folder);
        } else {
            splitter.split(model, named, folder);
        }
        return folder;
    }

    /**
     * Returns the platform of the plan.
     *
     * @return the platform as described
     */
    public Platform platform() {
        return plan.scenario().platform();
    }

    /**
     * Returns what also moves the run to another plan as soon as that pays, planning anew with 2,000 evaluations for
     * each observation.
     *
     * @return what decides; it must not be used after this is closed
     * @throws CodnnException if a stage of the plan is served elsewhere
     */
    public Replanning adaptive() {
        return new AdaptiveReplanner(this, AdaptivePlanner.of(plan, fitness));
    }

    @Override
    public Path onto(Set<String> devices) {
        return split(planFor(plan.scenario(), devices));
    }

    /** Plans under some conditions for the devices that have a worker. */
    Plan planFor(Scenario conditions, Set<String> devices) {
        if (devices.isEmpty()) {
            throw new CodnnException("no device is left");
        }
        Scenario scenario = conditions.withCostModel(new PresentDevices(conditions.costModel(), devices));
        SearchResult result = Planner.withDefaults()
                .withOptions(SearchOptions.withDefaults().withStopRule(STOP_RULE))
                .plan(scenario, fitness);
        return result.best()
                .orElseThrow(() -> new CodnnException("none keeps all constraints on " + String.join(", ", devices)));
    }

    /** Deletes the folders. */
    @Override
    public void close() {
        try {
            MoreFiles.deleteRecursively(temporary, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
            // A temporary folder: the system removes what is left.
        }
    }
}
