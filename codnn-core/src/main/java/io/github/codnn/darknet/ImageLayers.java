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
        refuse(section, "antialiasing");
        if (section.has("share_index")) {
            throw new IllegalArgumentException("option 'share_index' is not supported");
        }
        int size = section.positive("size", 1);
        int given = section.positive("dilation", 1);
        int dilation = size == 1 ? 1 : given;
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
        boolean isCrossBatch = section.flag("cbn"); // asks for batch normalisation over several batches
        boolean normalized = section.flag("batch_normalize") || isCrossBatch;
        int filters = section.outputs("filters");
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
        int filters = section.outputs("filters");
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
        return resized(network, x, name, "Slice", x.shape().dimension(1), height, width);
    }

    static Tensor reorg(NetworkAssembler network, CfgSection section, String name) {
        int extra = section.nonNegative("extra", 0);
        long stride = section.positive("stride", 1);
        if (extra > 0) {
            return lengthened(network, name, extra);
        }
        Tensor x = network.image(name);
        long channels = x.shape().dimension(1);
        long height = x.shape().dimension(2);
        long width = x.shape().dimension(3);
        if (section.flag("reverse")) {
            long fewer = exactly(channels, Math.multiplyExact(stride, stride));
            return resized(
                    network,
                    x,
                    name,
                    "DepthToSpace",
                    fewer,
                    Math.multiplyExact(height, stride),
                    Math.multiplyExact(width, stride));
        }
        long more = Math.multiplyExact(channels, Math.multiplyExact(stride, stride));
        return resized(network, x, name, "SpaceToDepth", more, exactly(height, stride), exactly(width, stride));
    }

    /** Takes the image as a vector and adds elements to it, such as the move that passes in the game of Go. */
    private static Tensor lengthened(NetworkAssembler network, String name, int extra) {
        Tensor x = network.vector(name);
        long length = Math.addExact(x.shape().dimension(1), (long) extra);
        return network.net().move(name, x, "Pad", TensorShape.of(x.shape().dimension(0), length));
    }

    static Tensor upsample(NetworkAssembler network, CfgSection section, String name) {
        int stride = section.integer("stride", 2);
        if (stride > 0) {
            return network.net().upsample(name, network.image(name), stride);
        }
        if (stride == 0) {
            throw new IllegalArgumentException("'stride' must not be 0");
        }
        // A negative stride divides the image, as in Darknet.
        Tensor x = network.image(name);
        TensorShape from = x.shape();
        long divisor = -(long) stride;
        if (from.dimension(2) < divisor || from.dimension(3) < divisor) {
            throw new IllegalArgumentException("'stride' is " + stride + ", but the image is only " + from);
        }
        return resized(
                network,
                x,
                name,
                "Resize",
                from.dimension(1),
                from.dimension(2) / divisor,
                from.dimension(3) / divisor);
    }

    /** Joins the last {@code history_size} images along the channels. */
    static Tensor history(NetworkAssembler network, CfgSection section, String name) {
        Tensor x = network.image(name);
        TensorShape from = x.shape();
        long channels = Math.multiplyExact(from.dimension(1), (long) section.positive("history_size", 4));
        return resized(network, x, name, "Concat", channels, from.dimension(2), from.dimension(3));
    }

    /** Adds learnt values that depend on no input. */
    static Tensor implicit(NetworkAssembler network, CfgSection section, String name) {
        int filters = section.positive("filters", 128);
        int atoms = section.positive("atoms", 1);
        Tensor out = Tensor.float32(name, network.current().shape().dimension(0), filters, atoms, 1);
        long parameters = Math.multiplyExact((long) filters, (long) atoms);
        network.net()
                .add(Layer.of(name, new Operator.Other("Implicit"), List.of(), List.of(out))
                        .withParameters(parameters, ElementType.FLOAT32.bytes(parameters)));
        return out;
    }

    private static Tensor resized(
            NetworkAssembler network, Tensor x, String name, String kind, long channels, long height, long width) {
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
