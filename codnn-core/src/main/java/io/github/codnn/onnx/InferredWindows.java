package io.github.codnn.onnx;

import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import java.util.ArrayList;
import java.util.List;

/** What of a sliding window shows only in the extents of its output. */
final class InferredWindows {

    private InferredWindows() {}

    /** Tells whether the output extents of a pooling are rounded up rather than down. */
    static boolean isRoundedUp(Window window, TensorShape in, TensorShape out) {
        for (int axis = 0; axis < window.axes(); axis++) {
            long room = in.dimension(axis + 2)
                    + window.padsBegin().get(axis)
                    + window.padsEnd().get(axis)
                    - span(window, axis);
            if (out.dimension(axis + 2) != room / window.strides().get(axis) + 1) {
                return true;
            }
        }
        return false;
    }

    /** Returns how much larger the output of a transposed convolution is than its window alone makes it. */
    static List<Long> outputPadding(Window window, TensorShape in, TensorShape out) {
        List<Long> padding = new ArrayList<>();
        for (int axis = 0; axis < window.axes(); axis++) {
            long steps = Math.multiplyExact(
                    in.dimension(axis + 2) - 1, (long) window.strides().get(axis));
            long pads = (long) window.padsBegin().get(axis) + window.padsEnd().get(axis);
            padding.add(out.dimension(axis + 2) - (steps + span(window, axis) - pads));
        }
        return padding;
    }

    private static long span(Window window, int axis) {
        return window.dilations().get(axis) * (window.kernel().get(axis) - 1L) + 1;
    }
}
