package io.github.codnn.runtime;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.internal.Checks;
import java.util.List;
import java.util.Objects;

/**
 * An input or output of a stage as its file declares it.
 *
 * @param name the name
 * @param type the element type
 * @param dimensions the extents, outermost first; -1 for one that the file leaves open
 */
public record DeclaredTensor(String name, ElementType type, List<Long> dimensions) {

    /** Checks and copies the components. */
    public DeclaredTensor {
        Checks.notBlank(name, "The name of a tensor");
        Objects.requireNonNull(type, "type");
        dimensions = List.copyOf(dimensions);
        for (long dimension : dimensions) {
            if (dimension < -1) {
                throw new IllegalArgumentException(
                        "A dimension of tensor '" + name + "' must be -1 or greater, but is " + dimension);
            }
        }
    }

    /**
     * Tells whether a tensor has this type and a shape that this declaration allows.
     *
     * @param shape the shape of the tensor
     * @param elements its element type
     * @return whether it fits
     */
    public boolean accepts(TensorShape shape, ElementType elements) {
        if (elements != type || shape.rank() != dimensions.size()) {
            return false;
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (dimensions.get(axis) >= 0 && dimensions.get(axis) != shape.dimension(axis)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return type + " " + dimensions;
    }
}
