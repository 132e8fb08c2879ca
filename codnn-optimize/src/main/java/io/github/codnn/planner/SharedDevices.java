package io.github.codnn.planner;

import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.LocalImprovement;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How {@link Auto} plans several tasks that share devices. Nearly all of the budget goes to {@link DblpsoMd} on chains,
 * where an evaluation takes no time for each layer; networks that are no chains are planned as chains of blocks. Then
 * single layers move from the best plan of blocks, but not so many that this takes longer than the swarm. Where
 * streams decide on deadlines, the swarm keeps a small margin in closed form, and what is left goes to {@link
 * StreamRelief} without it.
 */
final class SharedDevices {

    private static final long MAX_SMALL = 300; // pairs of a layer and a device
    private static final double MAX_LAYERS = 3e6; // evaluated layer by layer in all moves: about a second
    private static final int MAX_MOVES = 20_000;
    private static final double TEMPERATURE = 0.01; // as a share of the value of a task
    private static final double LITTLE = 0.025; // of the budget, left to single layers
    private static final double MUCH = 0.1;

    private static final double MARGIN = 0.985; // of each deadline, in closed form
    private static final double BEFORE_RELIEF = 0.9; // of the budget
    private static final double SHARE_OF_MARGIN = 0.5; // of the budget, where no plan keeps the margin

    private static final Strategy SWARM = DblpsoMd.withTaskJumps();

    private SharedDevices() {}

    /** Tells whether several tasks have so many layers and devices that jumps of tasks need most of the budget. */
    static boolean has(OffloadingProblem problem) {
        long pairs = (long) problem.layerCount() * problem.deviceCount();
        return problem.compiled().taskCount() > 1 && pairs > MAX_SMALL;
    }

    /** Tells whether all networks are chains. */
    static boolean areChains(OffloadingProblem problem) {
        int tasks = problem.compiled().taskCount();
        return IntStream.range(0, tasks).allMatch(problem.compiled()::isChain);
    }

    /** Searches layer by layer. */
    static void search(OffloadingProblem problem, PhasedRun phases) {
        phases.run("DblpsoMd", part -> swarm(problem, part));
    }

    /** Searches in blocks, then moves single layers. */
    static void search(OffloadingProblem problem, CollapsedScenario blocks, PhasedRun phases) {
        int moves = (int) Math.max(1, Math.min(MAX_MOVES, MAX_LAYERS / problem.layerCount()));
        double share = 1 - (phases.leaves(moves / LITTLE) ? LITTLE : MUCH);
        OffloadingProblem coarse = OffloadingProblem.of(blocks.scenario(), problem.fitness());
        phases.runOther("blocks", options -> swarm(coarse, options.withShare(share)))
                .ifPresent(result -> phases.run("Blocks", part -> expand(problem, blocks, result, part)));
        double temperature = TEMPERATURE / problem.compiled().taskCount();
        phases.runFromBest(
                "LocalImprovement",
                (part, start) -> improve(start, moves, temperature).search(problem, part));
    }

    /** Searches with a margin of the deadlines, which streams miss by little, then without. */
    private static SearchResult swarm(OffloadingProblem problem, SearchOptions options) {
        if (!problem.hasStreamDeadlines()) {
            return SWARM.search(problem, options);
        }
        double bound = SearchRun.start(problem, options, "Auto").lowerBound(); // the tight problem takes it over
        OffloadingProblem tight = problem.withTightDeadlines(
                Collections.nCopies(problem.compiled().taskCount(), MARGIN));
        SearchOptions part = options.withShare(BEFORE_RELIEF).withShareIfInfeasible(SHARE_OF_MARGIN);
        SearchResult first = open(SWARM.search(tight, part), bound);
        if (first.late().or(first::best).isPresent()) {
            return open(new StreamRelief(problem, plan -> plan).search(first, MARGIN, options), bound);
        }
        SearchOptions rest = Closest.after(first, options.withShare(BEFORE_RELIEF));
        SearchResult second = SWARM.search(problem, rest.withShareIfInfeasible(Closest.SHARE));
        SearchResult both = Closest.better(second, first).withLowerBound(bound);
        return open(new StreamRelief(problem, plan -> plan).search(both, 1, options), bound);
    }

    /** What is proven for tight deadlines does not hold for those that are stated. */
    private static SearchResult open(SearchResult result, double bound) {
        SearchResult stated = result.withLowerBound(bound);
        boolean isOpen = stated.stopReason() == StopReason.PROVEN && bound < stated.value();
        return isOpen ? stated.withStopReason(StopReason.COMPLETED) : stated;
    }

    private static LocalImprovement improve(Placement start, int moves, double temperature) {
        return LocalImprovement.of(start).withMoves(moves).withTemperature(temperature);
    }

    /** Evaluates the plan of blocks, and the one that was better in closed form but too late as a stream. */
    private static SearchResult expand(
            OffloadingProblem problem, CollapsedScenario blocks, SearchResult result, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, "Auto");
        List<Plan> plans = Stream.of(result.bestOrClosest(), result.late())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        for (Plan plan : plans) {
            run.offer(problem.evaluator().encode(blocks.expand(plan.placement())));
        }
        return run.finish(run.checkStop().orElse(StopReason.COMPLETED));
    }
}
