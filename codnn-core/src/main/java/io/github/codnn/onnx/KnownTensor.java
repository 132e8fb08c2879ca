package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a tensor while a graph is put together.
 *
 * @param name its name in the file
 * @param type the element type
 * @param shape the shape
 * @param weights for a constant, what it takes to hold it; nothing for a tensor that flows at run time
 * @param values the values, if they are known and few
 */
record KnownTensor(
        String name,
        ElementType type,
        TensorShape shape,
        @Nullable Weights weights,
        @Nullable SmallTensor values) {

    /** The size of a constant as it is stored: the tensor it comes from, a number of values and their bytes. */
    record Weights(String origin, long count, long bytes) {
        static Weights of(String origin, ElementType type, TensorShape shape) {
            return new Weights(origin, shape.elements(), type.bytes(shape.elements()));
        }
    }

    /** A constant as it lies in the file. */
    static KnownTensor constant(String name, ElementType type, TensorShape shape, @Nullable SmallTensor values) {
        return new KnownTensor(name, type, shape, Weights.of(name, type, shape), values);
    }

    static KnownTensor flowing(Tensor tensor) {
        return new KnownTensor(tensor.name(), tensor.type(), tensor.shape(), null, null);
    }

    boolean isConstant() {
        return weights != null;
    }

    Tensor tensor() {
        return new Tensor(name, shape, type);
    }
}
