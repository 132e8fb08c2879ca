package io.github.codnn.zoo;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Operator.Activation;
import io.github.codnn.graph.Operator.Concat;
import io.github.codnn.graph.Operator.DataMovement;
import io.github.codnn.graph.Operator.Elementwise;
import io.github.codnn.graph.Operator.FullyConnected;
import io.github.codnn.graph.Operator.GlobalPooling;
import io.github.codnn.graph.Operator.Normalization;
import io.github.codnn.graph.Operator.Pooling;
import io.github.codnn.graph.Operator.Softmax;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import java.util.Arrays;
import java.util.List;

/**
 * Builds a network layer by layer and computes shapes, parameters and multiply-accumulates (MACs).
 *
 * <p>Every method adds one layer in single precision and returns its output tensor, which has the name of the layer;
 * images are NCHW. Methods check shapes at once and throw {@link IllegalArgumentException} if a window does not fit or
 * channels do not divide into groups, and {@link ArithmeticException} or {@link IllegalArgumentException} if a number
 * overflows a {@code long}.
 *
 * <pre>{@code
 * NetworkBuilder net = NetworkBuilder.named("small");
 * Tensor x = net.input("image", 1, 3, 32, 32);
 * x = net.relu("conv/relu", net.conv("conv", x, 16, Filter.same(3)));
 * x = net.fullyConnected("fc", net.flatten("flatten", x), 10);
 * LayerGraph graph = net.build();
 * }</pre>
 *
 * <p>{@link SequenceLayers} adds the layers of transformers. Each method takes time linear in the rank of its tensors.
 * Not thread-safe.
 */
public final class NetworkBuilder {

    private final LayerGraph.Builder graph;

    private NetworkBuilder(String name) {
        this.graph = LayerGraph.builder(name);
    }

    /**
     * Starts a network.
     *
     * @param name the name of the network, not blank
     * @return a builder without layers
     */
    public static NetworkBuilder named(String name) {
        return new NetworkBuilder(name);
    }

    /**
     * Declares a single-precision input.
     *
     * @param name the name of the tensor
     * @param dimensions its extents, outermost first
     * @return the tensor
     */
    public Tensor input(String name, long... dimensions) {
        return input(Tensor.float32(name, dimensions));
    }

    /**
     * Declares an input.
     *
     * @param tensor the tensor
     * @return the same tensor
     */
    public Tensor input(Tensor tensor) {
        graph.input(tensor);
        return tensor;
    }

    /**
     * Adds a convolution. Its MACs are those of the dense sum, including padding; its parameters are the weights and,
     * if the filter is biased, one bias per output channel.
     *
     * @param name the name of the layer
     * @param x the input: batch, channels, then one extent per axis of the window
     * @param filters the number of output channels
     * @param filter the window, groups and bias
     * @return the output
     */
    public Tensor conv(String name, Tensor x, long filters, Filter filter) {
        return append(Layers.convolution(name, x, filters, filter));
    }

    /**
     * Adds a pooling layer whose output extents are rounded down, as PyTorch and Darknet do.
     *
     * @param name the name of the layer
     * @param x the input: batch, channels, then one extent per axis of the window
     * @param function the function over the window
     * @param window the sliding window
     * @return the output
     */
    public Tensor pool(String name, Tensor x, Pooling.Function function, Window window) {
        return append(Layers.pooling(name, x, new Pooling(function, window), false));
    }

    /**
     * Adds a pooling layer whose output extents are rounded up, as Caffe does; without a last window that would start
     * in the padding.
     *
     * @param name the name of the layer
     * @param x the input: batch, channels, then one extent per axis of the window
     * @param function the function over the window
     * @param window the sliding window
     * @return the output
     */
    public Tensor poolRoundedUp(String name, Tensor x, Pooling.Function function, Window window) {
        return append(Layers.pooling(name, x, new Pooling(function, window), true));
    }

    /**
     * Adds the mean over all spatial axes, each of which gets extent 1.
     *
     * @param name the name of the layer
     * @param x the input: batch, channels, then the spatial axes
     * @return the output
     */
    public Tensor globalAveragePool(String name, Tensor x) {
        return append(
                Layers.plain(name, new GlobalPooling(Pooling.Function.AVERAGE), Extents.pooledAway(x.shape()), x));
    }

    /**
     * Adds mean pooling to a square of fixed extent, and no layer if the input already has that extent.
     *
     * @param name the name of the layer
     * @param x the input in NCHW
     * @param extent the output height and width, a divisor of both those of the input
     * @return the output, or the input if no layer is needed
     */
    public Tensor adaptiveAveragePool(String name, Tensor x, int extent) {
        boolean there = x.shape().dimension(2) == extent && x.shape().dimension(3) == extent;
        return there ? x : pool(name, x, Pooling.Function.AVERAGE, Extents.dividing(name, x.shape(), extent));
    }

    /**
     * Adds a fully connected layer with bias over the last axis.
     *
     * @param name the name of the layer
     * @param x the input
     * @param outputs the number of outputs, which replaces the last extent
     * @return the output
     */
    public Tensor fullyConnected(String name, Tensor x, long outputs) {
        return append(Layers.product(name, x, outputs, new FullyConnected()));
    }

    /**
     * Adds a layer with parameters whose output has the shape of its input.
     *
     * @param name the name of the layer
     * @param x the input
     * @param operator the operator of the layer
     * @param parameters the number of trained values
     * @return the output
     */
    public Tensor parameterised(String name, Tensor x, Operator operator, long parameters) {
        return append(Layers.weighted(Layers.plain(name, operator, x.shape(), x), parameters));
    }

    /**
     * Adds batch normalisation over the channels, the second axis. Its parameters are scale and shift, the two that
     * are trained by gradient descent and that PyTorch counts.
     *
     * @param name the name of the layer
     * @param x the input
     * @return the output
     */
    public Tensor batchNorm(String name, Tensor x) {
        return batchNorm(name, x, 2);
    }

    /**
     * Adds batch normalisation over the channels, the second axis, and counts the running mean and variance among the
     * parameters, as Darknet does: its weights file contains them.
     *
     * @param name the name of the layer
     * @param x the input
     * @return the output
     */
    public Tensor batchNormCountingStatistics(String name, Tensor x) {
        return batchNorm(name, x, 4);
    }

    private Tensor batchNorm(String name, Tensor x, int vectors) {
        long parameters = Math.multiplyExact(vectors, x.shape().dimension(1));
        return parameterised(name, x, new Normalization("BatchNormalization"), parameters);
    }

    /**
     * Adds local response normalisation across channels.
     *
     * @param name the name of the layer
     * @param x the input
     * @return the output
     */
    public Tensor lrn(String name, Tensor x) {
        return append(Layers.plain(name, new Normalization("LRN"), x.shape(), x));
    }

    /**
     * Adds an element-wise function.
     *
     * @param name the name of the layer
     * @param x the input
     * @param kind the ONNX name of the function
     * @return the output
     */
    public Tensor activation(String name, Tensor x, String kind) {
        return append(Layers.plain(name, new Activation(kind), x.shape(), x));
    }

    /**
     * Adds a rectifier.
     *
     * @param name the name of the layer
     * @param x the input
     * @return the output
     */
    public Tensor relu(String name, Tensor x) {
        return activation(name, x, "Relu");
    }

    /**
     * Adds a softmax.
     *
     * @param name the name of the layer
     * @param x the input
     * @return the output
     */
    public Tensor softmax(String name, Tensor x) {
        return append(Layers.plain(name, new Softmax("Softmax"), x.shape(), x));
    }

    /**
     * Adds a dropout, which has no effect at inference.
     *
     * @param name the name of the layer
     * @param x the input
     * @return the output
     */
    public Tensor dropout(String name, Tensor x) {
        return move(name, x, "Dropout", x.shape());
    }

    /**
     * Adds the sum of two tensors.
     *
     * @param name the name of the layer
     * @param left one input
     * @param right the other input, of the same shape or broadcast to it
     * @return the output
     */
    public Tensor add(String name, Tensor left, Tensor right) {
        return combine(name, "Add", left, right);
    }

    /**
     * Adds the element-wise product of two tensors.
     *
     * @param name the name of the layer
     * @param left one input
     * @param right the other input, of the same shape or broadcast to it
     * @return the output
     */
    public Tensor multiply(String name, Tensor left, Tensor right) {
        return combine(name, "Mul", left, right);
    }

    private Tensor combine(String name, String kind, Tensor left, Tensor right) {
        TensorShape shape = Extents.broadcast(name, left.shape(), right.shape());
        return append(Layers.plain(name, new Elementwise(kind), shape, left, right));
    }

    /**
     * Joins tensors along an axis.
     *
     * @param name the name of the layer
     * @param axis the axis, from the front if zero or greater, from the back if negative
     * @param parts the inputs, equal in shape except along the axis
     * @return the output
     */
    public Tensor concat(String name, int axis, List<Tensor> parts) {
        return append(Layers.plain(
                name, new Concat(), Extents.concatenated(name, axis, parts), parts.toArray(Tensor[]::new)));
    }

    /**
     * Flattens all axes except the first.
     *
     * @param name the name of the layer
     * @param x the input
     * @return the output, of rank 2
     */
    public Tensor flatten(String name, Tensor x) {
        long batch = x.shape().dimension(0);
        return move(name, x, "Flatten", TensorShape.of(batch, x.shape().elements() / Math.max(1, batch)));
    }

    /**
     * Reshapes a tensor.
     *
     * @param name the name of the layer
     * @param x the input
     * @param dimensions the extents, with the same product as those of the input
     * @return the output
     */
    public Tensor reshape(String name, Tensor x, long... dimensions) {
        TensorShape shape = TensorShape.of(dimensions);
        if (shape.elements() != x.shape().elements()) {
            throw new IllegalArgumentException(
                    "Layer '" + name + "' cannot give the elements of " + x.shape() + " the shape " + shape);
        }
        return move(name, x, "Reshape", shape);
    }

    /**
     * Reorders the axes.
     *
     * @param name the name of the layer
     * @param x the input
     * @param axes for each axis of the output, the axis of the input
     * @return the output
     */
    public Tensor transpose(String name, Tensor x, int... axes) {
        long[] dimensions = Arrays.stream(axes).mapToLong(x.shape()::dimension).toArray();
        return move(name, x, "Transpose", TensorShape.of(dimensions));
    }

    /**
     * Enlarges the height and the width.
     *
     * @param name the name of the layer
     * @param x the input in NCHW
     * @param factor the factor, at least 1
     * @return the output
     */
    public Tensor upsample(String name, Tensor x, long factor) {
        long height = Math.multiplyExact(x.shape().dimension(2), factor);
        long width = Math.multiplyExact(x.shape().dimension(3), factor);
        return move(name, x, "Resize", Extents.with(Extents.with(x.shape(), 2, height), 3, width));
    }

    /**
     * Adds a layer that moves or removes elements without computation.
     *
     * @param name the name of the layer
     * @param x the input
     * @param kind the ONNX name of the operator
     * @param shape the shape of the output
     * @return the output
     */
    public Tensor move(String name, Tensor x, String kind, TensorShape shape) {
        return append(Layers.plain(name, new DataMovement(kind), shape, x));
    }

    /**
     * Adds a layer that was made without this builder.
     *
     * @param layer the layer, which must read only tensors of this network
     */
    public void add(Layer layer) {
        graph.add(layer);
    }

    /**
     * Declares an output of the network. Without any declaration, the outputs are all tensors that no layer reads.
     *
     * @param tensor a tensor of this network
     */
    public void output(Tensor tensor) {
        graph.output(tensor.name());
    }

    /**
     * Builds the graph; the builder cannot be used afterwards.
     *
     * @return the network
     * @throws IllegalArgumentException if there is no layer or a name is used twice
     */
    public LayerGraph build() {
        return graph.build();
    }

    /** Adds a layer with one output and returns the output. */
    Tensor append(Layer layer) {
        graph.add(layer);
        return layer.outputs().get(0);
    }
}
