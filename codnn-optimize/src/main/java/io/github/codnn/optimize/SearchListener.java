package io.github.codnn.optimize;

/**
 * Is called after every iteration of a search, by the thread that runs it. A listener that throws ends the search with
 * its exception.
 */
@FunctionalInterface
public interface SearchListener {

    /**
     * Receives the progress after an iteration.
     *
     * @param progress how far the search has come
     */
    void onProgress(Progress progress);
}
