package io.github.codnn.simulate;

import java.util.List;
import java.util.Objects;

/**
 * What a simulation serves: one layer or transfer of one frame.
 *
 * @param task the name of the task
 * @param frame the number of the frame, from 0
 * @param name the name of the layer, or of the tensor that is sent
 * @param transfer whether it is a transfer
 * @param resources what it occupies, named as in {@link Simulation.ResourceUse}: the device of a layer; the link or
 *     medium of a transfer and, if transfers block devices, its sender and receiver
 * @param startSeconds when it starts
 * @param endSeconds when it ends
 */
public record Activity(
        String task,
        long frame,
        String name,
        boolean transfer,
        List<String> resources,
        double startSeconds,
        double endSeconds) {

    /** Copies the resources and checks the times. */
    public Activity {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(name, "name");
        resources = List.copyOf(resources);
        if (!(startSeconds >= 0 && startSeconds <= endSeconds)) {
            throw new IllegalArgumentException(
                    "'" + name + "' must end after its start, but lasts from " + startSeconds + " to " + endSeconds);
        }
    }
}
