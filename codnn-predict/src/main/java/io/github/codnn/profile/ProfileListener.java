package io.github.codnn.profile;

/** Is told how profiling goes on, in the thread that profiles. */
@FunctionalInterface
public interface ProfileListener {

    /**
     * Reports one more layer, timed, skipped or already in the file.
     *
     * @param done how many layers of the plan are done
     * @param total how many there are
     * @param layer the name of the layer
     */
    void onLayer(int done, int total, String layer);

    /**
     * Returns a listener that does nothing.
     *
     * @return the listener
     */
    static ProfileListener none() {
        return (done, total, layer) -> {};
    }
}
