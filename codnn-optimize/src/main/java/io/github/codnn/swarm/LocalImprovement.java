package io.github.codnn.swarm;

import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Seeds;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Pipelines;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Improves a given plan by local search: moves cuts, layers and branches, swaps and replaces devices, and sometimes
 * accepts what is a little worse (simulated annealing: S. Kirkpatrick, C. Gelatt, M. Vecchi, 1983).
 * For plans of blocks, whose layers may do better apart, and for plans that were made when links or devices were in
 * another state.
 *
 * <p>A heuristic for any problem; its result is never worse than the start. A move takes an evaluation, O(L) time for L
 * layers; for several chains with more than 300 pairs of a layer and a device O(K S + D) for K tasks of S stages on D
 * devices, if each device runs one stage of a task.
 * Runs on the caller's thread, whatever the executor. Immutable and thread-safe.
 *
 * @param start the plan to start from
 * @param moves how many moves to try
 * @param temperature the initial temperature, as a share of the value
 */
public record LocalImprovement(Placement start, int moves, double temperature) implements Strategy {

    private static final int DEFAULT_MOVES = 20_000;
    private static final double DEFAULT_TEMPERATURE = 0.01;
    private static final int MAX_LAYERS = 100_000; // to be evaluated in an iteration

    /** Checks the components. */
    public LocalImprovement {
        Objects.requireNonNull(start, "start");
        Checks.positive(moves, "The number of moves");
        Checks.nonNegativeFinite(temperature, "The temperature");
    }

    /**
     * Returns the strategy that starts from a plan: {@value #DEFAULT_MOVES} moves, temperature
     * {@value #DEFAULT_TEMPERATURE}.
     *
     * @param start the plan to start from
     * @return the strategy
     */
    public static LocalImprovement of(Placement start) {
        return new LocalImprovement(start, DEFAULT_MOVES, DEFAULT_TEMPERATURE);
    }

    /**
     * Returns this strategy with another number of moves.
     *
     * @param number how many moves to try
     * @return the changed strategy
     */
    public LocalImprovement withMoves(int number) {
        return new LocalImprovement(start, number, temperature);
    }

    /**
     * Returns this strategy with another temperature.
     *
     * @param newTemperature the initial temperature, as a share of the value
     * @return the changed strategy
     */
    public LocalImprovement withTemperature(double newTemperature) {
        return new LocalImprovement(start, moves, newTemperature);
    }

    /** Single layers, because the plan to start from places them. */
    @Override
    public GraphCollapser preferredCollapser() {
        return GraphCollapser.none();
    }

    /**
     * Improves the plan.
     *
     * @throws IllegalArgumentException if the plan is for other tasks, layers or devices than the problem's
     */
    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        String settings = "moves=" + moves + ", temperature=" + temperature;
        SearchRun run = SearchRun.start(problem, options, "LocalImprovement", settings);
        Scorer scorer = new Scorer(problem);
        scorer.obey(run);
        RandomGenerator random = Seeds.generator(options.seed());
        int[] placement = problem.evaluator().encode(start);
        SimulatedAnnealing search = annealing(problem, placement, scorer);
        scorer.score(placement);
        search.start(placement, scorer.last());
        scorer.report(run);
        Optional<StopReason> stop = run.endIteration();
        int round = 1 + MAX_LAYERS / placement.length;
        int next = round;
        for (int move = 0; move < moves && stop.isEmpty(); ) {
            move += search.move(random, temperature * (moves - move) / moves);
            if (move >= next || move >= moves || scorer.isSpent()) {
                next = move - move % round + round;
                scorer.report(run);
                stop = run.endIteration();
            }
        }
        return run.finish(stop.orElse(StopReason.COMPLETED));
    }

    /** Moves whole stages in the pipelines of many tasks, whose evaluation takes no time for each layer. */
    private static SimulatedAnnealing annealing(OffloadingProblem problem, int[] placement, Scorer scorer) {
        Arrangement arrangement = Arrangement.of(problem);
        return DblpsoMd.isForManyTasks(arrangement)
                ? Pipelines.of(problem)
                        .filter(pipelines -> pipelines.isReadable(placement))
                        .map(pipelines -> TaskMoves.focused(pipelines, arrangement, scorer, problem.fitness()))
                        .orElseGet(() -> StageMoves.annealing(arrangement, scorer))
                : StageMoves.annealing(arrangement, scorer);
    }
}
