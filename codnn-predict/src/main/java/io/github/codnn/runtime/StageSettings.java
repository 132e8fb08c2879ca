package io.github.codnn.runtime;

import io.github.codnn.internal.Checks;

/**
 * How ONNX Runtime runs a stage.
 *
 * @param threads how many threads one operator may use, positive
 * @param optimized whether the runtime may fuse and rewrite operators. Without it, the pieces of a network give exactly
 *     what the whole gives, and times are those that {@code profile} measures
 */
public record StageSettings(int threads, boolean optimized) {

    /** Checks the components. */
    public StageSettings {
        Checks.positive(threads, "The number of threads of a stage");
    }

    /**
     * Returns the settings with which layers are profiled: one thread, no optimisation.
     *
     * @return the settings
     */
    public static StageSettings withDefaults() {
        return new StageSettings(1, false);
    }

    /**
     * Returns these settings with another number of threads.
     *
     * @param number how many threads one operator may use
     * @return the changed settings
     */
    public StageSettings withThreads(int number) {
        return new StageSettings(number, optimized);
    }

    /**
     * Returns these settings with or without optimisation.
     *
     * @param allowed whether the runtime may fuse and rewrite operators
     * @return the changed settings
     */
    public StageSettings withOptimized(boolean allowed) {
        return new StageSettings(threads, allowed);
    }
}
