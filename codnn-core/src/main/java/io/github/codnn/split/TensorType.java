package io.github.codnn.split;

/** The element types of tensors, with the names and numbers that ONNX gives them ({@code TensorProto.DataType}). */
public enum TensorType {
    /** IEEE 754 single precision. */
    FLOAT(1, 32),
    /** Unsigned 8-bit integer. */
    UINT8(2, 8),
    /** Signed 8-bit integer. */
    INT8(3, 8),
    /** Unsigned 16-bit integer. */
    UINT16(4, 16),
    /** Signed 16-bit integer. */
    INT16(5, 16),
    /** Signed 32-bit integer. */
    INT32(6, 32),
    /** Signed 64-bit integer. */
    INT64(7, 64),
    /** Text of any length. */
    STRING(8, 0),
    /** Truth value, one byte each. */
    BOOL(9, 8),
    /** IEEE 754 half precision. */
    FLOAT16(10, 16),
    /** IEEE 754 double precision. */
    DOUBLE(11, 64),
    /** Unsigned 32-bit integer. */
    UINT32(12, 32),
    /** Unsigned 64-bit integer. */
    UINT64(13, 64),
    /** A pair of single-precision numbers. */
    COMPLEX64(14, 64),
    /** A pair of double-precision numbers. */
    COMPLEX128(15, 128),
    /** Brain floating point: the upper half of a single-precision number. */
    BFLOAT16(16, 16),
    /** 8-bit floating point, 4 exponent bits, no infinity. */
    FLOAT8E4M3FN(17, 8),
    /** 8-bit floating point, 4 exponent bits, no infinity, no negative zero. */
    FLOAT8E4M3FNUZ(18, 8),
    /** 8-bit floating point, 5 exponent bits. */
    FLOAT8E5M2(19, 8),
    /** 8-bit floating point, 5 exponent bits, no infinity, no negative zero. */
    FLOAT8E5M2FNUZ(20, 8),
    /** Unsigned 4-bit integer, two to a byte. */
    UINT4(21, 4),
    /** Signed 4-bit integer, two to a byte. */
    INT4(22, 4),
    /** 4-bit floating point, two to a byte. */
    FLOAT4E2M1(23, 4),
    /** 8-bit floating point without sign and fraction: a power of two, as scales have. */
    FLOAT8E8M0(24, 8),
    /** Unsigned 2-bit integer, four to a byte. */
    UINT2(25, 2),
    /** Signed 2-bit integer, four to a byte. */
    INT2(26, 2);

    private final int number;
    private final int bits;

    TensorType(int number, int bits) {
        this.number = number;
        this.bits = bits;
    }

    /**
     * Returns the number of the type in ONNX files.
     *
     * @return the number, 1 or greater
     */
    public int number() {
        return number;
    }

    /**
     * Returns the size of one element.
     *
     * @return the size in bits; 0 for {@link #STRING}, whose elements have no fixed size
     */
    public int bits() {
        return bits;
    }
}
