package io.github.codnn.split;

import io.github.codnn.internal.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A tensor that goes into or out of a stage or of the whole pipeline.
 *
 * @param name its name in the ONNX files, the same on both sides of a cut; not blank
 * @param type the type of its elements
 * @param shape its dimensions, outermost first, none for a scalar; empty if the rank is unknown
 */
public record PipelineTensor(String name, TensorType type, Optional<List<Dimension>> shape) {

    /** Checks and copies the components. */
    public PipelineTensor {
        Checks.notBlank(name, "A tensor's name");
        Objects.requireNonNull(type, "type");
        shape = shape.map(List::copyOf);
    }

    /**
     * Makes a tensor of known extents.
     *
     * @param name its name, not blank
     * @param type the type of its elements
     * @param extents its extents, outermost first
     * @return the tensor
     */
    public static PipelineTensor of(String name, TensorType type, long... extents) {
        return new PipelineTensor(
                name,
                type,
                Optional.of(Arrays.stream(extents).mapToObj(Dimension::of).toList()));
    }
}
