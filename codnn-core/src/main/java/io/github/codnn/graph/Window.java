package io.github.codnn.graph;

import io.github.codnn.internal.Checks;
import java.util.Collections;
import java.util.List;

/**
 * The sliding window of a convolution or pooling layer, one entry per spatial axis, outermost first.
 *
 * @param kernel the extent of the window, each at least 1
 * @param strides the step of the window, each at least 1
 * @param dilations the distance between elements of the window, each at least 1
 * @param padsBegin the padding before the first element, each zero or greater
 * @param padsEnd the padding after the last element, each zero or greater
 */
public record Window(
        List<Integer> kernel,
        List<Integer> strides,
        List<Integer> dilations,
        List<Integer> padsBegin,
        List<Integer> padsEnd) {

    /** Checks and copies the components. */
    public Window {
        kernel = checked(kernel, kernel.size(), 1, "kernel");
        strides = checked(strides, kernel.size(), 1, "strides");
        dilations = checked(dilations, kernel.size(), 1, "dilations");
        padsBegin = checked(padsBegin, kernel.size(), 0, "padsBegin");
        padsEnd = checked(padsEnd, kernel.size(), 0, "padsEnd");
    }

    /**
     * Makes a square two-dimensional window without dilation, padded alike on all sides.
     *
     * @param kernel the extent on both axes
     * @param stride the step on both axes
     * @param pad the padding on all four sides
     * @return the window
     */
    public static Window square(int kernel, int stride, int pad) {
        return new Window(twice(kernel), twice(stride), twice(1), twice(pad), twice(pad));
    }

    /**
     * Returns the number of spatial axes.
     *
     * @return the number of spatial axes
     */
    public int axes() {
        return kernel.size();
    }

    /**
     * Returns the number of elements under the window.
     *
     * @return the product of the kernel extents
     * @throws ArithmeticException if it does not fit a {@code long}
     */
    public long elements() {
        long elements = 1;
        for (int extent : kernel) {
            elements = Math.multiplyExact(elements, (long) extent);
        }
        return elements;
    }

    private static List<Integer> twice(int value) {
        return Collections.nCopies(2, value);
    }

    private static List<Integer> checked(List<Integer> values, int size, int least, String what) {
        if (values.size() != size) {
            throw new IllegalArgumentException("A window over " + size + " axes needs as many " + what + ": " + values);
        }
        for (int value : values) {
            Checks.nonNegative((long) value - least, "Each of " + what + " " + values + " minus " + least);
        }
        return List.copyOf(values);
    }
}
