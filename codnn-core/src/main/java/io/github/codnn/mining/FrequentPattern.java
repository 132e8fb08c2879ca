package io.github.codnn.mining;

import java.util.Objects;

/**
 * A pattern and how frequent it is.
 *
 * @param pattern the pattern
 * @param support its minimum-image support: over all embeddings, each node of the pattern meets some number of
 *     different vertices; the least of these numbers, exact
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
