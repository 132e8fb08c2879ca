package io.github.codnn.mining;

import java.util.Objects;

/**
 * A pattern and its support.
 *
 * @param pattern the pattern
 * @param support its exact minimum-image support: for each node of the pattern, the number of different vertices to
 *     which occurrences map it; the least of these numbers
 */
public record FrequentPattern(Pattern pattern, int support) {

    /** Checks that support is positive. */
    public FrequentPattern {
        Objects.requireNonNull(pattern, "pattern");
        if (support < 1) {
            throw new IllegalArgumentException("support must be at least 1, but is " + support);
        }
    }
}
