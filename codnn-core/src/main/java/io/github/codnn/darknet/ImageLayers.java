package io.github.codnn.darknet;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Operator.Pooling.Function;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import io.github.codnn.zoo.Filter;
import java.util.List;

/** The sections that work on images, with Darknet's own rules for padding and rounding. */
final class ImageLayers {

    private ImageLayers() {}

    static Tensor convolutional(NetworkAssembler network, CfgSection section, String name) {
        refuse(section, "antialiasing", "share_index");
        int size = section.positive("size", 1);
        int dilation = section.positive("dilation", 1);
        int stride = section.positive("stride", 1);
        List<Integer> strides = List.of(section.positive("stride_y", stride), section.positive("stride_x", stride));
        List<Integer> pads = twice(Math.multiplyExact(padding(section, size), dilation));
        Window window = new Window(twice(size), strides, twice(dilation), pads, pads);
        return filtered(network, section, name, Filter.of(window).grouped(section.positive("groups", 1)));
    }

    static Tensor deconvolutional(NetworkAssembler network, CfgSection section, String name) {
        int size = section.positive("size", 1);
        Window window = Window.square(size, section.positive("stride", 1), padding(section, size));
        return filtered(network, section, name, Filter.of(window).asTransposed());
    }

    private static int padding(CfgSection section, int size) {
        int padding = section.nonNegative("padding", 0);
        return section.flag("pad") ? size / 2 : padding;
    }

    private static Tensor filtered(NetworkAssembler network, CfgSection section, String name, Filter filter) {
        boolean normalized = section.flag("batch_normalize");
        int filters = section.positive("filters", 1);
        Tensor x = network.image(name);
        x = network.net().conv(name, x, filters, normalized ? filter.withoutBias() : filter);
        if (normalized) {
            x = network.net().batchNormCountingStatistics(name + "/bn", x);
        }
        return Activations.add(network, section, name, x, "logistic");
    }

    /** Adds a convolution whose weights differ from position to position. */
    static Tensor local(NetworkAssembler network, CfgSection section, String name) {
        Tensor x = network.image(name);
        int size = section.positive("size", 1);
        int stride = section.positive("stride", 1);
        int filters = section.positive("filters", 1);
        // Darknet takes any padding here to be that of a 3x3 window.
        long inset = section.flag("pad") ? 1 : size;
        long height = positions(x.shape().dimension(2), inset, stride);
        long width = positions(x.shape().dimension(3), inset, stride);
        long batch = x.shape().dimension(0);
        Tensor out = Tensor.float32(name, batch, filters, height, width);
        long inputs = Math.multiplyExact(x.shape().dimension(1), Math.multiplyExact((long) size, size));
        long outputs = TensorShape.of(filters, height, width).elements();
        long weights = Math.multiplyExact(inputs, outputs);
        long parameters = Math.addExact(weights, outputs);
        network.net()
                .add(Layer.of(name, new Operator.Other("LocallyConnected"), List.of(x), List.of(out))
                        .withParameters(parameters, ElementType.FLOAT32.bytes(parameters))
                        .withMacs(Math.multiplyExact(batch, weights)));
        return Activations.add(network, section, name, out, "logistic");
    }

    private static long positions(long extent, long inset, int stride) {
        if (extent < inset) {
            throw new IllegalArgumentException("a window of " + inset + " does not fit an image of " + extent);
        }
        return (extent - inset) / stride + 1;
    }

    static Tensor maxPool(NetworkAssembler network, CfgSection section, String name) {
        refuse(section, "antialiasing", "maxpool_depth");
        return pool(network, section, name, Function.MAX);
    }

    static Tensor localAveragePool(NetworkAssembler network, CfgSection section, String name) {
        return pool(network, section, name, Function.AVERAGE);
    }

    private static Tensor pool(NetworkAssembler network, CfgSection section, String name, Function function) {
        int stride = section.positive("stride", 1);
        List<Integer> strides = List.of(section.positive("stride_y", stride), section.positive("stride_x", stride));
        int size = section.positive("size", stride);
        // The padding counts both sides together and the first side gets the smaller half.
        int padding = section.nonNegative("padding", size - 1);
        List<Integer> before = twice(padding / 2);
        List<Integer> after = twice(padding - padding / 2);
        Window window = new Window(twice(size), strides, twice(1), before, after);
        return network.net().pool(name, network.image(name), function, window);
    }

    static Tensor averagePool(NetworkAssembler network, CfgSection section, String name) {
        return network.net().globalAveragePool(name, network.image(name));
    }

    static Tensor crop(NetworkAssembler network, CfgSection section, String name) {
        Tensor x = network.image(name);
        int height = section.positive("crop_height", 1);
        int width = section.positive("crop_width", 1);
        if (height > x.shape().dimension(2) || width > x.shape().dimension(3)) {
            throw new IllegalArgumentException(
                    "cannot crop " + height + "x" + width + " out of an image of " + x.shape());
        }
        return resized(network, name, "Slice", x.shape().dimension(1), height, width);
    }

    static Tensor reorg(NetworkAssembler network, CfgSection section, String name) {
        refuse(section, "extra");
        Tensor x = network.image(name);
        long stride = section.positive("stride", 1);
        long channels = x.shape().dimension(1);
        long height = x.shape().dimension(2);
        long width = x.shape().dimension(3);
        if (section.flag("reverse")) {
            long fewer = exactly(channels, Math.multiplyExact(stride, stride));
            return resized(
                    network,
                    name,
                    "DepthToSpace",
                    fewer,
                    Math.multiplyExact(height, stride),
                    Math.multiplyExact(width, stride));
        }
        long more = Math.multiplyExact(channels, Math.multiplyExact(stride, stride));
        return resized(network, name, "SpaceToDepth", more, exactly(height, stride), exactly(width, stride));
    }

    static Tensor upsample(NetworkAssembler network, CfgSection section, String name) {
        return network.net().upsample(name, network.image(name), section.positive("stride", 2));
    }

    private static Tensor resized(
            NetworkAssembler network, String name, String kind, long channels, long height, long width) {
        Tensor x = network.image(name);
        return network.net().move(name, x, kind, TensorShape.of(x.shape().dimension(0), channels, height, width));
    }

    private static long exactly(long dividend, long divisor) {
        if (dividend % divisor != 0) {
            throw new IllegalArgumentException(divisor + " does not divide " + dividend);
        }
        return dividend / divisor;
    }

    /** Refuses options that change the network in ways that this reader does not follow. */
    private static void refuse(CfgSection section, String... options) {
        for (String option : options) {
            if (section.has(option) && section.flag(option)) {
                throw new IllegalArgumentException("option '" + option + "' is not supported");
            }
        }
    }

    private static List<Integer> twice(int value) {
        return List.of(value, value);
    }
}
