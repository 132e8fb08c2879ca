package io.github.codnn.optimize;

/**
 * Is told how a search comes along, by the thread that runs it, after every iteration. A listener that throws stops the
 * search with its exception.
 */
@FunctionalInterface
public interface SearchListener {

    /**
     * Is told about one more iteration.
     *
     * @param progress how far the search has come
     */
    void onProgress(Progress progress);
}
