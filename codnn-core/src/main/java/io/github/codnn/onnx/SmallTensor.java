package io.github.codnn.onnx;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Longs;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.TensorShape;
import java.util.Arrays;

/**
 * A constant tensor with its values, small enough to compute shapes with: whole numbers, exact, or real numbers.
 * Immutable.
 */
final class SmallTensor {

    /** Above this many elements values are not kept; shapes are computed from far fewer. */
    static final int MAX_ELEMENTS = 1024;

    private final ElementType type;
    private final TensorShape shape;
    private final long[] whole;
    private final double[] real;

    private SmallTensor(ElementType type, TensorShape shape, long[] whole, double[] real) {
        this.type = type;
        this.shape = shape;
        this.whole = whole;
        this.real = real;
        int count = isReal() ? real.length : whole.length;
        if (shape.elements() != count) {
            throw new ImportFailure("a tensor of shape " + shape + " has " + count + " values");
        }
    }

    static SmallTensor ofWhole(ElementType type, TensorShape shape, long... values) {
        return new SmallTensor(type, shape, values.clone(), new double[0]);
    }

    static SmallTensor ofReal(ElementType type, TensorShape shape, double... values) {
        return new SmallTensor(type, shape, new long[0], values.clone());
    }

    /** A vector of 64-bit integers, as shapes are. */
    static SmallTensor vector(long... values) {
        return ofWhole(ElementType.INT64, TensorShape.of(values.length), values);
    }

    static boolean holdsReal(ElementType type) {
        return switch (type) {
            case FLOAT64, FLOAT32, FLOAT16, BFLOAT16, FLOAT8, FLOAT4 -> true;
            default -> false;
        };
    }

    static boolean fits(TensorShape shape) {
        return shape.elements() <= MAX_ELEMENTS;
    }

    ElementType type() {
        return type;
    }

    TensorShape shape() {
        return shape;
    }

    int size() {
        return isReal() ? real.length : whole.length;
    }

    boolean isReal() {
        return holdsReal(type);
    }

    double real(int index) {
        return isReal() ? real[index] : whole[index];
    }

    /** One element as a whole number; a real number is cut off towards zero. */
    long whole(int index) {
        return isReal() ? (long) real[index] : whole[index];
    }

    long[] toWhole() {
        long[] values = new long[size()];
        Arrays.setAll(values, this::whole);
        return values;
    }

    double[] toReal() {
        double[] values = new double[size()];
        Arrays.setAll(values, this::real);
        return values;
    }

    /** The same values in another shape of as many elements. */
    SmallTensor reshaped(TensorShape other) {
        return new SmallTensor(type, other, whole, real);
    }

    /** A tensor whose element {@code i} is this tensor's element {@code source[i]}. */
    SmallTensor picked(TensorShape target, int[] source) {
        if (isReal()) {
            return new SmallTensor(
                    type,
                    target,
                    new long[0],
                    Arrays.stream(source).mapToDouble(i -> real[i]).toArray());
        }
        return new SmallTensor(
                type, target, Arrays.stream(source).mapToLong(i -> whole[i]).toArray(), new double[0]);
    }

    /** The values of this tensor and then those of another of the same kind, as a vector. */
    SmallTensor followedBy(SmallTensor other) {
        TensorShape shape = TensorShape.of((long) size() + other.size());
        return isReal()
                ? new SmallTensor(type, shape, whole, Doubles.concat(real, other.toReal()))
                : new SmallTensor(type, shape, Longs.concat(whole, other.toWhole()), real);
    }

    /** The values as another type. */
    SmallTensor cast(ElementType other) {
        if (holdsReal(other)) {
            return ofReal(other, shape, toReal());
        }
        if (other == ElementType.BOOL) {
            return ofWhole(
                    other,
                    shape,
                    Arrays.stream(toReal()).mapToLong(v -> v == 0 ? 0 : 1).toArray());
        }
        return ofWhole(other, shape, toWhole());
    }
}
