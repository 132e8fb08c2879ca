package io.github.codnn.run;

import io.github.codnn.CodnnException;
import io.github.codnn.observe.Watch;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Finds another pipeline for a run that has lost a device for good, or whose conditions change. */
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
     * Returns what decides about other pipelines while all devices are there.
     *
     * @return what is told of all that the run observes; empty if the run keeps its plan as long as it can
     */
    default Optional<Watch> watch() {
        return Optional.empty();
    }

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
