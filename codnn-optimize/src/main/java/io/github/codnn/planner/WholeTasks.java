package io.github.codnn.planner;

import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import io.github.codnn.plan.Violation;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plans with whole tasks on one device, for a search that found late plans only. First the late plan with tasks moved
 * to their sources until it keeps its deadlines as a stream: late tasks, else those that share their devices. Then
 * each task where it leaves all devices least busy, the largest first; then all tasks at their sources, and all on one
 * of the devices. A heuristic; at most one evaluation for each task and each device, and two more.
 */
final class WholeTasks {

    private static final String NAME = "WholeTasks";
    private static final int MOST_SIMULATIONS = 64; // of each kind of plans
    private static final int FEWEST = 8; // evaluations of tasks on one device, though none may be left

    private final OffloadingProblem problem;
    private final UnaryOperator<Plan> expand;
    private final SearchRun run;
    private final Placement atSources;
    private final Set<String> mayStay;

    private WholeTasks(OffloadingProblem problem, UnaryOperator<Plan> expand, SearchRun run) {
        this.problem = problem;
        this.expand = expand;
        this.run = run;
        Map<String, String> sources = new HashMap<>();
        tasks().forEach(task ->
                sources.put(task.name(), task.source().orElse(problem.devices().get(0))));
        atSources = placement(sources);
        Set<String> late = late(problem.evaluator().evaluate(atSources));
        mayStay = tasks().map(Task::name).filter(name -> !late.contains(name)).collect(Collectors.toSet());
    }

    /**
     * Looks for such a plan.
     *
     * @param problem what to solve
     * @param expand makes a plan of the stated scenario, which is feasible only if its stream keeps the deadlines
     * @param late a plan of the problem that is late
     * @param options the options for what follows a search
     * @return the result; without a feasible plan if none keeps all constraints or the time is up
     */
    static SearchResult search(
            OffloadingProblem problem, UnaryOperator<Plan> expand, Placement late, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, NAME);
        WholeTasks search = new WholeTasks(problem, expand, run);
        run.offer(search.relieved(late).or(search::spread).or(search::whole).orElse(search.atSources));
        return run.finish(StopReason.COMPLETED).withPlans(expand);
    }

    private Stream<Task> tasks() {
        return problem.scenario().workload().tasks().stream();
    }

    private boolean isFeasible(Placement placement) {
        return expand.apply(problem.plan(placement)).metrics().feasible();
    }

    private Optional<Placement> relieved(Placement late) {
        Map<String, Map<String, String>> devices = new HashMap<>(late.deviceByLayer());
        Set<String> movable = new HashSet<>(mayStay);
        for (int step = 0; step < MOST_SIMULATIONS && run.interruption().isEmpty(); step++) {
            Placement placement = new Placement(devices);
            MetricsSnapshot metrics = expand.apply(problem.plan(placement)).metrics();
            run.addEvaluations(1);
            if (metrics.feasible()) {
                return Optional.of(placement);
            }
            Set<String> next = next(late(metrics), devices, movable);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            movable.removeAll(next);
            next.forEach(task -> devices.put(task, atSources.of(task)));
        }
        return Optional.empty();
    }

    /** The late tasks that may stay at their sources, else the largest task that shares a device with a late one. */
    private Set<String> next(Set<String> late, Map<String, Map<String, String>> devices, Set<String> movable) {
        Set<String> own = late.stream().filter(movable::contains).collect(Collectors.toSet());
        if (!own.isEmpty()) {
            return own;
        }
        Set<String> crowded = late.stream()
                .flatMap(task -> devices.getOrDefault(task, Map.of()).values().stream())
                .collect(Collectors.toSet());
        return tasks().filter(task -> movable.contains(task.name()))
                .filter(task -> devices.getOrDefault(task.name(), Map.of()).values().stream()
                        .anyMatch(crowded::contains))
                .max(Comparator.comparingLong(task -> task.graph().macs()))
                .map(task -> Set.of(task.name()))
                .orElse(Set.of());
    }

    private static Set<String> late(MetricsSnapshot metrics) {
        return metrics.violations().stream()
                .filter(violation -> violation.constraint() == Violation.Constraint.DEADLINE)
                .map(Violation::subject)
                .collect(Collectors.toSet());
    }

    /** List scheduling: a device is busy by the sum of the times of its tasks, relative to their deadlines. */
    private Optional<Placement> spread() {
        CompiledScenario compiled = problem.compiled();
        int tasks = compiled.taskCount();
        double[][] shares = new double[tasks][compiled.deviceCount()];
        for (int task = 0; task < tasks; task++) {
            for (int device = 0; device < compiled.deviceCount(); device++) {
                shares[task][device] = share(compiled, task, device);
            }
        }
        double[] busy = new double[compiled.deviceCount()];
        int[] chosen = new int[tasks];
        IntStream.range(0, tasks)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        task -> -Arrays.stream(shares[task]).min().orElse(0)))
                .forEach(task -> {
                    chosen[task] = IntStream.range(0, busy.length)
                            .boxed()
                            .min(Comparator.comparingDouble(device -> busy[device] + shares[task][device]))
                            .orElse(0);
                    busy[chosen[task]] += shares[task][chosen[task]];
                });
        Map<String, String> devices = new HashMap<>();
        tasks().forEach(task -> devices.put(task.name(), problem.devices().get(chosen[devices.size()])));
        Placement placement = placement(devices);
        run.addEvaluations(1);
        return Optional.of(placement).filter(this::isFeasible);
    }

    private static double share(CompiledScenario compiled, int task, int device) {
        int end = task + 1 < compiled.taskCount() ? compiled.firstLayer(task + 1) : compiled.layerCount();
        double seconds = 0;
        for (int layer = compiled.firstLayer(task); layer < end; layer++) {
            seconds += compiled.isAllowed(layer, device) ? compiled.seconds(layer, device) : Double.POSITIVE_INFINITY;
        }
        double deadline = compiled.deadlineSeconds(task);
        return Double.isFinite(deadline) ? seconds / deadline : seconds;
    }

    /** The best in closed form of the plans that keep their deadlines as a stream. */
    private Optional<Placement> whole() {
        List<Placement> placements = new ArrayList<>(List.of(atSources));
        problem.devices().stream()
                .map(device -> Placement.allOn(problem.scenario().workload(), device))
                .forEach(placements::add);
        int affordable = (int) Math.max(FEWEST, run.evaluationsLeft(placements.size()));
        Map<Placement, Score> scores = new HashMap<>();
        for (Placement placement : placements.subList(0, Math.min(affordable, placements.size()))) {
            scores.put(placement, Score.of(problem.evaluator().evaluate(placement), problem.fitness()));
        }
        run.addEvaluations(scores.size());
        return placements.stream()
                .filter(placement -> scores.getOrDefault(placement, Score.NONE).isFeasible())
                .sorted(Comparator.comparingDouble(
                        placement -> scores.getOrDefault(placement, Score.NONE).value()))
                .limit(MOST_SIMULATIONS)
                .takeWhile(any -> run.interruption().isEmpty())
                .filter(this::isFeasible)
                .findFirst();
    }

    private Placement placement(Map<String, String> devices) {
        List<OffloadingProblem.TaskLayer> layers = problem.layers();
        return problem.placement(
                index -> Objects.requireNonNull(devices.get(layers.get(index).task())));
    }
}
