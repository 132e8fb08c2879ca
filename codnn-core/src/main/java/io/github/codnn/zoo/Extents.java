package io.github.codnn.zoo;

import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic of shapes: the output extents of windows, joins and broadcasts. */
final class Extents {

    private Extents() {}

    static void checkAxes(String layer, Tensor x, Window window) {
        if (x.shape().rank() != window.axes() + 2) {
            throw new IllegalArgumentException("Layer '" + layer + "' slides a window over " + window.axes()
                    + " axes and needs batch and channels before them, but its input is " + x.shape());
        }
    }

    static TensorShape convolved(String layer, TensorShape x, long filters, Filter filter) {
        List<Long> dimensions = new ArrayList<>(List.of(x.dimension(0), filters));
        for (int axis = 0; axis < filter.window().axes(); axis++) {
            long extent = x.dimension(axis + 2);
            dimensions.add(
                    filter.transposed()
                            ? spread(layer, filter.window(), axis, extent)
                            : slide(layer, filter.window(), axis, extent) + 1);
        }
        return new TensorShape(dimensions);
    }

    static TensorShape pooled(String layer, TensorShape x, Window window, boolean roundUp) {
        List<Long> dimensions = new ArrayList<>(List.of(x.dimension(0), x.dimension(1)));
        for (int axis = 0; axis < window.axes(); axis++) {
            long extent = x.dimension(axis + 2);
            long steps = slide(layer, window, axis, extent);
            dimensions.add(1 + steps + (roundUp && hasPartialWindow(window, axis, extent, steps) ? 1 : 0));
        }
        return new TensorShape(dimensions);
    }

    /** The shape after pooling over all spatial axes. */
    static TensorShape pooledAway(TensorShape x) {
        List<Long> dimensions = new ArrayList<>(x.dimensions());
        for (int axis = 2; axis < dimensions.size(); axis++) {
            dimensions.set(axis, 1L);
        }
        return new TensorShape(dimensions);
    }

    /** The window that divides height and width into the given number of steps each. */
    static Window dividing(String layer, TensorShape x, int steps) {
        long height = x.dimension(2);
        long width = x.dimension(3);
        if (height % steps != 0 || width % steps != 0) {
            throw new IllegalArgumentException("Layer '" + layer + "' averages " + height + "x" + width + " down to "
                    + steps + "x" + steps + ", which must divide it. Maybe take another input size.");
        }
        List<Integer> step = List.of(Math.toIntExact(height / steps), Math.toIntExact(width / steps));
        return new Window(step, step, List.of(1, 1), List.of(0, 0), List.of(0, 0));
    }

    /** Returns the number of steps of the window along an axis within the padded extent. */
    private static long slide(String layer, Window window, int axis, long extent) {
        long room = padded(window, axis, extent) - span(window, axis);
        if (room < 0) {
            throw new IllegalArgumentException("Layer '" + layer + "' slides a window of extent " + span(window, axis)
                    + " over " + padded(window, axis, extent) + " elements, padding included. Maybe the input is too"
                    + " small.");
        }
        return room / window.strides().get(axis);
    }

    /** Returns whether elements remain for one more window that does not start in the end padding. */
    private static boolean hasPartialWindow(Window window, int axis, long extent, long steps) {
        long stride = window.strides().get(axis);
        boolean left = (padded(window, axis, extent) - span(window, axis)) % stride != 0;
        return left && (steps + 1) * stride < extent + window.padsBegin().get(axis);
    }

    private static long spread(String layer, Window window, int axis, long extent) {
        long pads = (long) window.padsBegin().get(axis) + window.padsEnd().get(axis);
        long steps = Math.multiplyExact(extent - 1, (long) window.strides().get(axis));
        long result = Math.addExact(steps, span(window, axis)) - pads;
        if (result < 1) {
            throw new IllegalArgumentException(
                    "Layer '" + layer + "' is left with an extent of " + result + ". Maybe its padding is too large.");
        }
        return result;
    }

    private static long padded(Window window, int axis, long extent) {
        return Math.addExact(
                extent, (long) window.padsBegin().get(axis) + window.padsEnd().get(axis));
    }

    /** Returns the distance from the first to one past the last element under the window. */
    private static long span(Window window, int axis) {
        return window.dilations().get(axis) * (window.kernel().get(axis) - 1L) + 1;
    }

    static TensorShape with(TensorShape shape, int axis, long extent) {
        List<Long> dimensions = new ArrayList<>(shape.dimensions());
        dimensions.set(axis < 0 ? axis + shape.rank() : axis, extent);
        return new TensorShape(dimensions);
    }

    static TensorShape concatenated(String layer, int axis, List<Tensor> parts) {
        TensorShape first = parts.get(0).shape();
        long extent = 0;
        for (Tensor part : parts) {
            extent = Math.addExact(extent, part.shape().dimension(axis));
            if (!with(part.shape(), axis, 0).equals(with(first, axis, 0))) {
                throw new IllegalArgumentException(
                        "Layer '" + layer + "' cannot join " + first + " and " + part.shape() + " along axis " + axis);
            }
        }
        return with(first, axis, extent);
    }

    static TensorShape broadcast(String layer, TensorShape left, TensorShape right) {
        int rank = Math.max(left.rank(), right.rank());
        List<Long> dimensions = new ArrayList<>(rank);
        for (int axis = -rank; axis < 0; axis++) {
            long one = axis + left.rank() < 0 ? 1 : left.dimension(axis);
            long other = axis + right.rank() < 0 ? 1 : right.dimension(axis);
            if (one != other && one != 1 && other != 1) {
                throw new IllegalArgumentException(
                        "Layer '" + layer + "' cannot combine " + left + " and " + right + " element by element");
            }
            dimensions.add(one == 1 ? other : one);
        }
        return new TensorShape(dimensions);
    }
}
