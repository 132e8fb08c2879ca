package io.github.codnn.predict;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import java.util.List;

/**
 * The dimensions of the work in one layer, the input of all features.
 *
 * <p>Convolutions and matrix products are described as the general matrix products that CPU libraries compute: an
 * {@code m x k} matrix of weights times a {@code k x n} matrix of unfolded input ("im2col"), once for each group.
 *
 * @param macs the multiply-accumulates stated by the layer
 * @param inputElements the elements read, excluding weights
 * @param outputElements the elements written
 * @param inputBytes the bytes read, excluding weights
 * @param outputBytes the bytes written
 * @param weightBytes the bytes of the weights
 * @param groups the number of independent products
 * @param m rows of the product: output channels of a group
 * @param n columns of the product: output positions
 * @param k depth of the product: input channels of a group times elements of the window
 * @param unfolded whether the input must be unfolded first: for every window except 1x1 with stride 1
 * @param windowElements the elements under the window, 1 without a window
 * @param windowWidth the extent of the window on the innermost axis
 * @param stride the greatest step of the window
 * @param inputWidth the extent of the input on the innermost axis
 * @param outputRows the number of innermost rows of the output
 * @param outputHeight the number of innermost rows of one channel of the output
 */
record LayerWork(
        double macs,
        double inputElements,
        double outputElements,
        double inputBytes,
        double outputBytes,
        double weightBytes,
        double groups,
        double m,
        double n,
        double k,
        boolean unfolded,
        double windowElements,
        double windowWidth,
        double stride,
        double inputWidth,
        double outputRows,
        double outputHeight) {

    static LayerWork of(Layer layer) {
        double inputElements = elements(layer.inputs());
        double outputElements = elements(layer.outputs());
        Dimensions d = Dimensions.of(layer, inputElements, outputElements);
        double inputWidth = lastDimension(layer.inputs());
        double outputRows = outputElements / Math.max(1, lastDimension(layer.outputs()));
        return new LayerWork(
                layer.macs(),
                inputElements,
                outputElements,
                layer.inputBytes(),
                layer.outputBytes(),
                layer.parameterBytes(),
                d.groups,
                d.m,
                d.n,
                d.k,
                d.unfolded,
                d.window.elements,
                d.window.width,
                d.window.stride,
                inputWidth,
                outputRows,
                outputRows / channelsTimesBatch(layer.outputs()));
    }

    /** The multiply-accumulates of the matrix product; for consistent layers the same as {@link #macs}. */
    double productMacs() {
        return groups * m * n * k;
    }

    double unfoldedElements() {
        return groups * n * k;
    }

    double weightElements() {
        return groups * m * k;
    }

    double trafficBytes() {
        return inputBytes + outputBytes;
    }

    double windowHeight() {
        return windowElements / windowWidth;
    }

    private static double elements(List<Tensor> tensors) {
        double elements = 0;
        for (Tensor tensor : tensors) {
            elements += tensor.shape().elements();
        }
        return elements;
    }

    private static double channelsTimesBatch(List<Tensor> tensors) {
        if (tensors.isEmpty() || tensors.get(0).shape().rank() < 3) {
            return 1;
        }
        TensorShape shape = tensors.get(0).shape();
        return Math.max(1, (double) shape.dimension(0) * shape.dimension(1));
    }

    private static double lastDimension(List<Tensor> tensors) {
        if (tensors.isEmpty() || tensors.get(0).shape().rank() == 0) {
            return 1;
        }
        return tensors.get(0).shape().dimension(-1);
    }

    private record Sliding(double elements, double width, double stride) {
        static final Sliding NONE = new Sliding(1, 1, 1);

        static Sliding of(Window window) {
            double stride = 1;
            for (int step : window.strides()) {
                stride = Math.max(stride, step);
            }
            int axes = window.axes();
            return new Sliding(
                    window.elements(), axes == 0 ? 1 : window.kernel().get(axes - 1), stride);
        }

        boolean isPointwise() {
            return elements == 1 && stride == 1;
        }
    }

    private record Dimensions(double groups, double m, double n, double k, boolean unfolded, Sliding window) {

        static Dimensions of(Layer layer, double inputElements, double outputElements) {
            Operator operator = layer.operator();
            boolean shaped = !layer.inputs().isEmpty() && !layer.outputs().isEmpty();
            if (operator instanceof Operator.Convolution convolution && shaped) {
                return convolution(layer, convolution, inputElements, outputElements);
            }
            if (operator instanceof Operator.Pooling pooling) {
                return new Dimensions(1, 0, 0, 0, false, Sliding.of(pooling.window()));
            }
            if ((operator instanceof Operator.FullyConnected || operator instanceof Operator.MatMul) && shaped) {
                return product(layer, inputElements, outputElements);
            }
            return new Dimensions(1, 0, 0, 0, false, Sliding.NONE);
        }

        // A transposed convolution multiplies first and then folds, so that its input and output swap their roles.
        private static Dimensions convolution(
                Layer layer, Operator.Convolution convolution, double inputElements, double outputElements) {
            Sliding window = Sliding.of(convolution.window());
            double groups = convolution.groups();
            double inputChannels = channels(layer.inputs().get(0));
            double outputChannels = channels(layer.outputs().get(0));
            if (convolution.transposed()) {
                double positions = inputElements / Math.max(1, inputChannels);
                double rows = outputChannels / groups * window.elements;
                return new Dimensions(groups, rows, positions, inputChannels / groups, !window.isPointwise(), window);
            }
            double positions = outputElements / Math.max(1, outputChannels);
            double depth = inputChannels / groups * window.elements;
            return new Dimensions(groups, outputChannels / groups, positions, depth, !window.isPointwise(), window);
        }

        private static Dimensions product(Layer layer, double inputElements, double outputElements) {
            double columns = lastDimension(layer.outputs());
            double rows = outputElements / Math.max(1, columns);
            if (layer.inputs().size() > 1) {
                double depth = lastDimension(layer.inputs());
                double batch = batch(layer.outputs().get(0).shape());
                return new Dimensions(batch, columns, rows / batch, depth, false, Sliding.NONE);
            }
            return new Dimensions(1, columns, rows, inputElements / Math.max(1, rows), false, Sliding.NONE);
        }

        private static double batch(TensorShape shape) {
            double batch = 1;
            for (int axis = 0; axis < shape.rank() - 2; axis++) {
                batch *= shape.dimension(axis);
            }
            return Math.max(1, batch);
        }

        private static double channels(Tensor tensor) {
            return tensor.shape().rank() < 2 ? 1 : tensor.shape().dimension(1);
        }
    }
}
