package io.github.codnn.onnx;

import io.github.codnn.graph.TensorShape;
import io.github.codnn.internal.Checks;
import io.github.codnn.onnx.ParsedModel.Dimension;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives numbers to the dimensions that a file leaves open: those the caller has set, and 1 for the others. */
final class OpenDimensions {

    private final Map<String, Long> bound;
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> assumed = new LinkedHashSet<>();

    OpenDimensions(Map<String, Long> bound) {
        this.bound = bound;
    }

    /** The shape that the file declares for a tensor, or nothing if it declares none. */
    Optional<TensorShape> shape(ValueInfo info) {
        List<Dimension> dimensions = info.dimensions();
        if (dimensions == null) {
            return Optional.empty();
        }
        long[] extents = new long[dimensions.size()];
        for (int axis = 0; axis < extents.length; axis++) {
            Dimension dimension = dimensions.get(axis);
            extents[axis] = dimension.isKnown()
                    ? dimension.value()
                    : value(dimension.symbol().isBlank() ? info.name() + "[" + axis + "]" : dimension.symbol());
        }
        return Optional.of(ShapeArithmetic.of(extents));
    }

    private long value(String symbol) {
        open.add(symbol);
        Long value = bound.get(symbol);
        if (value == null) {
            assumed.add(symbol);
            return 1;
        }
        return value;
    }

    /** Refuses a dimension that the caller has set and that the file does not have. */
    void checkAllUsed() {
        for (String name : bound.keySet()) {
            if (!open.contains(name)) {
                throw new ImportFailure("it has no open dimension '" + name + "'. "
                        + (open.isEmpty() ? "All are fixed." : "It has " + Checks.some(open, 8)));
            }
        }
    }

    /** Names the dimensions that were taken as 1, if any. */
    Optional<String> notice() {
        return assumed.isEmpty()
                ? Optional.empty()
                : Optional.of("Open dimensions taken as 1: " + Checks.some(assumed, 8) + ".");
    }
}
