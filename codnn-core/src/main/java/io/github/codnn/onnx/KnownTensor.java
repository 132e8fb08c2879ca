package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a tensor while a graph is put together.
 *
 * @param name its name in the file
 * @param type the element type
 * @param shape the shape
 * @param weights for a constant, what it takes to hold it; nothing for a tensor that flows at run time
 * @param values the values, if they are known and few
 * @param elements the shapes of the elements, if it is a sequence of tensors
 */
record KnownTensor(
        String name,
        ElementType type,
        TensorShape shape,
        @Nullable Weights weights,
        @Nullable SmallTensor values,
        @Nullable List<TensorShape> elements) {

    KnownTensor(
            String name, ElementType type, TensorShape shape, @Nullable Weights weights, @Nullable SmallTensor values) {
        this(name, type, shape, weights, values, null);
    }

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

    /** The same under another name, known only when it flows. */
    KnownTensor flowingAs(String other) {
        return new KnownTensor(other, type, shape, null, null, elements);
    }

    KnownTensor withElements(@Nullable List<TensorShape> shapes) {
        return new KnownTensor(name, type, shape, weights, values, shapes);
    }

    boolean isConstant() {
        return weights != null;
    }

    Tensor tensor() {
        return new Tensor(name, shape, type);
    }
}
