package io.github.codnn.graph;

import io.github.codnn.internal.Checks;
import java.util.List;
import java.util.Objects;

/**
 * One layer of a network: an operator with its data inputs and outputs and its exact parameter and operation counts.
 *
 * <p>Weights are not inputs: they are counted in {@link #parameters()} and {@link #parameterBytes()}. Operation counts
 * are multiply-accumulates (MACs); other tools print the same number or twice the number as "FLOPs".
 *
 * @param name the name, unique in its graph, not blank
 * @param operator what the layer does
 * @param inputs the tensors it reads, without weights
 * @param outputs the tensors it writes
 * @param parameters the number of trained values it holds, zero or greater
 * @param parameterBytes the size of those values in bytes, zero or greater
 * @param macs the multiply-accumulates of one pass, zero or greater: convolutions, fully connected layers, matrix
 *     products and recurrent cells; 0 for everything else
 */
public record Layer(
        String name,
        Operator operator,
        List<Tensor> inputs,
        List<Tensor> outputs,
        long parameters,
        long parameterBytes,
        long macs) {

    /** Checks and copies the components. */
    public Layer {
        Checks.notBlank(name, "A layer's name");
        Objects.requireNonNull(operator, "operator");
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        Checks.nonNegative(parameters, "The number of parameters of layer '" + name + "'");
        Checks.nonNegative(parameterBytes, "The parameter bytes of layer '" + name + "'");
        Checks.nonNegative(macs, "The MACs of layer '" + name + "'");
    }

    /**
     * Makes a layer without parameters and MACs.
     *
     * @param name the name
     * @param operator what the layer does
     * @param inputs the tensors it reads
     * @param outputs the tensors it writes
     * @return the layer
     */
    public static Layer of(String name, Operator operator, List<Tensor> inputs, List<Tensor> outputs) {
        return new Layer(name, operator, inputs, outputs, 0, 0, 0);
    }

    /**
     * Returns this layer with other parameter counts.
     *
     * @param count the number of trained values
     * @param bytes their size in bytes
     * @return the changed layer
     */
    public Layer withParameters(long count, long bytes) {
        return new Layer(name, operator, inputs, outputs, count, bytes, macs);
    }

    /**
     * Returns this layer with another operation count.
     *
     * @param count the multiply-accumulates of one pass
     * @return the changed layer
     */
    public Layer withMacs(long count) {
        return new Layer(name, operator, inputs, outputs, parameters, parameterBytes, count);
    }

    /**
     * Returns the size of the inputs of the layer, without weights.
     *
     * @return the sum over its inputs, in bytes
     * @throws ArithmeticException if the sum does not fit a {@code long}
     */
    public long inputBytes() {
        return sum(inputs);
    }

    /**
     * Returns the size of the outputs of the layer.
     *
     * @return the sum over its outputs, in bytes
     * @throws ArithmeticException if the sum does not fit a {@code long}
     */
    public long outputBytes() {
        return sum(outputs);
    }

    private static long sum(List<Tensor> tensors) {
        long bytes = 0;
        for (Tensor tensor : tensors) {
            bytes = Math.addExact(bytes, tensor.bytes());
        }
        return bytes;
    }
}
