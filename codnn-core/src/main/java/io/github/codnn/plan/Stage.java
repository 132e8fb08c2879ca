package io.github.codnn.plan;

import java.util.List;
import java.util.Objects;

/**
 * The layers that one device runs for each frame of one task.
 *
 * @param task the name of the task
 * @param device the name of the device
 * @param layers the names of the layers, in the order in which they run
 * @param seconds the sum of the times of the layers
 */
public record Stage(String task, String device, List<String> layers, double seconds) {

    /** Copies the components. */
    public Stage {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(device, "device");
        layers = List.copyOf(layers);
    }
}
