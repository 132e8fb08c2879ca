package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator makes of its inputs.
 *
 * @param operator the operator
 * @param outputs type and shape of each output, as many as the operator can have; a shape may be unknown
 * @param macs the multiply-accumulates
 * @param trained which inputs are trained weights if they are constant; the others are settings
 * @param packed how many more values these inputs hold than they have elements, because elements hold several values
 * @param greatest whether the shapes depend on the data and are the greatest that are possible
 */
record Inference(
        Operator operator, List<Output> outputs, long macs, List<Integer> trained, long packed, boolean greatest) {

    Inference(Operator operator, List<Output> outputs, long macs, List<Integer> trained) {
        this(operator, outputs, macs, trained, 0, false);
    }

    /** How one kind of operator is understood. */
    @FunctionalInterface
    interface Rule {
        Inference infer(ResolvedNode node);
    }

    /**
     * Type and shape of an output.
     *
     * @param shape the shape, or nothing if it depends on data or is not known
     * @param elements the shapes of the elements of a sequence, or nothing for a tensor
     */
    record Output(
            ElementType type,
            @Nullable TensorShape shape,
            @Nullable List<TensorShape> elements) {
        Output(ElementType type, @Nullable TensorShape shape) {
            this(type, shape, null);
        }

        /** A sequence: one more axis in front of elements of one shape, else a row of all their numbers. */
        static Output sequence(ElementType type, List<TensorShape> elements) {
            boolean alike = elements.stream().distinct().count() == 1;
            long count = 0;
            for (TensorShape element : elements) {
                count = Math.addExact(count, element.elements());
            }
            TensorShape shape = alike
                    ? ShapeArithmetic.joined(ShapeArithmetic.of(elements.size()), elements.get(0))
                    : ShapeArithmetic.of(count);
            return new Output(type, shape, List.copyOf(elements));
        }
    }

    static Inference of(Operator operator, ElementType type, TensorShape shape) {
        return new Inference(operator, List.of(new Output(type, shape)), 0, List.of());
    }

    static Inference of(Operator operator, Output... outputs) {
        return new Inference(operator, List.of(outputs), 0, List.of());
    }

    Inference withMacs(long... factors) {
        return new Inference(operator, outputs, product(factors), trained, packed, greatest);
    }

    Inference withTrained(Integer... inputs) {
        return new Inference(operator, outputs, macs, List.of(inputs), packed, greatest);
    }

    Inference withPacked(long values) {
        return new Inference(operator, outputs, macs, trained, values, greatest);
    }

    Inference withOutputs(Output... all) {
        return new Inference(operator, List.of(all), macs, trained, packed, greatest);
    }

    /** Says that the shapes are the greatest that the data can make. */
    Inference asGreatest() {
        return new Inference(operator, outputs, macs, trained, packed, true);
    }

    /** A product that is refused rather than wrapped. */
    static long product(long... factors) {
        long product = 1;
        for (long factor : factors) {
            product = multiply(product, factor);
        }
        return Arrays.stream(factors).anyMatch(factor -> factor == 0) ? 0 : product;
    }

    private static long multiply(long a, long b) {
        try {
            return b == 0 ? a : Math.multiplyExact(a, b);
        } catch (ArithmeticException e) {
            throw new ImportFailure("a count is beyond 2^63-1");
        }
    }
}
