package io.github.codnn.graph;

/** The type of the elements of a tensor, with its exact size. */
public enum ElementType {
    /** IEEE 754 double precision. */
    FLOAT64(64),
    /** IEEE 754 single precision, the usual type of weights and activations. */
    FLOAT32(32),
    /** IEEE 754 half precision. */
    FLOAT16(16),
    /** Brain floating point: the upper half of a single-precision number. */
    BFLOAT16(16),
    /** Any of the 8-bit floating-point formats. */
    FLOAT8(8),
    /** Any of the 4-bit floating-point formats, two to a byte. */
    FLOAT4(4),
    /** Signed 64-bit integer. */
    INT64(64),
    /** Signed 32-bit integer. */
    INT32(32),
    /** Signed 16-bit integer. */
    INT16(16),
    /** Signed 8-bit integer. */
    INT8(8),
    /** Signed 4-bit integer, two to a byte. */
    INT4(4),
    /** Signed 2-bit integer, four to a byte. */
    INT2(2),
    /** Unsigned 64-bit integer. */
    UINT64(64),
    /** Unsigned 32-bit integer. */
    UINT32(32),
    /** Unsigned 16-bit integer. */
    UINT16(16),
    /** Unsigned 8-bit integer, also the type of a plain run of bytes. */
    UINT8(8),
    /** Unsigned 4-bit integer, two to a byte. */
    UINT4(4),
    /** Unsigned 2-bit integer, four to a byte. */
    UINT2(2),
    /** Truth value, one byte each. */
    BOOL(8),
    /** A pair of single-precision numbers. */
    COMPLEX64(64),
    /** A pair of double-precision numbers. */
    COMPLEX128(128),
    /** Text. It has no fixed size; 32 bytes an element are an assumption. */
    STRING(256);

    private final int bits;

    ElementType(int bits) {
        this.bits = bits;
    }

    /**
     * Returns the size of one element in bits.
     *
     * @return the size of one element, in bits
     */
    public int bits() {
        return bits;
    }

    /**
     * Returns the size of a dense tensor of this type.
     *
     * @param elements the number of elements, zero or greater
     * @return its size in bytes, rounded up to a whole byte
     * @throws ArithmeticException if the size does not fit a {@code long}
     */
    public long bytes(long elements) {
        if (bits >= 8) {
            return Math.multiplyExact(elements, (long) (bits / 8));
        }
        int perByte = 8 / bits;
        return elements / perByte + (elements % perByte == 0 ? 0 : 1);
    }
}
