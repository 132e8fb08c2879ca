package io.github.codnn.graph;

import java.util.Objects;

/**
 * One edge of {@link LayerGraph#asJGraphT()}: a tensor on its way from the layer that writes it to a layer that reads
 * it. Two edges are equal if their tensors and layers are equal.
 *
 * @param tensor the tensor
 * @param from the layer that writes the tensor
 * @param to the layer that reads the tensor
 */
public record TensorEdge(Tensor tensor, Layer from, Layer to) {

    /** Checks the components. */
    public TensorEdge {
        Objects.requireNonNull(tensor, "tensor");
        if (!from.outputs().contains(tensor)) {
            throw new IllegalArgumentException(
                    "Layer '" + from.name() + "' does not write tensor '" + tensor.name() + "'");
        }
        if (!to.inputs().contains(tensor)) {
            throw new IllegalArgumentException(
                    "Layer '" + to.name() + "' does not read tensor '" + tensor.name() + "'");
        }
    }

    /**
     * Names the layers and the tensor only: networks have long layers.
     *
     * @return a short text such as {@code conv1 -> relu1 (x)}
     */
    @Override
    public String toString() {
        return from.name() + " -> " + to.name() + " (" + tensor.name() + ")";
    }
}
