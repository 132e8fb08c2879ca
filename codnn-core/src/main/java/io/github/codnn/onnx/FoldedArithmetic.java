package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.ConstantFolding.Fold;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Values of small constants that are computed from others, number by number: exactly for whole numbers. */
final class FoldedArithmetic {

    private FoldedArithmetic() {}

    /** A comparison, by the sign of the difference. */
    @FunctionalInterface
    private interface Comparison {
        boolean holds(int sign);
    }

    static void register(Map<String, Fold> folds) {
        folds.put("Add", both(Math::addExact, Double::sum));
        folds.put("Sub", both(Math::subtractExact, (a, b) -> a - b));
        folds.put("Mul", both(Math::multiplyExact, (a, b) -> a * b));
        folds.put("Div", both(FoldedArithmetic::quotient, (a, b) -> a / b));
        folds.put("Mod", FoldedArithmetic::modulo);
        folds.put("Max", both(Math::max, Math::max));
        folds.put("Min", both(Math::min, Math::min));
        folds.put("Pow", both((a, b) -> (long) Math.pow((double) a, (double) b), Math::pow));
        folds.put("And", both((a, b) -> a & b, (a, b) -> a * b));
        folds.put("Or", both((a, b) -> a | b, Math::max));
        folds.put("Equal", comparison(sign -> sign == 0));
        folds.put("Less", comparison(sign -> sign < 0));
        folds.put("Greater", comparison(sign -> sign > 0));
        folds.put("LessOrEqual", comparison(sign -> sign <= 0));
        folds.put("GreaterOrEqual", comparison(sign -> sign >= 0));
        folds.put("Neg", one(Math::negateExact, a -> -a));
        folds.put("Abs", one(Math::abs, Math::abs));
        folds.put("Not", one(a -> 1 - a, a -> 1 - a));
        folds.put("Floor", one(a -> a, Math::floor));
        folds.put("Ceil", one(a -> a, Math::ceil));
        folds.put("Round", one(a -> a, Math::rint));
        folds.put("Sqrt", one(a -> (long) Math.sqrt((double) a), Math::sqrt));
        folds.put("Reciprocal", one(a -> quotient(1, a), a -> 1 / a));
        folds.put("Where", FoldedArithmetic::where);
        folds.put("ReduceProd", reduction(Math::multiplyExact, (a, b) -> a * b));
        folds.put("ReduceSum", reduction(Math::addExact, Double::sum));
        folds.put("ReduceMax", reduction(Math::max, Math::max));
        folds.put("ReduceMin", reduction(Math::min, Math::min));
    }

    private static long quotient(long a, long b) {
        if (b == 0) {
            throw new ImportFailure("it divides by 0");
        }
        return a / b;
    }

    private static Fold one(LongUnaryOperator whole, DoubleUnaryOperator real) {
        return (node, shape) -> {
            SmallTensor value = ConstantFolding.first(node);
            return value.isReal()
                    ? SmallTensor.ofReal(
                            value.type(),
                            shape,
                            Arrays.stream(value.toReal()).map(real).toArray())
                    : SmallTensor.ofWhole(
                            value.type(),
                            shape,
                            Arrays.stream(value.toWhole()).map(whole).toArray());
        };
    }

    private static Fold both(LongBinaryOperator whole, DoubleBinaryOperator real) {
        return (node, shape) -> {
            SmallTensor result = FoldedIndexing.stretched(ConstantFolding.first(node), shape);
            for (int input = 1; input < node.inputCount(); input++) {
                result = combined(
                        result, FoldedIndexing.stretched(ConstantFolding.values(node, input), shape), whole, real);
            }
            return result;
        };
    }

    private static SmallTensor combined(
            SmallTensor a, SmallTensor b, LongBinaryOperator whole, DoubleBinaryOperator real) {
        if (a.isReal() || b.isReal()) {
            double[] values = new double[a.size()];
            Arrays.setAll(values, i -> real.applyAsDouble(a.real(i), b.real(i)));
            return SmallTensor.ofReal(a.isReal() ? a.type() : b.type(), a.shape(), values);
        }
        long[] values = new long[a.size()];
        Arrays.setAll(values, i -> whole.applyAsLong(a.whole(i), b.whole(i)));
        return SmallTensor.ofWhole(a.type(), a.shape(), values);
    }

    private static @Nullable SmallTensor modulo(ResolvedNode node, TensorShape shape) {
        boolean asInC = node.flag("fmod");
        return both(
                        (a, b) -> {
                            quotient(a, b);
                            return asInC ? a % b : Math.floorMod(a, b);
                        },
                        (a, b) -> a % b)
                .fold(node, shape);
    }

    private static Fold comparison(Comparison comparison) {
        return (node, shape) -> {
            SmallTensor a = FoldedIndexing.stretched(ConstantFolding.first(node), shape);
            SmallTensor b = FoldedIndexing.stretched(ConstantFolding.values(node, 1), shape);
            long[] values = new long[a.size()];
            Arrays.setAll(values, i -> {
                int sign = a.isReal() || b.isReal()
                        ? Double.compare(a.real(i), b.real(i))
                        : Long.compare(a.whole(i), b.whole(i));
                return comparison.holds(sign) ? 1 : 0;
            });
            return SmallTensor.ofWhole(ElementType.BOOL, shape, values);
        };
    }

    private static @Nullable SmallTensor where(ResolvedNode node, TensorShape shape) {
        SmallTensor condition = FoldedIndexing.stretched(ConstantFolding.first(node), shape);
        SmallTensor yes = FoldedIndexing.stretched(ConstantFolding.values(node, 1), shape);
        SmallTensor no = FoldedIndexing.stretched(ConstantFolding.values(node, 2), shape);
        if (yes.isReal() != no.isReal()) {
            return null;
        }
        int[] source = IntStream.range(0, condition.size())
                .map(i -> condition.whole(i) != 0 ? i : yes.size() + i)
                .toArray();
        return yes.followedBy(no).picked(shape, source);
    }

    /** Over everything only: that is what becomes of shapes. */
    private static Fold reduction(LongBinaryOperator whole, DoubleBinaryOperator real) {
        return (node, shape) -> {
            SmallTensor all = ConstantFolding.first(node);
            return shape.elements() == 1 && all.size() > 0 ? folded(all, whole, real) : null;
        };
    }

    private static @Nullable SmallTensor folded(SmallTensor all, LongBinaryOperator whole, DoubleBinaryOperator real) {
        return all.isReal()
                ? SmallTensor.ofReal(
                        all.type(),
                        TensorShape.of(1),
                        Arrays.stream(all.toReal()).reduce(real).orElseThrow())
                : SmallTensor.ofWhole(
                        all.type(),
                        TensorShape.of(1),
                        Arrays.stream(all.toWhole()).reduce(whole).orElseThrow());
    }
}
