package io.github.codnn.predict;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import java.util.List;

/**
 * Sets of features: the quantities of a layer whose weighted sum is the predicted time.
 *
 * <p>Every set has a constant, and different features for convolutions, fully connected layers, pooling and all other
 * layers. All values are zero or greater, so that predictions with non-negative weights never decrease when a layer
 * grows.
 */
public enum LayerFeatures {
    /**
     * One feature for each kind of layer, exactly as printed in the CoDNN paper, section 4.1: {@code S_in K^2 C K^2/S}
     * for convolution and pooling, {@code S_in} for fully connected layers, {@code S_in S_out} for activations. It
     * counts the window twice, uses the formula of convolution for pooling, omits the outputs of fully connected layers
     * and is quadratic for element-wise layers; for comparison only.
     */
    PAPER_AS_PRINTED,
    /**
     * The evident meaning of those formulas: {@code S_in K^2 C/S^2} for convolution (its MACs under "same" padding),
     * divided by the groups; {@code K^2 C H_out W_out} with input and output for pooling; {@code S_in S_out} with input
     * and output for fully connected layers; the number of elements for activations.
     */
    PAPER_AS_MEANT,
    /**
     * Y. Kang et al., "Neurosurgeon", ASPLOS 2017: size of the input maps and {@code (K/S)^2 C} for convolution, input
     * and output size for pooling and fully connected layers, number of neurons for the rest. Without its logarithmic
     * variant near the peak of the hardware.
     */
    NEUROSURGEON,
    /**
     * All work on which CPU libraries spend time: multiply-accumulates for each size of window and in whole tiles,
     * bytes read and written, unfolding of the input, and knees at which caches overflow. The default.
     *
     * <p>The features follow from how such libraries work and were selected by cross-validation on a random half of the
     * 1,356 measurements of ONNX Runtime for which the project states its accuracy. So half of these rows influenced
     * the choice of features, but not the weights. Each fit selects its knees from its own rows.
     */
    FULL;

    /**
     * Returns the kind under which the time of a layer is fitted: the kind of its operator, but {@code ConvGroup} for a
     * grouped convolution, and {@code MatMul} for a fully connected layer over several rows, whose time depends on the
     * matrix product and not on the reading of its weights.
     *
     * @param layer the layer
     * @return the kind
     */
    public static String kindOf(Layer layer) {
        Operator operator = layer.operator();
        if (operator instanceof Operator.Convolution convolution
                && convolution.groups() > 1
                && !convolution.transposed()) {
            return "ConvGroup";
        }
        if (operator instanceof Operator.FullyConnected || operator instanceof Operator.MatMul) {
            return rows(layer) > 1 ? "MatMul" : "Gemm";
        }
        return operator.kind();
    }

    /**
     * Returns the names of the features of one kind of layer.
     *
     * @param kind the kind, as of {@link #kindOf}
     * @return the names in the order of {@link #values}; the first is the constant
     */
    public List<String> names(String kind) {
        return of(OperatorFamily.of(kind)).stream().map(Feature::name).toList();
    }

    /**
     * Computes the features of a layer.
     *
     * @param layer the layer, not a block
     * @return the values, in the units stated in the names, each zero or greater and finite
     */
    public double[] values(Layer layer) {
        return values(of(OperatorFamily.of(kindOf(layer))), LayerWork.of(layer));
    }

    static double[] values(List<Feature> features, LayerWork work) {
        double[] values = new double[features.size()];
        for (int column = 0; column < values.length; column++) {
            values[column] = features.get(column).value(work);
        }
        return values;
    }

    List<Feature> of(OperatorFamily family) {
        return switch (this) {
            case FULL -> FullFeatures.of(family);
            case PAPER_AS_PRINTED -> PublishedFeatures.paperAsPrinted(family);
            case PAPER_AS_MEANT -> PublishedFeatures.paperAsMeant(family);
            case NEUROSURGEON -> PublishedFeatures.neurosurgeon(family);
        };
    }

    private static long rows(Layer layer) {
        if (layer.outputs().isEmpty()) {
            return 1;
        }
        Tensor output = layer.outputs().get(0);
        return output.shape().rank() == 0
                ? 1
                : output.shape().elements() / Math.max(1, output.shape().dimension(-1));
    }
}
