package io.github.codnn.observe;

import io.github.codnn.platform.Platform;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Decides, from what a run observes, whether it goes on with another pipeline. For one run, called by one thread. */
public interface Watch {

    /**
     * Returns what is observed.
     *
     * @return the platform as described, with all devices
     */
    Platform described();

    /**
     * Returns the devices at which frames begin and end. The member that submits the run stands for those that have no
     * worker.
     *
     * @return their names
     */
    Set<String> ends();

    /**
     * Says what to do under the present conditions.
     *
     * @param observed the platform as observed
     * @param devices the devices that have a worker
     * @return stay, or go on with another pipeline
     * @throws io.github.codnn.CodnnException if no decision is possible, such as a model that cannot be split
     */
    Decision observe(Platform observed, Set<String> devices);

    /** Tells that the run could not change to the pipeline of the last decision and goes on as before. */
    void stayed();

    /**
     * What to do.
     *
     * @param pipeline the folder of the pipeline to go on with, which stays until the run has ended; empty to stay
     * @param reason why, as a clause
     */
    record Decision(Optional<Path> pipeline, String reason) {}
}
