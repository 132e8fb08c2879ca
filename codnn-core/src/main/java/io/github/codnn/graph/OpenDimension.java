package io.github.codnn.graph;

import io.github.codnn.internal.Checks;
import java.util.List;

/**
 * A dimension that a model file leaves open, such as the batch size, with the extent that its reader took.
 *
 * @param name the name in the file, such as {@code batch}; without one the tensor and axis, such as {@code input[0]}
 * @param tensors the names of the tensors whose declared shapes use it and that were needed, inputs first
 * @param extent the extent that was taken, zero or greater
 * @param assumed whether the reader took a default because the caller gave no extent
 */
public record OpenDimension(String name, List<String> tensors, long extent, boolean assumed) {

    /** Checks and copies the components. */
    public OpenDimension {
        Checks.notBlank(name, "A dimension's name");
        tensors = List.copyOf(tensors);
        Checks.nonNegative(extent, "Dimension '" + name + "'");
    }
}
