package io.github.codnn.runtime;

import io.github.codnn.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A tensor with its elements: dense, row by row, little endian, as ONNX stores raw data. Elements below eight bits are
 * packed two to a byte.
 *
 * <p>Immutable and thread-safe. Equal to another if name, shape, type and all bytes are, so NaN equals itself.
 */
public final class TensorValue {

    private final Tensor tensor;
    private final byte[] bytes;

    private TensorValue(Tensor tensor, byte[] bytes) {
        this.tensor = Objects.requireNonNull(tensor, "tensor");
        this.bytes = bytes;
        if (tensor.bytes() != bytes.length) {
            throw new IllegalArgumentException("Tensor '" + tensor.name() + "' of " + tensor.type() + " "
                    + tensor.shape() + " has " + tensor.bytes() + " bytes, but " + bytes.length + " are given");
        }
    }

    /**
     * Makes a value from its bytes, which are copied.
     *
     * @param tensor the name, shape and type
     * @param bytes the elements, little endian
     * @return the value
     * @throws IllegalArgumentException if the number of bytes is not that of the tensor
     */
    public static TensorValue of(Tensor tensor, byte[] bytes) {
        return new TensorValue(tensor, bytes.clone());
    }

    /** Makes a value from bytes that nothing else will change. */
    static TensorValue owning(Tensor tensor, byte[] bytes) {
        return new TensorValue(tensor, bytes);
    }

    /**
     * Makes a value of zeros.
     *
     * @param tensor the name, shape and type
     * @return the value
     * @throws IllegalArgumentException if it would have 2 GiB or more
     */
    public static TensorValue zeros(Tensor tensor) {
        return owning(tensor, new byte[size(tensor)]);
    }

    /**
     * Makes a value of random elements: uniform from [0, 1) for single and double precision; zeros for all other types,
     * because random indices would lie out of range.
     *
     * @param tensor the name, shape and type
     * @param seed the seed; the same seed gives the same elements
     * @return the value
     * @throws IllegalArgumentException if it would have 2 GiB or more
     */
    public static TensorValue random(Tensor tensor, long seed) {
        byte[] bytes = new byte[size(tensor)];
        ByteBuffer elements = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        SplittableRandom random = new SplittableRandom(seed);
        switch (tensor.type()) {
            case FLOAT32 -> {
                while (elements.hasRemaining()) {
                    elements.putFloat((float) random.nextDouble());
                }
            }
            case FLOAT64 -> {
                while (elements.hasRemaining()) {
                    elements.putDouble(random.nextDouble());
                }
            }
            default -> {}
        }
        return owning(tensor, bytes);
    }

    private static int size(Tensor tensor) {
        if (tensor.bytes() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("Tensor '" + tensor.name() + "' of " + tensor.type() + " "
                    + tensor.shape() + " has " + tensor.bytes() + " bytes; at most 2 GiB fit into memory");
        }
        return (int) tensor.bytes();
    }

    /**
     * Returns the name, shape and type.
     *
     * @return the description of the value
     */
    public Tensor tensor() {
        return tensor;
    }

    /**
     * Returns the name.
     *
     * @return the name of the tensor
     */
    public String name() {
        return tensor.name();
    }

    /**
     * Returns the elements.
     *
     * @return a view of the bytes, little endian, which cannot be written to
     */
    public ByteBuffer data() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Returns a copy of the elements.
     *
     * @return the bytes, little endian
     */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /**
     * Returns this value under another name. O(1).
     *
     * @param name the name
     * @return the renamed value
     */
    public TensorValue withName(String name) {
        return new TensorValue(new Tensor(name, tensor.shape(), tensor.type()), bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorValue that && tensor.equals(that.tensor) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * tensor.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return tensor.name() + " " + tensor.type() + " " + tensor.shape();
    }
}
