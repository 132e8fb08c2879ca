package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.ParsedModel.Dimension;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Inputs whose shape or value the caller has set. */
final class InputBinding {

    private InputBinding() {}

    /** What the file declares of an input, with the caller's extents in place of the open ones. */
    static ValueInfo shaped(ValueInfo info, List<Long> shape) {
        List<Dimension> declared = info.dimensions();
        if (declared != null && declared.size() != shape.size()) {
            throw new ImportFailure(
                    "input '" + info.name() + "' has " + declared.size() + " axes, but is to have shape " + shape);
        }
        List<Dimension> dimensions = new ArrayList<>();
        for (int axis = 0; axis < shape.size(); axis++) {
            Dimension fixed = declared == null ? new Dimension(-1, "") : declared.get(axis);
            if (fixed.isKnown() && fixed.value() != shape.get(axis)) {
                throw new ImportFailure("axis " + axis + " of input '" + info.name() + "' is fixed at " + fixed.value()
                        + ", but is to be " + shape.get(axis));
            }
            dimensions.add(new Dimension(shape.get(axis), ""));
        }
        return new ValueInfo(info.name(), info.dataType(), dimensions, info.isSequence());
    }

    /** Takes named dimensions from a bound shape, other than a name that stands for two extents. */
    static void learn(OpenDimensions dimensions, ValueInfo info, List<Long> shape) {
        List<Dimension> declared = info.dimensions();
        if (declared == null || declared.size() != shape.size()) {
            return;
        }
        Set<String> ambiguous = new HashSet<>();
        for (int axis = 0; axis < declared.size(); axis++) {
            for (int other = 0; other < axis; other++) {
                String symbol = declared.get(axis).symbol();
                if (symbol.equals(declared.get(other).symbol())
                        && !shape.get(axis).equals(shape.get(other))) {
                    ambiguous.add(symbol);
                }
            }
        }
        List<Dimension> clear = new ArrayList<>();
        for (int axis = 0; axis < declared.size(); axis++) {
            Dimension dimension = declared.get(axis);
            clear.add(ambiguous.contains(dimension.symbol()) ? new Dimension(shape.get(axis), "") : dimension);
        }
        dimensions.learn(
                new ValueInfo(info.name(), info.dataType(), clear),
                ShapeArithmetic.of(shape.stream().mapToLong(Long::longValue).toArray()));
    }

    /** An input as a constant with the caller's values. */
    static KnownTensor constant(ValueInfo info, List<Double> values) {
        ElementType type = ParsedModel.elementType(info.dataType())
                .orElseThrow(() -> new ImportFailure("input '" + info.name() + "' is not a tensor of numbers"));
        TensorShape shape = shapeOf(info, values.size());
        if (shape.elements() != values.size() || !SmallTensor.fits(shape)) {
            throw new ImportFailure(
                    "input '" + info.name() + "' of shape " + shape + " cannot have " + values.size() + " values");
        }
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        if (SmallTensor.holdsReal(type)) {
            return KnownTensor.constant(info.name(), type, shape, SmallTensor.ofReal(type, shape, all));
        }
        long[] whole = new long[all.length];
        for (int index = 0; index < all.length; index++) {
            whole[index] = (long) all[index];
            if (whole[index] != all[index]) {
                throw new ImportFailure("input '" + info.name() + "' holds whole numbers, but is to be " + all[index]);
            }
        }
        return KnownTensor.constant(info.name(), type, shape, SmallTensor.ofWhole(type, shape, whole));
    }

    /** Open axes take as many elements as there are values. */
    private static TensorShape shapeOf(ValueInfo info, int count) {
        List<Dimension> declared = info.dimensions();
        if (declared == null) {
            return count == 1 ? TensorShape.scalar() : ShapeArithmetic.of(count);
        }
        long[] extents = new long[declared.size()];
        long rest = count;
        for (int axis = 0; axis < extents.length; axis++) {
            Dimension dimension = declared.get(axis);
            extents[axis] = dimension.isKnown() ? dimension.value() : 1;
            rest /= Math.max(1, extents[axis]);
        }
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            if (!declared.get(axis).isKnown()) {
                extents[axis] = Math.max(1, rest);
                break;
            }
        }
        return ShapeArithmetic.of(extents);
    }

    static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
