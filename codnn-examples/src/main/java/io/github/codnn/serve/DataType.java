package io.github.codnn.serve;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ElementType;
import io.github.codnn.split.TensorType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The element types that the protocol can carry, by the names that it gives them. */
enum DataType {
    BOOL(ElementType.BOOL),
    UINT8(ElementType.UINT8),
    UINT16(ElementType.UINT16),
    UINT32(ElementType.UINT32),
    UINT64(ElementType.UINT64),
    INT8(ElementType.INT8),
    INT16(ElementType.INT16),
    INT32(ElementType.INT32),
    INT64(ElementType.INT64),
    FP16(ElementType.FLOAT16),
    BF16(ElementType.BFLOAT16),
    FP32(ElementType.FLOAT32),
    FP64(ElementType.FLOAT64);

    private final ElementType elements;

    DataType(ElementType elements) {
        this.elements = elements;
    }

    ElementType elements() {
        return elements;
    }

    /** Returns the size of one element in bytes. */
    int bytes() {
        return Math.toIntExact(elements.bytes(1));
    }

    static DataType named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CodnnException("data type '" + name + "' is not one of "
                        + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    /** Returns the type of the elements of an ONNX tensor. */
    static DataType of(TensorType type) {
        return switch (type) {
            case FLOAT -> FP32;
            case DOUBLE -> FP64;
            case FLOAT16 -> FP16;
            case BFLOAT16 -> BF16;
            default -> named(type.name());
        };
    }

    static DataType of(ElementType elements) {
        return Arrays.stream(values())
                .filter(type -> type.elements == elements)
                .findFirst()
                .orElseThrow(() -> new CodnnException("the protocol has no data type for elements of " + elements));
    }
}
