package io.github.codnn.onnx;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.ParsedModel.External;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** What has been read of a tensor so far. */
final class TensorParts {

    String name = "";
    int dataType;
    boolean isExternal;
    int rawLength;
    byte @Nullable [] raw;
    final ImmutableLongArray.Builder dimensions = ImmutableLongArray.builder(4);

    private final ImmutableLongArray.Builder whole = ImmutableLongArray.builder(0);
    private final ImmutableDoubleArray.Builder real = ImmutableDoubleArray.builder(0);
    private int count;
    private boolean givenUp;
    private String location = "";
    private long offset;
    private long length = -1;

    boolean holdsReal() {
        return ParsedModel.elementType(dataType).map(SmallTensor::holdsReal).orElse(false);
    }

    boolean isFull() {
        return givenUp || count > SmallTensor.MAX_ELEMENTS;
    }

    /** Notes that there are too many values to store. */
    void giveUp() {
        givenUp = true;
    }

    void add(long value) {
        if (!isFull()) {
            whole.add(value);
            count++;
        }
    }

    void add(double value) {
        if (!isFull()) {
            real.add(value);
            count++;
        }
    }

    void externalEntry(String key, String value) {
        switch (key) {
            case "location" -> location = value;
            case "offset" -> offset = number(value);
            case "length" -> length = number(value);
            default -> {
                // A checksum or another key that says nothing of the shape.
            }
        }
    }

    private long number(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new ImportFailure("tensor '" + name + "' has external data at '" + value + "', which is no number");
        }
    }

    Weight build() {
        ImmutableLongArray extents = dimensions.build();
        return new Weight(
                name, dataType, extents, values(), isExternal ? new External(location, offset, length) : null);
    }

    private @Nullable SmallTensor values() {
        ElementType type = ParsedModel.elementType(dataType).orElse(null);
        if (type == null || isExternal) {
            return null;
        }
        TensorShape shape = TensorShape.of(dimensions.build().toArray());
        if (rawLength > 0 && rawLength != type.bytes(shape.elements())) {
            throw new ImportFailure(
                    "tensor '" + name + "' of " + shape + " " + type + " has " + rawLength + " bytes of data");
        }
        if (raw != null && rawLength > 0) {
            return SmallTensor.fits(shape) ? fromBytes(type, shape, raw) : null;
        }
        return typedValues(type, shape);
    }

    private @Nullable SmallTensor typedValues(ElementType type, TensorShape shape) {
        ImmutableLongArray wholes = whole.build();
        ImmutableDoubleArray reals = real.build();
        if (isFull() || rawLength > 0 || (wholes.isEmpty() && reals.isEmpty() && shape.elements() != 0)) {
            return null;
        }
        if (type.bits() < 8) {
            return null;
        }
        if (!SmallTensor.holdsReal(type)) {
            return SmallTensor.ofWhole(type, shape, wholes.toArray());
        }
        // Half precision comes as bit patterns among the whole numbers; nothing computes shapes with it.
        return wholes.isEmpty() ? SmallTensor.ofReal(type, shape, reals.toArray()) : null;
    }

    /** Decodes little-endian values; nothing for types with which nobody computes shapes. */
    static @Nullable SmallTensor fromBytes(ElementType type, TensorShape shape, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int elements = (int) shape.elements();
        switch (type) {
            case FLOAT32, FLOAT64 -> {
                double[] values = new double[elements];
                for (int i = 0; i < elements; i++) {
                    values[i] = type == ElementType.FLOAT32 ? buffer.getFloat() : buffer.getDouble();
                }
                return SmallTensor.ofReal(type, shape, values);
            }
            case INT64, UINT64, INT32, UINT32, INT16, UINT16, INT8, UINT8, BOOL -> {
                long[] values = new long[elements];
                for (int i = 0; i < elements; i++) {
                    values[i] = whole(type, buffer);
                }
                return SmallTensor.ofWhole(type, shape, values);
            }
            default -> {
                return null;
            }
        }
    }

    private static long whole(ElementType type, ByteBuffer buffer) {
        return switch (type) {
            case INT32 -> buffer.getInt();
            case UINT32 -> buffer.getInt() & 0xffffffffL;
            case INT16 -> buffer.getShort();
            case UINT16 -> buffer.getShort() & 0xffffL;
            case INT8 -> buffer.get();
            case UINT8, BOOL -> buffer.get() & 0xffL;
            default -> buffer.getLong();
        };
    }
}
