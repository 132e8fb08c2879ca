package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Operator.Pooling.Function;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.Inference.Rule;
import java.util.Arrays;
import java.util.Map;

/** Pooling with windows, over everything, and over regions of interest. */
final class PoolingRules {

    private PoolingRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("MaxPool", node -> pool(node, Function.MAX));
        rules.put("AveragePool", node -> pool(node, Function.AVERAGE));
        rules.put("LpPool", node -> pool(node, Function.LP));
        rules.put("GlobalMaxPool", node -> global(node, Function.MAX));
        rules.put("GlobalAveragePool", node -> global(node, Function.AVERAGE));
        rules.put("GlobalLpPool", node -> global(node, Function.LP));
        rules.put("MaxUnpool", PoolingRules::unpool);
        rules.put("MaxRoiPool", PoolingRules::regions);
        rules.put("RoiAlign", PoolingRules::regions);
    }

    private static Inference pool(ResolvedNode node, Function function) {
        TensorShape input = node.shapeOfLeastRank(0, 3);
        SlidingWindow sliding = new SlidingWindow(node, kernel(node, input), ConvolutionRules.spatial(input));
        long[] extents = sliding.shrink(node.flag("ceil_mode"));
        TensorShape output = ConvolutionRules.withSpatial(input.dimension(0), input.dimension(1), extents);
        Operator operator = new Operator.Pooling(function, sliding.window());
        Output values = new Output(node.type(0), output);
        return function == Function.MAX
                ? Inference.of(operator, values, new Output(ElementType.INT64, output))
                : Inference.of(operator, values);
    }

    private static long[] kernel(ResolvedNode node, TensorShape input) {
        return node.numbers("kernel_shape")
                .filter(kernel -> kernel.length == input.rank() - 2)
                .orElseThrow(() -> new ImportFailure(
                        "attribute 'kernel_shape' must have " + (input.rank() - 2) + " numbers for an input " + input));
    }

    private static Inference global(ResolvedNode node, Function function) {
        TensorShape input = node.shapeOfLeastRank(0, 2);
        long[] ones = new long[input.rank() - 2];
        Arrays.fill(ones, 1);
        TensorShape output = ConvolutionRules.withSpatial(input.dimension(0), input.dimension(1), ones);
        return Inference.of(new Operator.GlobalPooling(function), node.type(0), output);
    }

    private static Inference unpool(ResolvedNode node) {
        Operator operator = new Operator.DataMovement("MaxUnpool");
        if (node.has(2)) {
            return Inference.of(operator, node.type(0), ShapeArithmetic.of(node.known(2)));
        }
        TensorShape input = node.shapeOfLeastRank(0, 3);
        long[] kernel = kernel(node, input);
        long[] strides = node.numbers("strides", kernel.length, 1);
        long[] pads = node.numbers("pads", 2 * kernel.length, 0);
        long[] extents = ConvolutionRules.spatial(input);
        for (int axis = 0; axis < kernel.length; axis++) {
            long grown = Math.addExact(Math.multiplyExact(extents[axis] - 1, strides[axis]), kernel[axis]);
            extents[axis] = Math.subtractExact(grown, Math.addExact(pads[axis], pads[axis + kernel.length]));
        }
        return Inference.of(
                operator, node.type(0), ConvolutionRules.withSpatial(input.dimension(0), input.dimension(1), extents));
    }

    private static Inference regions(ResolvedNode node) {
        TensorShape input = node.shapeOfRank(0, 4);
        TensorShape regions = node.shapeOfRank(1, 2);
        long[] extents = node.operator().equals("RoiAlign")
                ? new long[] {node.number("output_height", 1), node.number("output_width", 1)}
                : node.numbers("pooled_shape", 2, 1);
        return Inference.of(
                new Operator.DataMovement(node.operator()),
                node.type(0),
                ConvolutionRules.withSpatial(regions.dimension(0), input.dimension(1), extents));
    }
}
