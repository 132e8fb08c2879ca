package io.github.codnn.run;

import io.github.codnn.CodnnException;
import java.nio.file.Path;
import java.util.Set;

/** Finds another pipeline for a run that has lost a device for good. */
@FunctionalInterface
public interface Replanning {

    /**
     * Makes a pipeline of the same network that needs no other devices than those that are left.
     *
     * @param devices the names of the devices that a member stands for
     * @return the folder of its manifest and models, which must stay until the run has ended
     * @throws CodnnException if there is none
     */
    Path onto(Set<String> devices);

    /**
     * Returns what ends a run in place of changing its pipeline.
     *
     * @return a way that knows no other pipeline
     */
    static Replanning none() {
        return devices -> {
            throw new CodnnException("");
        };
    }
}
