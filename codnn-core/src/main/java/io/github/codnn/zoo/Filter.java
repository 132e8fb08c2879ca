package io.github.codnn.zoo;

import io.github.codnn.graph.Operator.Convolution;
import io.github.codnn.graph.Window;
import io.github.codnn.internal.Checks;
import java.util.List;
import java.util.Objects;

/**
 * The properties of a convolution of {@link NetworkBuilder} except its number of filters.
 *
 * @param window the sliding window
 * @param groups the number of groups, at least 1
 * @param transposed whether the convolution is transposed (a learned upsampling)
 * @param biased whether a bias is added per filter
 */
public record Filter(Window window, long groups, boolean transposed, boolean biased) {

    /** Checks the components. */
    public Filter {
        Objects.requireNonNull(window, "window");
        Checks.positive(groups, "The number of groups of a convolution");
    }

    /**
     * Makes a filter with bias, in one group.
     *
     * @param window the sliding window
     * @return the filter
     */
    public static Filter of(Window window) {
        return new Filter(window, 1, false, true);
    }

    /**
     * Makes a square two-dimensional filter with bias, in one group.
     *
     * @param kernel the extent on both axes, at least 1
     * @param stride the step on both axes, at least 1
     * @param pad the padding on all four sides, zero or greater
     * @return the filter
     */
    public static Filter square(int kernel, int stride, int pad) {
        return of(Window.square(kernel, stride, pad));
    }

    /**
     * Makes a square filter of stride 1 whose output has the extents of its input.
     *
     * @param kernel the extent on both axes, odd
     * @return the filter
     */
    public static Filter same(int kernel) {
        return square(kernel, 1, kernel / 2);
    }

    /**
     * Makes a rectangular filter of stride 1 whose output has the extents of its input.
     *
     * @param height the extent along the height, odd
     * @param width the extent along the width, odd
     * @return the filter
     */
    public static Filter same(int height, int width) {
        List<Integer> ones = List.of(1, 1);
        List<Integer> pads = List.of(height / 2, width / 2);
        return of(new Window(List.of(height, width), ones, ones, pads, pads));
    }

    /**
     * Returns this filter in groups.
     *
     * @param number the number of groups, at least 1
     * @return the changed filter
     */
    public Filter grouped(long number) {
        return new Filter(window, number, transposed, biased);
    }

    /**
     * Returns this filter without bias, as usual before a batch normalisation.
     *
     * @return the changed filter
     */
    public Filter withoutBias() {
        return new Filter(window, groups, transposed, false);
    }

    /**
     * Returns this filter as that of a transposed convolution.
     *
     * @return the changed filter
     */
    public Filter asTransposed() {
        return new Filter(window, groups, true, biased);
    }

    Convolution operator() {
        return new Convolution(window, groups, transposed);
    }
}
