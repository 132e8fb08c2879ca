package io.github.codnn.graph;

import io.github.codnn.internal.Checks;
import java.util.Objects;

/**
 * A value that flows between layers: a name that is unique in its graph, a shape and an element type.
 *
 * @param name the name, not blank
 * @param shape the shape
 * @param type the element type
 * @param transferBytes the bytes that are sent for it, zero or greater; {@link #bytes()} unless it is sent encoded, as
 *     the frames of a camera that sends JPEG are. Memory and layers see {@link #bytes()}
 */
public record Tensor(String name, TensorShape shape, ElementType type, long transferBytes) {

    /** Checks the components. */
    public Tensor {
        Checks.notBlank(name, "A tensor's name");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(type, "type");
        bytes(name, shape, type);
        Checks.nonNegative(transferBytes, "The bytes that are sent for tensor '" + name + "'");
    }

    /**
     * Makes a tensor that is sent as it is.
     *
     * @param name the name, not blank
     * @param shape the shape
     * @param type the element type
     */
    public Tensor(String name, TensorShape shape, ElementType type) {
        this(name, shape, type, bytes(name, shape, type));
    }

    private static long bytes(String name, TensorShape shape, ElementType type) {
        try {
            return type.bytes(shape.elements());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "Tensor '" + name + "' of shape " + shape + " has more than 2^63-1 bytes", e);
        }
    }

    /**
     * Returns this tensor sent in another size.
     *
     * @param bytes the bytes that are sent for it, zero or greater
     * @return the changed tensor
     */
    public Tensor withTransferBytes(long bytes) {
        return new Tensor(name, shape, type, bytes);
    }

    /**
     * Makes a single-precision tensor.
     *
     * @param name the name
     * @param dimensions the extents, outermost first
     * @return the tensor
     */
    public static Tensor float32(String name, long... dimensions) {
        return new Tensor(name, TensorShape.of(dimensions), ElementType.FLOAT32);
    }

    /**
     * Makes a tensor that is known by its size only.
     *
     * @param name the name
     * @param bytes its size in bytes, zero or greater
     * @return a one-dimensional tensor of that many bytes
     */
    public static Tensor ofBytes(String name, long bytes) {
        return new Tensor(name, TensorShape.of(bytes), ElementType.UINT8);
    }

    /**
     * Returns the exact size of the dense tensor.
     *
     * @return its size in bytes
     */
    public long bytes() {
        return type.bytes(shape.elements());
    }
}
