package io.github.codnn.reproduce;

import io.github.codnn.CodnnException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Limits on the work of the experiments. Budgets are evaluations and never times, so that the figures are the same on
 * every machine.
 *
 * @param seeds the number of seeds for every random figure, at least 2
 * @param platforms the number of platforms that are drawn, at least 2
 * @param evaluations the maximum number of evaluations of a search, at least 1
 * @param quick whether every series has only its first and last size
 * @param measurements measured layers, as {@code codnn profile} writes them
 */
public record Effort(int seeds, int platforms, long evaluations, boolean quick, Optional<Path> measurements) {

    private static final int MAX_COUNT = 10_000;

    /** Checks the components. */
    public Effort {
        check(seeds, "seeds");
        check(platforms, "platforms");
        if (evaluations < 1) {
            throw new IllegalArgumentException("The number of evaluations must be positive, but is " + evaluations);
        }
        measurements.filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw new CodnnException("Cannot read measurements from '" + file + "'");
        });
    }

    /**
     * Returns the least effort that runs everything, whose verdicts mean nothing.
     *
     * @param measurements measured layers
     * @return the effort
     */
    public static Effort quick(Optional<Path> measurements) {
        return new Effort(2, 2, 300, true, measurements);
    }

    /** Returns the sizes of a series to run. */
    <T> List<T> of(List<T> sizes) {
        return quick ? List.of(sizes.get(0), sizes.get(sizes.size() - 1)) : sizes;
    }

    /** The budget where units are seeds. */
    Contest.Budget perSeed() {
        return new Contest.Budget(seeds, evaluations);
    }

    /** The budget where units are platforms. */
    Contest.Budget perPlatform() {
        return new Contest.Budget(platforms, evaluations);
    }

    private static void check(int count, String what) {
        if (count < 2 || count > MAX_COUNT) {
            throw new IllegalArgumentException(
                    "The number of " + what + " must lie between 2 and " + MAX_COUNT + ", but is " + count);
        }
    }
}
