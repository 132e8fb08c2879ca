package io.github.codnn.onnx;

import io.github.codnn.graph.TensorShape;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic on shapes that many operators share. */
final class ShapeArithmetic {

    private static final int MAX_RANK = 64;

    private ShapeArithmetic() {}

    /** A shape from extents that a file gives. */
    static TensorShape of(long... dimensions) {
        if (dimensions.length > MAX_RANK) {
            throw new ImportFailure("a tensor has " + dimensions.length + " axes");
        }
        return TensorShape.of(dimensions);
    }

    static long[] extents(TensorShape shape) {
        return shape.dimensions().stream().mapToLong(Long::longValue).toArray();
    }

    /** The shape with one extent replaced. */
    static TensorShape with(TensorShape shape, int axis, long extent) {
        long[] extents = extents(shape);
        extents[axis] = extent;
        return of(extents);
    }

    /** The axes from one to another, the last excluded. */
    static TensorShape part(TensorShape shape, int from, int to) {
        return new TensorShape(shape.dimensions().subList(from, to));
    }

    static TensorShape joined(TensorShape... parts) {
        List<Long> all = new ArrayList<>();
        for (TensorShape part : parts) {
            all.addAll(part.dimensions());
        }
        return of(all.stream().mapToLong(Long::longValue).toArray());
    }

    /** The shape that both are stretched to, axis by axis from the back, as NumPy does. */
    static TensorShape broadcast(TensorShape a, TensorShape b) {
        int rank = Math.max(a.rank(), b.rank());
        long[] extents = new long[rank];
        for (int back = 1; back <= rank; back++) {
            long left = back <= a.rank() ? a.dimension(-back) : 1;
            long right = back <= b.rank() ? b.dimension(-back) : 1;
            if (left != right && left != 1 && right != 1) {
                throw new ImportFailure("shapes " + a + " and " + b + " do not fit each other");
            }
            extents[rank - back] = left == 1 ? right : left;
        }
        return of(extents);
    }
}
