package io.github.codnn.profile;

/** Receives the progress of profiling, in the thread that profiles. */
@FunctionalInterface
public interface ProfileListener {

    /**
     * Reports one more layer, timed, skipped or already in the file.
     *
     * @param done the number of layers of the plan that are done
     * @param total the number of layers of the plan
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
