package io.github.codnn.planner;

import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Plans that keep each task on one device: all tasks at their sources, where frames wait least for each other, or all
 * on one of the devices. The best of them that keeps its deadlines as a stream is the answer of a search that found
 * late plans only. One evaluation for each device and one more.
 */
final class WholeTasks {

    private static final String NAME = "WholeTasks";

    private WholeTasks() {}

    private record Candidate(Placement placement, Score score) {}

    /**
     * Looks for the best such plan.
     *
     * @param problem what to solve
     * @param expand makes a plan of the stated scenario, which is feasible only if its stream keeps the deadlines
     * @param options the options for what follows a search
     * @return the result; without a plan if none keeps all constraints or the time is up
     */
    static SearchResult search(OffloadingProblem problem, UnaryOperator<Plan> expand, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, NAME);
        List<Candidate> candidates = candidates(problem);
        run.addEvaluations(candidates.size() - 1L);
        for (Candidate candidate : candidates) {
            boolean isTimeUp = run.interruption().isPresent();
            if (isTimeUp || !candidate.score().isFeasible()) {
                break;
            }
            if (expand.apply(problem.plan(candidate.placement())).metrics().feasible()) {
                run.offer(candidate.placement());
                return run.finish(StopReason.COMPLETED).withPlans(expand);
            }
        }
        run.offer(candidates.get(0).placement());
        return run.finish(StopReason.COMPLETED).withPlans(expand);
    }

    /** All candidates, the best one in closed form first. */
    private static List<Candidate> candidates(OffloadingProblem problem) {
        List<Placement> placements = new ArrayList<>();
        placements.add(placement(
                problem, task -> task.source().orElse(problem.devices().get(0))));
        for (String device : problem.devices()) {
            placements.add(placement(problem, any -> device));
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Placement placement : placements) {
            Score score = Score.of(problem.evaluator().evaluate(placement), problem.fitness());
            candidates.add(new Candidate(placement, score));
        }
        Comparator<Candidate> better = (one, other) ->
                one.score().isBetterThan(other.score()) ? -1 : other.score().isBetterThan(one.score()) ? 1 : 0;
        candidates.sort(better);
        return candidates;
    }

    private static Placement placement(OffloadingProblem problem, Function<Task, String> device) {
        Map<String, String> devices = new HashMap<>();
        for (Task task : problem.scenario().workload().tasks()) {
            devices.put(task.name(), device.apply(task));
        }
        List<OffloadingProblem.TaskLayer> layers = problem.layers();
        return problem.placement(index -> devices.get(layers.get(index).task()));
    }
}
