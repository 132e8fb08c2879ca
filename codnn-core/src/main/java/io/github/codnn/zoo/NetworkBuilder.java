package io.github.codnn.zoo;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Operator.Activation;
import io.github.codnn.graph.Operator.Concat;
import io.github.codnn.graph.Operator.DataMovement;
import io.github.codnn.graph.Operator.Elementwise;
import io.github.codnn.graph.Operator.FullyConnected;
import io.github.codnn.graph.Operator.GlobalPooling;
import io.github.codnn.graph.Operator.MatMul;
import io.github.codnn.graph.Operator.Normalization;
import io.github.codnn.graph.Operator.Pooling;
import io.github.codnn.graph.Operator.Softmax;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes down a network layer by layer and works out shapes, parameters and multiply-accumulates (MACs) on the way.
 *
 * <p>Every method adds one layer in single precision and returns the tensor that it writes, which bears the name of the
 * layer; images are NCHW. Shapes are checked at once: a window that does not fit or channels that do not divide into
 * groups are refused with {@link IllegalArgumentException}, numbers that overflow a {@code long} with
 * {@link ArithmeticException} or {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * NetworkBuilder net = NetworkBuilder.named("small");
 * Tensor x = net.input("image", 1, 3, 32, 32);
 * x = net.relu("conv/relu", net.conv("conv", x, 16, Filter.same(3)));
 * x = net.fullyConnected("fc", net.flatten("flatten", x), 10);
 * LayerGraph graph = net.build();
 * }</pre>
 *
 * <p>Each method takes time linear in the rank of its tensors. Not thread-safe.
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
     * Adds a convolution. Its MACs are those of the dense sum, padding included; its parameters the weights and, if the
     * filter is biased, one bias per output channel.
     *
     * @param name the name of the layer
     * @param x the input: batch, channels, then one extent per axis of the window
     * @param filters the number of output channels
     * @param filter the window, groups and bias
     * @return the output
     */
    public Tensor conv(String name, Tensor x, long filters, Filter filter) {
        Window window = filter.window();
        Extents.checkAxes(name, x, window);
        long channels = x.shape().dimension(1);
        if (filters <= 0 || channels % filter.groups() != 0 || filters % filter.groups() != 0) {
            throw new IllegalArgumentException("Convolution '" + name + "' cannot make " + filters + " channels out of "
                    + channels + " in " + filter.groups() + " groups");
        }
        Tensor out = output(name, Extents.convolved(name, x.shape(), filters, filter));
        long weightsPerChannel =
                Math.multiplyExact((filter.transposed() ? filters : channels) / filter.groups(), window.elements());
        long weights = Math.multiplyExact(weightsPerChannel, filter.transposed() ? channels : filters);
        long positions = (filter.transposed() ? x : out).shape().elements();
        long parameters = Math.addExact(weights, filter.biased() ? filters : 0);
        long macs = Math.multiplyExact(positions, weightsPerChannel);
        return weighted(
                Layer.of(name, filter.operator(), List.of(x), List.of(out)).withMacs(macs), parameters);
    }

    /**
     * Adds a pooling layer whose output extents are rounded down, as PyTorch and Darknet do.
     *
     * @param name the name of the layer
     * @param x the input: batch, channels, then one extent per axis of the window
     * @param function what is taken over the window
     * @param window the sliding window
     * @return the output
     */
    public Tensor pool(String name, Tensor x, Pooling.Function function, Window window) {
        return pooled(name, x, new Pooling(function, window), false);
    }

    /**
     * Adds a pooling layer whose output extents are rounded up, as Caffe does; a last window that would start in the
     * padding is left out.
     *
     * @param name the name of the layer
     * @param x the input: batch, channels, then one extent per axis of the window
     * @param function what is taken over the window
     * @param window the sliding window
     * @return the output
     */
    public Tensor poolRoundedUp(String name, Tensor x, Pooling.Function function, Window window) {
        return pooled(name, x, new Pooling(function, window), true);
    }

    private Tensor pooled(String name, Tensor x, Pooling pooling, boolean roundUp) {
        Extents.checkAxes(name, x, pooling.window());
        return layer(pooling, output(name, Extents.pooled(name, x.shape(), pooling.window(), roundUp)), x);
    }

    /**
     * Adds the mean over all spatial axes, each of which is left with extent 1.
     *
     * @param name the name of the layer
     * @param x the input: batch, channels, then the spatial axes
     * @return the output
     */
    public Tensor globalAveragePool(String name, Tensor x) {
        List<Long> dimensions = new ArrayList<>(x.shape().dimensions());
        for (int axis = 2; axis < dimensions.size(); axis++) {
            dimensions.set(axis, 1L);
        }
        return layer(new GlobalPooling(Pooling.Function.AVERAGE), output(name, new TensorShape(dimensions)), x);
    }

    /**
     * Adds mean pooling to a square of fixed extent, and nothing if the input has that extent already.
     *
     * @param name the name of the layer
     * @param x the input in NCHW
     * @param extent the height and width to reach, a divisor of both the input's
     * @return the output, or the input if there is nothing to do
     */
    public Tensor adaptiveAveragePool(String name, Tensor x, int extent) {
        long height = x.shape().dimension(2);
        long width = x.shape().dimension(3);
        if (height == extent && width == extent) {
            return x;
        }
        if (height % extent != 0 || width % extent != 0) {
            throw new IllegalArgumentException("Layer '" + name + "' averages " + height + "x" + width + " down to "
                    + extent + "x" + extent + ", which must divide it. Maybe take another input size.");
        }
        List<Integer> step = List.of(Math.toIntExact(height / extent), Math.toIntExact(width / extent));
        Window window = new Window(step, step, List.of(1, 1), List.of(0, 0), List.of(0, 0));
        return pool(name, x, Pooling.Function.AVERAGE, window);
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
        return product(name, x, outputs, new FullyConnected());
    }

    /**
     * Adds a product with a matrix of weights over the last axis, without bias.
     *
     * @param name the name of the layer
     * @param x the input
     * @param outputs the number of outputs, which replaces the last extent
     * @return the output
     */
    public Tensor project(String name, Tensor x, long outputs) {
        return product(name, x, outputs, new MatMul());
    }

    private Tensor product(String name, Tensor x, long outputs, Operator operator) {
        Tensor out = output(name, Extents.with(x.shape(), -1, outputs));
        long inputs = x.shape().dimension(-1);
        long bias = operator instanceof FullyConnected ? outputs : 0;
        long macs = Math.multiplyExact(out.shape().elements(), inputs);
        long parameters = Math.addExact(Math.multiplyExact(inputs, outputs), bias);
        return weighted(Layer.of(name, operator, List.of(x), List.of(out)).withMacs(macs), parameters);
    }

    /**
     * Adds a product of two activations over their last two axes; all axes before are alike and batched.
     *
     * @param name the name of the layer
     * @param left the left factor, {@code [..., rows, inner]}
     * @param right the right factor, {@code [..., inner, columns]}
     * @return the output, {@code [..., rows, columns]}
     */
    public Tensor matMul(String name, Tensor left, Tensor right) {
        int rank = left.shape().rank();
        long inner = left.shape().dimension(-1);
        if (right.shape().rank() != rank
                || inner != right.shape().dimension(-2)
                || !left.shape()
                        .dimensions()
                        .subList(0, rank - 2)
                        .equals(right.shape().dimensions().subList(0, rank - 2))) {
            throw new IllegalArgumentException(
                    "Layer '" + name + "' cannot multiply " + left.shape() + " by " + right.shape());
        }
        Tensor out = output(name, Extents.with(left.shape(), -1, right.shape().dimension(-1)));
        long macs = Math.multiplyExact(out.shape().elements(), inner);
        graph.add(
                Layer.of(name, new MatMul(), List.of(left, right), List.of(out)).withMacs(macs));
        return out;
    }

    /**
     * Adds a trained bias, one value per extent of the last axis.
     *
     * @param name the name of the layer
     * @param x the input
     * @return the output
     */
    public Tensor bias(String name, Tensor x) {
        return parameterised(name, x, new Elementwise("Add"), x.shape().dimension(-1));
    }

    /**
     * Adds a layer that keeps the shape of its input and holds parameters of its own.
     *
     * @param name the name of the layer
     * @param x the input
     * @param operator what the layer does
     * @param parameters the number of trained values
     * @return the output
     */
    public Tensor parameterised(String name, Tensor x, Operator operator, long parameters) {
        return weighted(Layer.of(name, operator, List.of(x), List.of(output(name, x.shape()))), parameters);
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
     * parameters, as Darknet does: they stand in its weights file like everything else.
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
     * Adds layer normalisation over the last axis with trained scale and shift.
     *
     * @param name the name of the layer
     * @param x the input
     * @return the output
     */
    public Tensor layerNorm(String name, Tensor x) {
        long parameters = Math.multiplyExact(2, x.shape().dimension(-1));
        return parameterised(name, x, new Normalization("LayerNormalization"), parameters);
    }

    /**
     * Adds local response normalisation across channels.
     *
     * @param name the name of the layer
     * @param x the input
     * @return the output
     */
    public Tensor lrn(String name, Tensor x) {
        return layer(new Normalization("LRN"), output(name, x.shape()), x);
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
        return layer(new Activation(kind), output(name, x.shape()), x);
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
        return layer(new Softmax("Softmax"), output(name, x.shape()), x);
    }

    /**
     * Adds a dropout, which does nothing at inference.
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
        return layer(new Elementwise(kind), output(name, shape), left, right);
    }

    /**
     * Joins tensors along an axis.
     *
     * @param name the name of the layer
     * @param axis the axis, from the front if zero or greater, from the back if negative
     * @param parts the inputs, alike but for their extent along the axis
     * @return the output
     */
    public Tensor concat(String name, int axis, List<Tensor> parts) {
        Tensor out = output(name, Extents.concatenated(name, axis, parts));
        graph.add(Layer.of(name, new Concat(), parts, List.of(out)));
        return out;
    }

    /**
     * Joins a trained tensor to the front of an input.
     *
     * @param name the name of the layer
     * @param x the input
     * @param axis the axis along which the trained tensor is joined
     * @param extent the extent of the trained tensor along that axis; it is shared by the batch
     * @return the output
     */
    public Tensor prepend(String name, Tensor x, int axis, long extent) {
        Tensor out = output(
                name, Extents.with(x.shape(), axis, Math.addExact(x.shape().dimension(axis), extent)));
        long parameters =
                Extents.with(Extents.with(x.shape(), axis, extent), 0, 1).elements();
        return weighted(Layer.of(name, new Concat(), List.of(x), List.of(out)), parameters);
    }

    /**
     * Looks up one trained row per index.
     *
     * @param name the name of the layer
     * @param indices the indices, of any shape
     * @param rows the number of rows
     * @param columns the extent of a row
     * @return the output, the shape of the indices with one more axis
     */
    public Tensor embed(String name, Tensor indices, long rows, long columns) {
        List<Long> dimensions = new ArrayList<>(indices.shape().dimensions());
        dimensions.add(columns);
        Tensor out = output(name, new TensorShape(dimensions));
        long parameters = Math.multiplyExact(rows, columns);
        return weighted(Layer.of(name, new DataMovement("Gather"), List.of(indices), List.of(out)), parameters);
    }

    /**
     * Joins all axes but the first.
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
     * Gives the elements of a tensor another shape.
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
     * @param axes the axis of the input that each axis of the output takes its place from
     * @return the output
     */
    public Tensor transpose(String name, Tensor x, int... axes) {
        List<Long> dimensions = new ArrayList<>(axes.length);
        for (int axis : axes) {
            dimensions.add(x.shape().dimension(axis));
        }
        return move(name, x, "Transpose", new TensorShape(dimensions));
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
     * Adds a layer that moves or drops elements and computes nothing.
     *
     * @param name the name of the layer
     * @param x the input
     * @param kind the ONNX name of the operator
     * @param shape the shape of the output
     * @return the output
     */
    public Tensor move(String name, Tensor x, String kind, TensorShape shape) {
        return layer(new DataMovement(kind), output(name, shape), x);
    }

    /**
     * Adds a layer made elsewhere.
     *
     * @param layer the layer, which must read tensors of this network only
     */
    public void add(Layer layer) {
        graph.add(layer);
    }

    /**
     * Declares a tensor that the network delivers. Without any declaration these are all that no layer reads.
     *
     * @param tensor a tensor of this network
     */
    public void output(Tensor tensor) {
        graph.output(tensor.name());
    }

    /**
     * Makes the graph; the builder is of no use afterwards.
     *
     * @return the network
     * @throws IllegalArgumentException if there is no layer or a name is used twice
     */
    public LayerGraph build() {
        return graph.build();
    }

    private static Tensor output(String name, TensorShape shape) {
        return new Tensor(name, shape, ElementType.FLOAT32);
    }

    private Tensor layer(Operator operator, Tensor out, Tensor... inputs) {
        graph.add(Layer.of(out.name(), operator, List.of(inputs), List.of(out)));
        return out;
    }

    private Tensor weighted(Layer layer, long parameters) {
        graph.add(layer.withParameters(parameters, ElementType.FLOAT32.bytes(parameters)));
        return layer.outputs().get(0);
    }
}
