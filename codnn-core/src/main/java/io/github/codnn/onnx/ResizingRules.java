package io.github.codnn.onnx;

import static io.github.codnn.onnx.ReshapingRules.moved;

import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Rule;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Images made larger or smaller, and images sampled at given places. */
final class ResizingRules {

    private ResizingRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("Resize", node -> moved(node, resized(node)));
        rules.put("Upsample", node -> moved(node, upsampled(node)));
        rules.put("GridSample", node -> moved(node, sampled(node)));
        rules.put("AffineGrid", node -> moved(node, grid(node)));
        rules.put("Col2Im", node -> moved(node, image(node)));
    }

    private static TensorShape upsampled(ResolvedNode node) {
        TensorShape input = node.shape(0);
        double[] scales;
        if (node.hasAttribute("height_scale")) {
            scales = new double[] {
                1,
                1,
                node.real("height_scale").orElse(1),
                node.real("width_scale").orElse(1)
            };
        } else if (node.hasAttribute("scales")) {
            scales = node.reals("scales").orElseThrow();
        } else {
            scales = knownReals(node, 1);
        }
        return scaled(input, scales, IntStream.range(0, input.rank()).toArray());
    }

    /** Operator set 10 has input and scales; later ones put a region before the scales and sizes behind them. */
    private static TensorShape resized(ResolvedNode node) {
        TensorShape input = node.shape(0);
        int scales = node.opset() < 11 ? 1 : 2;
        int[] axes = node.numbers("axes")
                .map(given -> Arrays.stream(given)
                        .mapToInt(axis -> ResolvedNode.axis(axis, input.rank()))
                        .toArray())
                .orElseGet(() -> IntStream.range(0, input.rank()).toArray());
        if (node.has(3)) {
            return sized(node, input, axes);
        }
        if (!node.has(scales)) {
            throw new ImportFailure("it has neither scales nor sizes");
        }
        double[] factors = knownReals(node, scales);
        if (!node.text("coordinate_transformation_mode", "").equals("tf_crop_and_resize")) {
            return scaled(input, factors, axes);
        }
        return cropped(node, input, factors, axes);
    }

    private static TensorShape sized(ResolvedNode node, TensorShape input, int[] axes) {
        long[] sizes = node.known(3);
        if (sizes.length != axes.length) {
            throw new ImportFailure("sizes " + Arrays.toString(sizes) + " do not fit " + axes.length + " axes");
        }
        String policy = node.text("keep_aspect_ratio_policy", "stretch");
        Optional<Double> scale = Optional.empty();
        if (!policy.equals("stretch")) {
            var scales = IntStream.range(0, axes.length)
                    .mapToDouble(i -> (double) sizes[i] / input.dimension(axes[i]))
                    .boxed();
            scale = policy.equals("not_larger") ? scales.min(Double::compare) : scales.max(Double::compare);
        }
        long[] extents = ShapeArithmetic.extents(input);
        for (int i = 0; i < axes.length; i++) {
            extents[axes[i]] = scale.isPresent() ? Math.round(extents[axes[i]] * scale.get()) : sizes[i];
        }
        return ShapeArithmetic.of(extents);
    }

    private static double[] knownReals(ResolvedNode node, int index) {
        return node.values(index)
                .orElseThrow(() -> new UnknownShape("it depends on the values of '"
                        + node.input(index).name() + "', which are not known before the run"))
                .toReal();
    }

    /** Extents are cut off to whole numbers; factors are single-precision numbers, and so is the product. */
    private static TensorShape scaled(TensorShape input, double[] scales, int[] axes) {
        if (scales.length != axes.length) {
            throw new ImportFailure("scales " + Arrays.toString(scales) + " do not fit " + axes.length + " axes");
        }
        long[] extents = ShapeArithmetic.extents(input);
        for (int i = 0; i < axes.length; i++) {
            if (!(scales[i] > 0 && scales[i] < Integer.MAX_VALUE)) {
                throw new ImportFailure("scale " + scales[i] + " is not positive");
            }
            extents[axes[i]] = (long) ((float) extents[axes[i]] * (float) scales[i]);
        }
        return ShapeArithmetic.of(extents);
    }

    /** With a region of interest, only that part of each extent is scaled. */
    private static TensorShape cropped(ResolvedNode node, TensorShape input, double[] scales, int[] axes) {
        double[] region = knownReals(node, 1);
        if (region.length != 2 * axes.length || scales.length != axes.length) {
            throw new ImportFailure("its region has " + region.length + " numbers for " + axes.length + " axes");
        }
        long[] extents = ShapeArithmetic.extents(input);
        for (int i = 0; i < axes.length; i++) {
            double part = region[i + axes.length] - region[i];
            extents[axes[i]] = (long) Math.floor(extents[axes[i]] * part * scales[i]);
        }
        return ShapeArithmetic.of(extents);
    }

    private static TensorShape sampled(ResolvedNode node) {
        TensorShape input = node.shapeOfLeastRank(0, 3);
        TensorShape grid = node.shapeOfRank(1, input.rank());
        return ShapeArithmetic.joined(
                ShapeArithmetic.part(input, 0, 2), ShapeArithmetic.part(grid, 1, grid.rank() - 1));
    }

    private static TensorShape grid(ResolvedNode node) {
        long[] size = node.known(1);
        if (size.length < 3) {
            throw new ImportFailure("the size " + Arrays.toString(size) + " has no spatial axes");
        }
        TensorShape whole = ShapeArithmetic.of(size);
        return ShapeArithmetic.joined(
                ShapeArithmetic.of(size[0]),
                ShapeArithmetic.part(whole, 2, whole.rank()),
                ShapeArithmetic.of(size.length - 2));
    }

    private static TensorShape image(ResolvedNode node) {
        TensorShape input = node.shapeOfRank(0, 3);
        long[] extents = node.known(1);
        long block = ShapeArithmetic.of(node.known(2)).elements();
        if (block == 0 || input.dimension(1) % block != 0) {
            throw new ImportFailure("the channels of " + input + " are no multiple of the block " + block);
        }
        return ConvolutionRules.withSpatial(input.dimension(0), input.dimension(1) / block, extents);
    }
}
