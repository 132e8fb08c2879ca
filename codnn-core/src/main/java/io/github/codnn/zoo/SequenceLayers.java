package io.github.codnn.zoo;

import io.github.codnn.graph.Operator.Concat;
import io.github.codnn.graph.Operator.DataMovement;
import io.github.codnn.graph.Operator.Elementwise;
import io.github.codnn.graph.Operator.MatMul;
import io.github.codnn.graph.Operator.Normalization;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Adds to a {@link NetworkBuilder} the layers of networks that work on sequences of vectors, such as transformers;
 * vectors are stored along the last axis.
 *
 * <p>Every method adds one layer and returns its output tensor, under the rules of {@link NetworkBuilder}. Not
 * thread-safe.
 *
 * @param net the network to which layers are added
 */
public record SequenceLayers(NetworkBuilder net) {

    /** Checks the component. */
    public SequenceLayers {
        Objects.requireNonNull(net, "net");
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
        return net.append(Layers.weighted(
                Layers.plain(name, new DataMovement("Gather"), new TensorShape(dimensions), indices),
                Math.multiplyExact(rows, columns)));
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
        TensorShape shape =
                Extents.with(x.shape(), axis, Math.addExact(x.shape().dimension(axis), extent));
        TensorShape trained = Extents.with(Extents.with(x.shape(), axis, extent), 0, 1);
        return net.append(Layers.weighted(Layers.plain(name, new Concat(), shape, x), trained.elements()));
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
        return net.append(Layers.product(name, x, outputs, new MatMul()));
    }

    /**
     * Adds a product of two activations over their last two axes; all other axes are equal and batched.
     *
     * @param name the name of the layer
     * @param left the left factor, {@code [..., rows, inner]}
     * @param right the right factor, {@code [..., inner, columns]}
     * @return the output, {@code [..., rows, columns]}
     */
    public Tensor matMul(String name, Tensor left, Tensor right) {
        return net.append(Layers.matMul(name, left, right));
    }

    /**
     * Adds a trained bias, one value per extent of the last axis.
     *
     * @param name the name of the layer
     * @param x the input
     * @return the output
     */
    public Tensor bias(String name, Tensor x) {
        return net.parameterised(name, x, new Elementwise("Add"), x.shape().dimension(-1));
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
        return net.parameterised(name, x, new Normalization("LayerNormalization"), parameters);
    }
}
