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
import io.github.codnn.simulate.StreamCheck;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.LocalImprovement;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How {@link Auto} plans several tasks that share devices. Nearly all of the budget goes to {@link DblpsoMd} on chains,
 * where an evaluation takes no time for each layer; networks that are no chains are planned as chains of blocks. Then
 * single layers move from the best plan of blocks, but not so many that this takes longer than the swarm. Where
 * streams decide on deadlines, what is left goes to {@link StreamRelief}.
 */
final class SharedDevices {

    private static final long MAX_SMALL = 300; // pairs of a layer and a device
    private static final double MAX_LAYERS = 3e6; // evaluated layer by layer in all moves: about a second
    private static final int MAX_MOVES = 20_000;
    private static final double TEMPERATURE = 0.01; // as a share of the value of a task
    private static final double LITTLE = 0.01; // of the budget, left to single layers

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
        phases.run("DblpsoMd", part -> swarm(problem, part, 1, plan -> plan));
    }

    /** Searches in blocks, then moves single layers. */
    static void search(OffloadingProblem problem, CollapsedScenario blocks, PhasedRun phases) {
        OffloadingProblem coarse =
                OffloadingProblem.of(blocks.scenario(), problem.fitness()).withoutLowerBound();
        StreamCheck streams = StreamCheck.of(problem.scenario());
        UnaryOperator<Plan> expand = plan -> streams.applyTo(blocks.expand(plan));
        phases.runOther("blocks", options -> swarm(coarse, options, 1 - LITTLE, expand))
                .ifPresent(result -> phases.run("Blocks", part -> evaluate(problem, result, part)));
        double temperature = TEMPERATURE / problem.compiled().taskCount();
        phases.runFromBest(
                "LocalImprovement",
                (part, start) ->
                        improve(start, moves(problem, part), temperature).search(problem, part));
    }

    private static int moves(OffloadingProblem problem, SearchOptions options) {
        long most = (long) Math.max(1, Math.min(MAX_MOVES, MAX_LAYERS / problem.layerCount()));
        return (int) Math.max(1, PhasedRun.evaluationsLeft(problem, options, most));
    }

    /**
     * Searches as a planner does with the swarm alone: a plan that is late as a stream is improved. Where streams
     * decide, the search itself has as many evaluations as there, and what follows has fewer.
     */
    private static SearchResult swarm(
            OffloadingProblem problem, SearchOptions options, double share, UnaryOperator<Plan> expand) {
        if (!problem.hasStreamDeadlines()) {
            return DeviceSubsets.search(SWARM, problem, options.withShare(share))
                    .withPlans(expand);
        }
        SearchResult first = DeviceSubsets.search(SWARM, problem, StreamRelief.before(options));
        return first.late().or(first::best).isPresent()
                ? new StreamRelief(problem, expand)
                        .search(first, options.withShare(share))
                        .withLowerBound(first.lowerBound())
                        .withoutOpenProof()
                : first.withPlans(expand);
    }

    private static LocalImprovement improve(Placement start, int moves, double temperature) {
        return LocalImprovement.of(start).withMoves(moves).withTemperature(temperature);
    }

    /** Evaluates the plan that was found in blocks, and one that is better in closed form but late as a stream. */
    private static SearchResult evaluate(OffloadingProblem problem, SearchResult result, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, "Auto");
        List<Plan> plans = Stream.of(result.bestOrClosest(), result.late())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        for (Plan plan : plans) {
            run.offer(problem.evaluator().encode(plan.placement()));
        }
        return run.finish(run.checkStop().orElse(StopReason.COMPLETED));
    }
}
