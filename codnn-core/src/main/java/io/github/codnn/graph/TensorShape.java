package io.github.codnn.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The extents of a tensor, outermost first, as in NCHW: {@code [1, 3, 224, 224]}. A scalar has no dimension.
 *
 * <p>Every dimension is zero or greater and the number of elements fits a {@code long}; a shape that would overflow is
 * refused, never wrapped.
 *
 * @param dimensions the extents, outermost first
 */
public record TensorShape(List<Long> dimensions) {

    private static final TensorShape SCALAR = new TensorShape(List.of());

    /** Checks and copies the dimensions. */
    public TensorShape {
        dimensions = List.copyOf(dimensions);
        countElements(dimensions);
    }

    /**
     * Makes a shape from its extents.
     *
     * @param dimensions the extents, outermost first, each zero or greater
     * @return the shape
     * @throws IllegalArgumentException if an extent is negative or the number of elements overflows
     */
    public static TensorShape of(long... dimensions) {
        List<Long> list = new ArrayList<>(dimensions.length);
        for (long dimension : dimensions) {
            list.add(dimension);
        }
        return new TensorShape(list);
    }

    /**
     * Returns the shape of a single number.
     *
     * @return the shape without dimensions
     */
    public static TensorShape scalar() {
        return SCALAR;
    }

    /**
     * Returns the number of dimensions.
     *
     * @return the rank, 0 for a scalar
     */
    public int rank() {
        return dimensions.size();
    }

    /**
     * Returns one extent.
     *
     * @param axis the axis, counted from the front if zero or greater, from the back if negative (-1 is the last)
     * @return its extent
     * @throws IndexOutOfBoundsException if the shape has no such axis
     */
    public long dimension(int axis) {
        return dimensions.get(axis < 0 ? axis + rank() : axis);
    }

    /**
     * Returns the number of elements, the product of all extents.
     *
     * @return the number of elements, 1 for a scalar
     */
    public long elements() {
        return countElements(dimensions);
    }

    @Override
    public String toString() {
        return dimensions.toString();
    }

    private static long countElements(List<Long> dimensions) {
        long elements = 1;
        boolean empty = false;
        for (long dimension : dimensions) {
            if (dimension < 0) {
                throw new IllegalArgumentException(
                        "A dimension must be zero or greater, but the shape is " + dimensions);
            }
            if (dimension == 0) {
                empty = true;
            } else {
                long high = Math.multiplyHigh(elements, dimension);
                elements *= dimension;
                if (high != 0 || elements < 0) {
                    throw new IllegalArgumentException("The shape " + dimensions + " has more than 2^63-1 elements");
                }
            }
        }
        return empty ? 0 : elements;
    }
}
