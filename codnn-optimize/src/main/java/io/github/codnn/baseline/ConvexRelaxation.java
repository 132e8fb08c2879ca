package io.github.codnn.baseline;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Seeds;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.Scorer;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Solves the linear program that may divide layers among devices, and rounds its solution many times.
 *
 * <p>The program has a variable for each (block, device), the share of the block that the device runs, where a block is
 * a run of layers of about equal work, and one for the period. Loads of devices stay below the period, parameters below
 * the memory, pinned layers where they must be; transfers are free. It minimises the linear part of the fitness:
 * the period, the times, both for the mean, the energy of computing, or the price; your own fitness is treated as the
 * mean. If every block is a single layer, its period is a proven lower bound.
 *
 * <p>Half of the roundings fill devices, in random order, along the topological order up to their load in the program,
 * so that stages are contiguous; the other half draws each block's device by its shares and repairs the result. A
 * heuristic for chains and DAGs, one task or several. The program is solved by the simplex method on a dense tableau of
 * {@code (blocks + 2 D) * blocks * D} numbers for all blocks of all tasks; tasks have fewer blocks where these would be
 * more than 8 million, and it takes fewer pivots on large tableaus, so that it ends within some seconds. If that is not
 * enough all devices get equal shares. An iteration is 50 roundings.
 *
 * @param blocks the greatest number of blocks of each task
 * @param roundings how often the solution is rounded
 */
public record ConvexRelaxation(int blocks, int roundings) implements Strategy {

    private static final int BATCH = 50;

    /** Checks the components. */
    public ConvexRelaxation {
        Checks.positive(blocks, "The number of blocks");
        Checks.positive(roundings, "The number of roundings");
    }

    /**
     * Returns 48 blocks for each task and 2,000 roundings.
     *
     * @return the strategy
     */
    public static ConvexRelaxation withDefaults() {
        return new ConvexRelaxation(48, 2000);
    }

    /**
     * Returns this strategy with other blocks.
     *
     * @param max the greatest number of blocks of each task
     * @return the changed strategy
     */
    public ConvexRelaxation withBlocks(int max) {
        return new ConvexRelaxation(max, roundings);
    }

    /**
     * Returns this strategy with another number of roundings.
     *
     * @param count how often the solution is rounded
     * @return the changed strategy
     */
    public ConvexRelaxation withRoundings(int count) {
        return new ConvexRelaxation(blocks, count);
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        Arrangement arrangement = Arrangement.of(problem);
        RelaxedPlacement shares = new RelaxedPlacement(
                arrangement,
                problem.objective().orElse(Objective.MEAN),
                blocks,
                () -> run.interruption().isPresent());
        if (problem.objective().equals(Optional.of(Objective.PERIOD))) {
            shares.periodBound().ifPresent(run::raiseLowerBound);
        }
        RandomGenerator random = Seeds.generator(options.seed());
        Rounding rounding = new Rounding(arrangement, shares, random);
        Scorer scorer = new Scorer(problem);
        scorer.obey(run);
        Optional<StopReason> stop = Optional.empty();
        for (int done = 0; done < roundings && stop.isEmpty(); done++) {
            scorer.score(done % 2 == 0 ? rounding.fill() : rounding.draw());
            if (done % BATCH == BATCH - 1 || done == roundings - 1 || scorer.isSpent()) {
                scorer.report(run);
                stop = run.endIteration();
            }
        }
        return run.finish(stop.orElse(StopReason.COMPLETED));
    }
}
