package io.github.codnn.plan;

import java.util.List;

/**
 * What one device does with each frame of one task in one go.
 *
 * @param task the name of the task
 * @param device the name of the device
 * @param layers the names of the layers, in the order in which they run
 * @param seconds the time that the layers take together
 */
public record Stage(String task, String device, List<String> layers, double seconds) {

    /** Copies the components. */
    public Stage {
        layers = List.copyOf(layers);
    }
}
