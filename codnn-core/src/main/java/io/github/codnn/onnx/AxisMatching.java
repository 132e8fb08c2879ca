package io.github.codnn.onnx;

import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import java.util.ArrayList;
import java.util.List;

/** Finds the axes along which a layer works by comparing shapes. */
final class AxisMatching {

    private AxisMatching() {}

    /** Returns the axis along which inputs were joined, with or without a part that is not among them. */
    static int joined(List<Tensor> inputs, TensorShape out) {
        for (int axis = 0; axis < out.rank(); axis++) {
            long extent = 0;
            for (Tensor input : inputs) {
                extent += input.shape().rank() == out.rank() && sameBut(axis, input.shape(), out)
                        ? input.shape().dimension(axis)
                        : Long.MIN_VALUE / 2;
            }
            boolean complete = extent == out.dimension(axis);
            if (complete || (extent > 0 && extent < out.dimension(axis))) {
                return axis;
            }
        }
        throw new IllegalArgumentException("its inputs cannot be joined to " + out);
    }

    /** Returns the only axis on which two shapes of one rank differ. */
    static int differing(TensorShape one, TensorShape other) {
        if (one.rank() == other.rank()) {
            for (int axis = 0; axis < one.rank(); axis++) {
                if (one.dimension(axis) != other.dimension(axis)) {
                    if (sameBut(axis, one, other)) {
                        return axis;
                    }
                    break;
                }
            }
        }
        throw new IllegalArgumentException(one + " and " + other + " should differ on one axis");
    }

    private static boolean sameBut(int axis, TensorShape one, TensorShape other) {
        for (int any = 0; any < one.rank(); any++) {
            if (any != axis && one.dimension(any) != other.dimension(any)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the axes that a reduction has removed, or brought to extent 1 if the rank is the same. */
    static List<Long> reduced(TensorShape in, TensorShape out) {
        List<Long> axes = new ArrayList<>();
        int at = 0;
        for (int axis = 0; axis < in.rank(); axis++) {
            boolean same = at < out.rank() && in.dimension(axis) == out.dimension(at);
            if (in.rank() == out.rank()) {
                if (!same) {
                    axes.add((long) axis);
                }
                at++;
            } else if (same) {
                at++;
            } else {
                axes.add((long) axis);
            }
        }
        if (at != out.rank() || axes.isEmpty()) {
            throw new IllegalArgumentException("the axes that reduce " + in + " to " + out + " cannot be told");
        }
        return axes;
    }

    /** Returns an order of axes that gives the output, the usual one of attention if that does. */
    static List<Integer> permutation(TensorShape in, TensorShape out) {
        for (List<Integer> usual : List.of(
                List.of(0, 2, 1), List.of(1, 0), List.of(0, 2, 1, 3), List.of(0, 2, 3, 1), List.of(0, 3, 1, 2))) {
            if (usual.size() == in.rank() && gives(usual, in, out)) {
                return usual;
            }
        }
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < out.rank(); axis++) {
            for (int candidate = 0; candidate < in.rank(); candidate++) {
                if (!axes.contains(candidate) && in.dimension(candidate) == out.dimension(axis)) {
                    axes.add(candidate);
                    break;
                }
            }
        }
        if (axes.size() != in.rank() || !gives(axes, in, out)) {
            throw new IllegalArgumentException("no order of axes makes " + out + " of " + in);
        }
        return axes;
    }

    private static boolean gives(List<Integer> axes, TensorShape in, TensorShape out) {
        for (int axis = 0; axis < axes.size(); axis++) {
            if (in.dimension(axes.get(axis)) != out.dimension(axis)) {
                return false;
            }
        }
        return axes.size() == out.rank();
    }
}
