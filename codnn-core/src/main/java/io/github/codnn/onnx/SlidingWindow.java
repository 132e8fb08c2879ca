package io.github.codnn.onnx;

import io.github.codnn.graph.Window;
import java.util.Arrays;
import java.util.List;

/**
 * A sliding window as ONNX describes it: strides, dilations and padding from the attributes of a node, and the extents
 * that come out. Formulas from the ONNX operator documentation of {@code Conv}, {@code ConvTranspose} and
 * {@code MaxPool}.
 */
final class SlidingWindow {

    private final ResolvedNode node;
    private final long[] kernel;
    private final long[] input;
    private final long[] strides;
    private final long[] dilations;
    private final long[] begin;
    private final long[] end;

    /** Reads the attributes, for a kernel over spatial extents. */
    SlidingWindow(ResolvedNode node, long[] kernel, long[] input) {
        this.node = node;
        this.kernel = kernel;
        this.input = input;
        int axes = kernel.length;
        if (input.length != axes) {
            throw new ImportFailure(
                    "a kernel " + Arrays.toString(kernel) + " cannot slide over extents " + Arrays.toString(input));
        }
        this.strides = positive("strides", node.numbers("strides", axes, 1));
        this.dilations = positive("dilations", node.numbers("dilations", axes, 1));
        positive("kernel_shape", kernel);
        long[] pads = node.numbers("pads", 2 * axes, 0);
        this.begin = Arrays.copyOfRange(pads, 0, axes);
        this.end = Arrays.copyOfRange(pads, axes, 2 * axes);
    }

    private static long[] positive(String what, long[] values) {
        for (long value : values) {
            if (value < 1) {
                throw new ImportFailure("attribute '" + what + "' must be positive, but is " + Arrays.toString(values));
            }
        }
        return values;
    }

    /**
     * The extents that come out of a convolution or pooling, after setting the padding that {@code auto_pad} asks for.
     */
    long[] shrink(boolean ceil) {
        String autoPad = node.text("auto_pad", "NOTSET");
        long[] output = new long[kernel.length];
        for (int axis = 0; axis < output.length; axis++) {
            long reach = reach(axis);
            switch (autoPad) {
                case "SAME_UPPER", "SAME_LOWER" -> {
                    output[axis] = ceilDiv(input[axis], strides[axis]);
                    long padding = Math.max(0, (output[axis] - 1) * strides[axis] + reach - input[axis]);
                    pad(axis, padding, autoPad.equals("SAME_UPPER"));
                }
                case "VALID" -> {
                    pad(axis, 0, true);
                    output[axis] = steps(axis, reach, ceil);
                }
                default -> output[axis] = steps(axis, reach, ceil);
            }
        }
        return output;
    }

    private long reach(int axis) {
        return Math.addExact(Math.multiplyExact(kernel[axis] - 1, dilations[axis]), 1);
    }

    private void pad(int axis, long padding, boolean moreAtEnd) {
        long half = padding / 2;
        begin[axis] = moreAtEnd ? half : padding - half;
        end[axis] = padding - begin[axis];
    }

    private long steps(int axis, long reach, boolean ceil) {
        long room = Math.subtractExact(Math.addExact(Math.addExact(input[axis], begin[axis]), end[axis]), reach);
        if (room < 0) {
            throw ImportFailure.tooSmall("a window that reaches over " + reach + " does not fit into an extent of "
                    + input[axis] + " padded by " + begin[axis] + " and " + end[axis]);
        }
        long steps = (ceil ? ceilDiv(room, strides[axis]) : room / strides[axis]) + 1;
        // A last window that would start in the padding at the end is left out.
        if (ceil && (steps - 1) * strides[axis] >= input[axis] + begin[axis]) {
            steps--;
        }
        return steps;
    }

    /** The extents that come out of a transposed convolution, after setting the padding. */
    long[] grow(long[] outputPadding, long[] wanted) {
        String autoPad = node.text("auto_pad", "NOTSET");
        boolean same = autoPad.startsWith("SAME");
        long[] output = new long[kernel.length];
        for (int axis = 0; axis < output.length; axis++) {
            long full = Math.addExact(
                    Math.addExact(Math.multiplyExact(strides[axis], input[axis] - 1), outputPadding[axis]),
                    reach(axis));
            if (wanted.length > 0 || same) {
                output[axis] = wanted.length > 0 ? wanted[axis] : Math.multiplyExact(input[axis], strides[axis]);
                pad(axis, Math.max(0, full - output[axis]), autoPad.equals("SAME_UPPER"));
            } else {
                if (autoPad.equals("VALID")) {
                    pad(axis, 0, true);
                }
                output[axis] = Math.subtractExact(full, Math.addExact(begin[axis], end[axis]));
            }
            if (output[axis] < 0) {
                throw new ImportFailure(
                        "the padding " + begin[axis] + " and " + end[axis] + " leaves nothing of the output");
            }
        }
        return output;
    }

    /** The window, once the padding is set. */
    Window window() {
        return new Window(list(kernel), list(strides), list(dilations), list(begin), list(end));
    }

    private static List<Integer> list(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).boxed().toList();
    }

    private static long ceilDiv(long a, long b) {
        return a / b + (a % b == 0 ? 0 : 1);
    }
}
