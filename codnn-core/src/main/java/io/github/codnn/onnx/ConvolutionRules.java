package io.github.codnn.onnx;

import static io.github.codnn.onnx.Inference.product;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Convolutions: plain, transposed, deformable and quantised, grouped, over any number of spatial axes. */
final class ConvolutionRules {

    private ConvolutionRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("Conv", node -> convolution(node, 1, node.type(0)).withTrained(1, 2));
        rules.put("ConvInteger", node -> convolution(node, 1, ElementType.INT32).withTrained(1));
        rules.put("QLinearConv", node -> convolution(node, 3, node.type(7)).withTrained(3, 8));
        rules.put("DeformConv", node -> convolution(node, 1, node.type(0)).withTrained(1, 3));
        rules.put("ConvTranspose", ConvolutionRules::transposed);
        rules.put("CausalConvWithState", ConvolutionRules::causal);
    }

    /** One kernel for each channel over the past only; the last values before the end are the state of the next run. */
    private static Inference causal(ResolvedNode node) {
        TensorShape input = node.shapeOfRank(0, 3);
        TensorShape weights = node.shapeOfRank(1, 3);
        if (weights.dimension(0) != input.dimension(1) || weights.dimension(1) != 1 || weights.dimension(2) < 1) {
            throw new ImportFailure("weights " + weights + " do not fit the channels of the input " + input);
        }
        TensorShape state = ShapeArithmetic.with(input, 2, weights.dimension(2) - 1);
        int kernel = Math.toIntExact(weights.dimension(2));
        Window window = new Window(List.of(kernel), List.of(1), List.of(1), List.of(kernel - 1), List.of(0));
        return Inference.of(
                        new Operator.Convolution(window, input.dimension(1), false),
                        new Output(node.type(0), input),
                        new Output(node.type(0), state))
                .withMacs(input.elements(), weights.dimension(2))
                .withTrained(1, 2);
    }

    private static Inference convolution(ResolvedNode node, int weight, ElementType type) {
        return convolution(node, weight, type, 0);
    }

    /**
     * A convolution of any kind.
     *
     * @param fill how many channels the weights may have more or less than the input, because both are stored in blocks
     */
    static Inference convolution(ResolvedNode node, int weight, ElementType type, long fill) {
        TensorShape input = node.shapeOfLeastRank(0, 3);
        TensorShape weights = node.shapeOfRank(weight, input.rank());
        long groups = node.number("group", 1, 1, Integer.MAX_VALUE);
        long difference = product(weights.dimension(1), groups) - input.dimension(1);
        if (Math.abs(difference) > fill || (fill == 0 && weights.dimension(0) % groups != 0)) {
            throw new ImportFailure("weights " + weights + " in " + groups + " groups do not fit the input " + input);
        }
        long[] kernel = kernel(node, weights);
        SlidingWindow sliding = new SlidingWindow(node, kernel, spatial(input));
        TensorShape output = withSpatial(input.dimension(0), weights.dimension(0), sliding.shrink(false));
        return Inference.of(new Operator.Convolution(sliding.window(), groups, false), type, output)
                .withMacs(output.elements(), weights.dimension(1), product(kernel));
    }

    private static Inference transposed(ResolvedNode node) {
        TensorShape input = node.shapeOfLeastRank(0, 3);
        TensorShape weights = node.shapeOfRank(1, input.rank());
        long groups = node.number("group", 1, 1, Integer.MAX_VALUE);
        if (weights.dimension(0) != input.dimension(1) || weights.dimension(0) % groups != 0) {
            throw new ImportFailure("weights " + weights + " in " + groups + " groups do not fit the input " + input);
        }
        long[] kernel = kernel(node, weights);
        SlidingWindow sliding = new SlidingWindow(node, kernel, spatial(input));
        long[] wanted = node.numbers("output_shape").orElse(new long[0]);
        if (wanted.length == input.rank()) {
            wanted = Arrays.copyOfRange(wanted, 2, wanted.length);
        } else if (wanted.length != 0 && wanted.length != kernel.length) {
            throw new ImportFailure("attribute 'output_shape' must have " + kernel.length + " numbers");
        }
        long[] extents = sliding.grow(node.numbers("output_padding", kernel.length, 0), wanted);
        TensorShape output = withSpatial(input.dimension(0), product(weights.dimension(1), groups), extents);
        return Inference.of(new Operator.Convolution(sliding.window(), groups, true), node.type(0), output)
                .withMacs(input.elements(), weights.dimension(1), product(kernel))
                .withTrained(1, 2);
    }

    private static long[] kernel(ResolvedNode node, TensorShape weights) {
        long[] kernel = spatial(weights);
        node.numbers("kernel_shape").ifPresent(declared -> {
            if (!Arrays.equals(declared, kernel)) {
                throw new ImportFailure("attribute 'kernel_shape' is " + Arrays.toString(declared)
                        + ", but the weights are " + weights);
            }
        });
        return kernel;
    }

    /** The extents behind batch and channels. */
    static long[] spatial(TensorShape shape) {
        long[] extents = ShapeArithmetic.extents(shape);
        return Arrays.copyOfRange(extents, 2, extents.length);
    }

    static TensorShape withSpatial(long batch, long channels, long[] spatial) {
        return ShapeArithmetic.joined(ShapeArithmetic.of(batch, channels), ShapeArithmetic.of(spatial));
    }
}
