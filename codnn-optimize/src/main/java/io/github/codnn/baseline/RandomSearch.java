package io.github.codnn.baseline;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Seeds;
import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.RandomPlacement;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Draws placements at random: the baseline that every search has to beat.
 *
 * <p>Where devices run one stage of each task it draws the number of stages, their devices and their ends, each
 * uniformly; elsewhere a device for every layer. Pinned and colocated layers stay on their devices.
 *
 * @param batchSize how many placements make up an iteration
 */
public record RandomSearch(int batchSize) implements Strategy {

    private static final int PAUSE = 16; // placements between two questions whether to stop at once

    /** Checks the components. */
    public RandomSearch {
        Checks.positive(batchSize, "The batch size");
    }

    /**
     * Returns iterations of 100 placements.
     *
     * @return the strategy
     */
    public static RandomSearch withDefaults() {
        return new RandomSearch(100);
    }

    /**
     * Returns this strategy with other iterations.
     *
     * @param size how many placements make up an iteration
     * @return the changed strategy
     */
    public RandomSearch withBatchSize(int size) {
        return new RandomSearch(size);
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, this);
        RandomPlacement sampler = new RandomPlacement(Arrangement.of(problem));
        RandomGenerator random = Seeds.generator(options.seed());
        int[] placement = new int[problem.compiled().layerCount()];
        Optional<StopReason> stop = Optional.empty();
        while (stop.isEmpty()) {
            long most = run.evaluationsLeft(batchSize);
            for (int each = 0; each < most && (each % PAUSE > 0 || mayGoOn(run)); each++) {
                sampler.draw(random, placement);
                run.offer(placement);
            }
            stop = run.endIteration();
        }
        return run.finish(stop.get());
    }

    /** Tells whether not to stop within a batch; the first placement is drawn in any case. */
    private static boolean mayGoOn(SearchRun run) {
        return run.bestScore().equals(Score.NONE) || run.interruption().isEmpty();
    }
}
