package io.github.codnn.mining;

/** Receives patterns during mining. */
@FunctionalInterface
public interface MiningListener {

    /**
     * Receives a frequent pattern. Called by the thread that called {@code mine}, in an order that does not depend on
     * the number of threads; an exception ends mining and reaches the caller of {@code mine}.
     *
     * @param pattern the pattern with its support
     */
    void onPattern(FrequentPattern pattern);
}
