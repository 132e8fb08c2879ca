package io.github.codnn.planner;

import io.github.codnn.baseline.Greedy;
import io.github.codnn.optimize.Progress;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.HomePlacement;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Plans the tasks one after the other, in the order of the workload, each with a strategy for a single task: a baseline
 * that ignores interactions between tasks. The layers of planned tasks are pinned to their devices, so that a task sees
 * the load of the tasks before it and not of those after it.
 *
 * <p>Each of K tasks gets a K-th of the iterations, evaluations and time of the stop rule; rules on the fitness see the
 * value of the tasks planned so far. Tasks that are not planned when the search ends stay on the devices where their
 * frames arise, and so do those whose search fails, with a notice in the plan. A heuristic; deterministic if its
 * strategy is. One iteration plans one task.
 *
 * @param strategy how a task is planned
 */
public record OneAfterAnother(Strategy strategy) implements Strategy {

    private static final Progress ONE_EVALUATION = Progress.before(0, 1, Duration.ZERO);

    /** Checks the component. */
    public OneAfterAnother {
        Objects.requireNonNull(strategy, "strategy");
    }

    /**
     * Plans each task with {@link Greedy}.
     *
     * @return the strategy
     */
    public static OneAfterAnother withDefaults() {
        return new OneAfterAnother(Greedy.withDefaults());
    }

    /**
     * Returns this strategy with another way to plan a task.
     *
     * @param newStrategy how a task is planned
     * @return the changed strategy
     */
    public OneAfterAnother withStrategy(Strategy newStrategy) {
        return new OneAfterAnother(newStrategy);
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        Scenario scenario = problem.scenario();
        int[] placement = HomePlacement.of(Arrangement.of(problem));
        List<Task> planned = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        Parts parts = Parts.ofUser(problem.fitness(), options.withListener(progress -> {}));
        // An evaluation of each share is for the placement of all tasks.
        SearchOptions partial = parts.options()
                .withShare(1.0 / scenario.workload().tasks().size())
                .after(ONE_EVALUATION);
        for (Task task : scenario.workload().tasks()) {
            planned.add(task);
            OffloadingProblem part = part(scenario.withWorkload(new Workload(planned)), problem);
            Optional<SearchResult> result =
                    parts.attempt("'" + task.name() + "'", () -> strategy.search(part, partial));
            run.addEvaluations(result.map(SearchResult::evaluations).orElseGet(parts::evaluationsOfFailed));
            Optional<Plan> plan = result.flatMap(SearchResult::bestOrClosest);
            if (plan.isPresent()) {
                int[] devices = part.evaluator().encode(plan.get().placement());
                notices.addAll(plan.get().run().map(RunRecord::notices).orElse(List.of()));
                System.arraycopy(devices, 0, placement, 0, devices.length);
            }
            // Where its plan has it, or where its frames arise.
            planned.set(planned.size() - 1, pin(task, problem.evaluator().decode(placement)));
            run.offer(placement);
            Optional<StopReason> stop = run.endIteration();
            if (stop.isPresent()) {
                return run.finish(stop.get()).withNotices(notices).withNotices(parts.notices());
            }
        }
        return run.finish(StopReason.COMPLETED).withNotices(notices).withNotices(parts.notices());
    }

    /** Returns the problem of the tasks so far; of many without a bound, which takes longer than the search. */
    private static OffloadingProblem part(Scenario scenario, OffloadingProblem whole) {
        OffloadingProblem part = OffloadingProblem.of(scenario, whole.fitness());
        return SharedDevices.has(whole) ? part.withoutLowerBound() : part;
    }

    private static Task pin(Task task, Placement placement) {
        return task.withPinned(placement.of(task.name()));
    }
}
