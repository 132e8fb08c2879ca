package io.github.codnn.planner;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.Plan;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.LocalImprovement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Plans several tasks for least energy with all devices, without those that take the most power while they wait, and
 * without more of these; improves the most promising plan with its devices; then a swarm with all devices starts from
 * the best one. A device that waits takes power until the last task is done, so that good plans with other devices in
 * use differ in most tasks, and a search from one to the other takes many evaluations. Fewer devices may need more
 * evaluations than others to keep all deadlines: a plan that misses some by little takes part if it needs less energy.
 * A heuristic.
 */
final class DeviceSubsets {

    private static final DblpsoMd LAST = DblpsoMd.withTaskJumps();
    private static final int MOST_SUBSETS = 3;
    private static final double SHARE = 0.13; // of the budget, for each search but the last
    private static final double MOST_VIOLATION = 0.5; // of a plan to improve
    private static final double TEMPERATURE = 0.03; // as a share of the value of a task
    private static final long FEWEST_EVALUATIONS = 1000; // for each task
    private static final int MOST_TASKS = 32; // plans of 64 were late as streams more often, and then worse
    private static final long MANY = Integer.MAX_VALUE;

    private final Strategy strategy;
    private final PhasedRun phases;
    private final int tasks;
    private final List<Found> found = new ArrayList<>();
    private Optional<Found> kept = Optional.empty(); // the best plan whose streams keep all deadlines
    private double left = 1; // of the budget

    /** The plan of a search with some devices. */
    private record Found(OffloadingProblem problem, Placement placement, double joules, double violation) {

        private static Found of(OffloadingProblem problem, Plan plan, double violation) {
            return new Found(problem, plan.placement(), PhasedRun.value(plan), violation);
        }

        private boolean isFeasible() {
            return violation == 0;
        }

        /** Returns the energy that the plan may have once it keeps all deadlines: a guess, for sorting. */
        private double expectedJoules() {
            return joules * (1 + violation);
        }
    }

    private DeviceSubsets(Strategy strategy, OffloadingProblem problem, SearchOptions options) {
        this.strategy = strategy;
        phases = new PhasedRun(problem, options);
        tasks = problem.compiled().taskCount();
    }

    /**
     * Searches with a strategy: with subsets of the devices if there are any, tasks are not too many, and the
     * evaluations are limited, but enough; else once.
     */
    static SearchResult search(Strategy strategy, OffloadingProblem problem, SearchOptions options) {
        long evaluations = PhasedRun.evaluationsLeft(problem, options, MANY);
        int tasks = problem.compiled().taskCount();
        boolean isEnough = evaluations >= FEWEST_EVALUATIONS * tasks && evaluations < MANY && tasks <= MOST_TASKS;
        List<OffloadingProblem> subsets = isEnough ? subsets(problem) : List.of();
        return subsets.isEmpty()
                ? strategy.search(problem, options)
                : new DeviceSubsets(strategy, problem, options).search(problem, subsets);
    }

    private SearchResult search(OffloadingProblem problem, List<OffloadingProblem> subsets) {
        phases.run("all devices", part -> keep(problem, strategy.search(problem, share(part))));
        for (OffloadingProblem subset : subsets) {
            left -= SHARE;
            phases.runOther("fewer devices", part -> keep(subset, strategy.search(subset, share(part))));
        }
        best(Found::expectedJoules).ifPresent(this::improve);
        kept.ifPresent(best -> phases.run(
                "best", part -> Auto.evaluate(problem, part, problem.evaluator().encode(best.placement))));
        found.removeIf(each -> !each.isFeasible());
        best(Found::joules)
                .ifPresent(best -> phases.run("DblpsoMd", part -> LAST.searchFrom(problem, part, best.placement)));
        return phases.result();
    }

    private Optional<Found> best(ToDoubleFunction<Found> joules) {
        return found.stream().min(Comparator.comparingDouble(joules));
    }

    /** Improves a plan with its devices. */
    private void improve(Found plan) {
        left -= SHARE;
        phases.runOther("LocalImprovement", part -> improve(plan, share(part)));
    }

    private SearchResult improve(Found plan, SearchOptions part) {
        int moves = (int) Math.max(1, PhasedRun.evaluationsLeft(plan.problem, part, MANY));
        LocalImprovement improvement =
                LocalImprovement.of(plan.placement).withMoves(moves).withTemperature(TEMPERATURE / tasks);
        return keep(plan.problem, improvement.search(plan.problem, part));
    }

    private SearchOptions share(SearchOptions rest) {
        return rest.withShare(Math.min(1, SHARE / left));
    }

    /** Keeps the best plan in closed form, or one that is nearly feasible, and the best one without a late stream. */
    private SearchResult keep(OffloadingProblem problem, SearchResult result) {
        result.late().or(result::best).map(plan -> Found.of(problem, plan, 0)).ifPresent(found::add);
        result.closest()
                .filter(plan -> result.late().isEmpty() && plan.metrics().impossible() == 0)
                .map(plan -> Found.of(problem, plan, plan.metrics().violation()))
                .filter(plan -> plan.violation <= MOST_VIOLATION)
                .ifPresent(found::add);
        kept = result.best()
                .map(plan -> Found.of(problem, plan, 0))
                .filter(each -> kept.isEmpty() || each.joules < kept.get().joules)
                .or(() -> kept);
        return result;
    }

    /** Returns the problem without the devices that take the most power while they wait, and without more of them. */
    private static List<OffloadingProblem> subsets(OffloadingProblem problem) {
        List<OffloadingProblem> subsets = new ArrayList<>();
        if (!problem.objective().equals(Optional.of(Objective.ENERGY))) {
            return subsets;
        }
        Scenario scenario = problem.compiled().scenario();
        double[] watts = watts(problem.compiled());
        Platform fewer = scenario.platform();
        for (int count = 1; count < MOST_SUBSETS; count++) {
            double most = Arrays.stream(watts).max().orElse(0);
            if (most == 0) {
                break;
            }
            for (int device = 0; device < watts.length; device++) {
                if (watts[device] == most) {
                    watts[device] = 0;
                    fewer = fewer.without(problem.devices().get(device));
                }
            }
            OffloadingProblem subset = OffloadingProblem.of(scenario.withPlatform(fewer), problem.fitness());
            subsets.add(subset.withoutLowerBound());
        }
        return subsets;
    }

    /** Returns what each device that may be left out takes while it waits; 0 for others, such as sources and sinks. */
    private static double[] watts(CompiledScenario compiled) {
        double[] watts = new double[compiled.deviceCount()];
        Arrays.setAll(watts, compiled.costs()::addedIdleWatts);
        for (int layer = 0; layer < compiled.layerCount(); layer++) {
            if (compiled.pinned(layer) >= 0) {
                watts[compiled.pinned(layer)] = 0;
            }
        }
        return watts;
    }
}
