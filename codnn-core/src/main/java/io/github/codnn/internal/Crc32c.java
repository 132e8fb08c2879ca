package io.github.codnn.internal;

/**
 * Arithmetic with CRC-32C checksums (RFC 3720, appendix B.4), so that the checksum of a file follows from those of its
 * parts, in any order of reading. A checksum is a polynomial over GF(2) whose coefficient of x^0 is the highest bit.
 */
public final class Crc32c {

    private static final int POLYNOMIAL = 0x82F63B78;
    private static final int ONE = 1 << 31;

    /** Entry k is x to the power of 2^k; 2^3 is one byte. */
    private static final int[] POWERS = powers();

    private Crc32c() {}

    private static int[] powers() {
        int[] powers = new int[64];
        powers[0] = ONE >>> 1;
        for (int index = 1; index < powers.length; index++) {
            powers[index] = multiply(powers[index - 1], powers[index - 1]);
        }
        return powers;
    }

    /**
     * Returns the checksum of two parts one behind the other. Time is logarithmic in the length.
     *
     * @param first the checksum of the first part; 0 if it is empty
     * @param second the checksum of the second part
     * @param secondBytes how many bytes the second part has, zero or greater
     * @return the checksum of both together
     */
    public static int join(int first, int second, long secondBytes) {
        int shift = ONE;
        int power = 3;
        for (long left = secondBytes; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                shift = multiply(shift, POWERS[power]);
            }
            power++;
        }
        return multiply(first, shift) ^ second;
    }

    private static int multiply(int left, int right) {
        int product = 0;
        int shifted = right;
        for (int rest = left; rest != 0; rest <<= 1) {
            if (rest < 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
        }
        return product;
    }
}
