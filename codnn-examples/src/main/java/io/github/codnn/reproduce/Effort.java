package io.github.codnn.reproduce;

import io.github.codnn.CodnnException;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.StopRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Limits of the work that the experiments do. Budgets are evaluations and never times, so that the same effort gives
 * the same figures on every machine.
 *
 * @param seeds how many seeds stand behind every figure that chance has a part in, at least 2
 * @param evaluations how many placements a search may evaluate, at least 1
 * @param endsOnly whether only the first and the last size of every series is tried
 * @param measurements measured layers, as {@code codnn profile} writes them
 */
public record Effort(int seeds, long evaluations, boolean endsOnly, Optional<Path> measurements) {

    private static final int MAX_SEEDS = 10_000;

    /** Checks the components. */
    public Effort {
        if (seeds < 2 || seeds > MAX_SEEDS) {
            throw new IllegalArgumentException(
                    "The number of seeds must lie between 2 and " + MAX_SEEDS + ", but is " + seeds);
        }
        if (evaluations < 1) {
            throw new IllegalArgumentException("The number of evaluations must be positive, but is " + evaluations);
        }
        measurements.filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw new CodnnException("Cannot read measurements from '" + file + "'");
        });
    }

    /** Returns the sizes of a series that are to be tried. */
    <T> List<T> of(List<T> sizes) {
        return endsOnly ? List.of(sizes.get(0), sizes.get(sizes.size() - 1)) : sizes;
    }

    /** How a search is run with a seed. */
    SearchOptions options(long seed) {
        return SearchOptions.withDefaults().withSeed(seed).withStopRule(StopRule.evaluations(evaluations));
    }
}
