package io.github.codnn.runtime;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.internal.Checks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(elements, "elements");
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

    /**
     * Compares the inputs of a frame with what a model declares. O(inputs).
     *
     * @param declared the inputs of the model
     * @param values one value for each, by name, in any order
     * @return the values by name, in the order of the model
     * @throws InputException naming the first input that is missing, given twice, unknown or of another shape or type
     */
    public static Map<String, TensorValue> ordered(List<DeclaredTensor> declared, List<TensorValue> values) {
        Map<String, TensorValue> given = new LinkedHashMap<>();
        for (TensorValue value : values) {
            if (given.put(value.name(), value) != null) {
                throw new InputException("input '" + value.name() + "' is given twice");
            }
        }
        for (String name : given.keySet()) {
            if (declared.stream().noneMatch(input -> input.name().equals(name))) {
                throw new InputException("there is no input '" + name + "'. The inputs are "
                        + declared.stream().map(DeclaredTensor::name).toList());
            }
        }
        Map<String, TensorValue> ordered = new LinkedHashMap<>();
        for (DeclaredTensor input : declared) {
            TensorValue value = given.get(input.name());
            if (value == null) {
                throw new InputException("input '" + input.name() + "' is missing; it is " + input);
            }
            if (!input.accepts(value.tensor().shape(), value.tensor().type())) {
                throw new InputException("input '" + input.name() + "' must be " + input + ", but is "
                        + value.tensor().type() + " " + value.tensor().shape());
            }
            ordered.put(input.name(), value);
        }
        return ordered;
    }

    @Override
    public String toString() {
        return type + " " + dimensions;
    }
}
