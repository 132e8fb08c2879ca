package io.github.codnn.onnx;

import io.github.codnn.graph.TensorShape;
import java.util.Arrays;
import java.util.stream.LongStream;

/** What a {@code Slice} node cuts out of each axis. */
final class SliceRanges {

    private final long[] starts;
    private final long[] steps;
    private final long[] counts;

    private SliceRanges(TensorShape input) {
        this.starts = new long[input.rank()];
        this.steps = new long[input.rank()];
        Arrays.fill(steps, 1);
        this.counts = ShapeArithmetic.extents(input);
    }

    static TensorShape shape(ResolvedNode node) {
        return ShapeArithmetic.of(of(node).counts);
    }

    /**
     * Reads starts, ends, axes and steps from the attributes of the first operator sets or the inputs of later ones.
     */
    static SliceRanges of(ResolvedNode node) {
        TensorShape input = node.shape(0);
        long[] starts =
                node.setting("starts", 1).orElseThrow(() -> new ImportFailure("it does not say where to start"));
        long[] ends = node.setting("ends", 2).orElseThrow(() -> new ImportFailure("it does not say where to end"));
        long[] axes = node.setting("axes", 3)
                .orElseGet(() -> LongStream.range(0, starts.length).toArray());
        long[] steps = node.has(4)
                ? node.known(4)
                : LongStream.generate(() -> 1).limit(starts.length).toArray();
        if (ends.length != starts.length || axes.length != starts.length || steps.length != starts.length) {
            throw new ImportFailure("starts, ends, axes and steps are " + starts.length + ", " + ends.length + ", "
                    + axes.length + " and " + steps.length + " numbers");
        }
        SliceRanges slices = new SliceRanges(input);
        for (int i = 0; i < starts.length; i++) {
            int axis = ResolvedNode.axis(axes[i], input.rank());
            slices.cut(axis, starts[i], ends[i], steps[i]);
        }
        return slices;
    }

    private void cut(int axis, long start, long end, long step) {
        if (step == 0) {
            throw new ImportFailure("it goes in steps of 0");
        }
        long extent = counts[axis];
        boolean forward = step > 0;
        long from = clamp(start < 0 ? start + extent : start, 0, forward ? extent : extent - 1);
        long to = clamp(end < 0 ? Math.max(end, Long.MIN_VALUE + extent) + extent : end, forward ? 0 : -1, extent);
        long way = forward ? to - from : from - to;
        long stride = forward ? step : step == Long.MIN_VALUE ? Long.MAX_VALUE : -step;
        starts[axis] = from;
        steps[axis] = step;
        counts[axis] = way <= 0 || extent == 0 ? 0 : (way - 1) / stride + 1;
    }

    private static long clamp(long value, long least, long most) {
        return Math.max(least, Math.min(most, value));
    }

    long[] counts() {
        return counts.clone();
    }

    /** The position in the input, along an axis, of a position in the output. */
    long source(int axis, long position) {
        return starts[axis] + position * steps[axis];
    }
}
