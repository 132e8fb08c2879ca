package io.github.codnn.reproduce;

import io.github.codnn.CodnnException;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.StopRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Limits on the work of the experiments. Budgets are evaluations and never times, so that the figures are the same on
 * every machine.
 *
 * @param seeds the number of seeds for every random figure, at least 2
 * @param evaluations the maximum number of evaluations of a search, at least 1
 * @param endsOnly whether every series has only its first and last size
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

    /** Returns the sizes of a series to run. */
    <T> List<T> of(List<T> sizes) {
        return endsOnly ? List.of(sizes.get(0), sizes.get(sizes.size() - 1)) : sizes;
    }

    /** The options of a search with a seed. */
    SearchOptions options(long seed) {
        return SearchOptions.withDefaults().withSeed(seed).withStopRule(StopRule.evaluations(evaluations));
    }
}
