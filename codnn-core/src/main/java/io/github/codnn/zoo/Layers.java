package io.github.codnn.zoo;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Operator.FullyConnected;
import io.github.codnn.graph.Operator.MatMul;
import io.github.codnn.graph.Operator.Pooling;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import java.util.List;

/** Arithmetic of layers: output tensors, parameters and MACs. */
final class Layers {

    private Layers() {}

    static Layer plain(String name, Operator operator, TensorShape shape, Tensor... inputs) {
        return Layer.of(name, operator, List.of(inputs), List.of(new Tensor(name, shape, ElementType.FLOAT32)));
    }

    static Layer weighted(Layer layer, long parameters) {
        return layer.withParameters(parameters, ElementType.FLOAT32.bytes(parameters));
    }

    static Layer convolution(String name, Tensor x, long filters, Filter filter) {
        Window window = filter.window();
        Extents.checkAxes(name, x, window);
        long channels = x.shape().dimension(1);
        if (filters <= 0 || channels % filter.groups() != 0 || filters % filter.groups() != 0) {
            throw new IllegalArgumentException("Convolution '" + name + "' cannot make " + filters + " channels out of "
                    + channels + " in " + filter.groups() + " groups");
        }
        TensorShape shape = Extents.convolved(name, x.shape(), filters, filter);
        long weightsPerChannel =
                Math.multiplyExact((filter.transposed() ? filters : channels) / filter.groups(), window.elements());
        long weights = Math.multiplyExact(weightsPerChannel, filter.transposed() ? channels : filters);
        long positions = (filter.transposed() ? x.shape() : shape).elements();
        Layer layer =
                plain(name, filter.operator(), shape, x).withMacs(Math.multiplyExact(positions, weightsPerChannel));
        return weighted(layer, Math.addExact(weights, filter.biased() ? filters : 0));
    }

    static Layer pooling(String name, Tensor x, Pooling pooling, boolean roundUp) {
        Extents.checkAxes(name, x, pooling.window());
        return plain(name, pooling, Extents.pooled(name, x.shape(), pooling.window(), roundUp), x);
    }

    /** A product with a matrix of weights over the last axis; a fully connected layer adds a bias. */
    static Layer product(String name, Tensor x, long outputs, Operator operator) {
        TensorShape shape = Extents.with(x.shape(), -1, outputs);
        long inputs = x.shape().dimension(-1);
        long bias = operator instanceof FullyConnected ? outputs : 0;
        Layer layer = plain(name, operator, shape, x).withMacs(Math.multiplyExact(shape.elements(), inputs));
        return weighted(layer, Math.addExact(Math.multiplyExact(inputs, outputs), bias));
    }

    static Layer matMul(String name, Tensor left, Tensor right) {
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
        TensorShape shape = Extents.with(left.shape(), -1, right.shape().dimension(-1));
        return plain(name, new MatMul(), shape, left, right).withMacs(Math.multiplyExact(shape.elements(), inner));
    }
}
