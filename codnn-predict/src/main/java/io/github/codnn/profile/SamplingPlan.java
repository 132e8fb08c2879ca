package io.github.codnn.profile;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Random layers to measure for a regression, as in common networks: sizes drawn from the extents, channels, windows and
 * strides of image networks, matrix sizes evenly on a logarithmic scale.
 *
 * <p>Every prefix of a plan has about the same shares of all kinds, so that a plan can end early.
 *
 * @param maxMacs layers with more multiply-accumulates are drawn again
 * @param maxElements layers with more elements in their input or output are drawn again
 */
public record SamplingPlan(long maxMacs, long maxElements) {

    private static final SamplingPlan DEFAULTS = new SamplingPlan(2_000_000_000L, 5_000_000L);

    private static final int[] EXTENTS = {
        7, 8, 10, 13, 14, 16, 17, 20, 24, 27, 28, 32, 35, 40, 48, 54, 55, 56, 64, 71, 80, 96, 109, 112, 128, 147, 160,
        192, 208, 224
    };
    private static final int[] CHANNELS = {
        3, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 192, 208, 224, 256, 288, 320, 384, 416, 448, 480, 512, 768,
        1024
    };
    private static final int DRAWS_PER_LAYER = 1000;

    // The number of times that a kind occurs here is its weight.
    private static final List<String> KINDS = List.of(
            "Conv",
            "MaxPool",
            "Gemm",
            "Relu",
            "Conv",
            "AveragePool",
            "Add",
            "Sigmoid",
            "Conv",
            "Gemm",
            "MaxPool",
            "Tanh",
            "Conv",
            "BatchNormalization",
            "Relu",
            "Softmax",
            "Conv",
            "AveragePool",
            "Concat",
            "MatMul",
            "Conv",
            "MaxPool",
            "ConvGroup",
            "GlobalAveragePool",
            "LayerNormalization",
            "Conv",
            "Gemm",
            "LRN",
            "Relu",
            "Conv",
            "Gemm",
            "Identity",
            "Add");

    /** Checks the components. */
    public SamplingPlan {
        Checks.positive(maxMacs, "maxMacs");
        Checks.positive(maxElements, "maxElements");
    }

    /**
     * Returns the plan for layers of up to 2e9 MACs and five million elements.
     *
     * @return the defaults
     */
    public static SamplingPlan withDefaults() {
        return DEFAULTS;
    }

    /**
     * Draws layers.
     *
     * @param count the number of layers, positive
     * @param seed the seed; a longer plan of the same seed starts with the shorter one
     * @return the layers, pairwise different apart from their names
     * @throws IllegalArgumentException if there are fewer different layers within the limits
     */
    public List<Layer> layers(int count, long seed) {
        Checks.positive(count, "The number of layers to measure");
        RandomGenerator random = Seeds.generator(seed);
        List<Layer> layers = new ArrayList<>();
        Set<String> described = new LinkedHashSet<>();
        for (int turn = 0; layers.size() < count; turn++) {
            if (turn > DRAWS_PER_LAYER * (layers.size() + KINDS.size())) {
                throw new IllegalArgumentException("Only " + layers.size() + " different layers of " + count
                        + " were found within " + this + ". Maybe allow larger ones");
            }
            String kind = KINDS.get(turn % KINDS.size());
            Layer layer = draw(kind + " " + layers.size(), kind, random);
            boolean fits = layer.macs() <= maxMacs
                    && elements(layer.inputs()) <= maxElements
                    && elements(layer.outputs()) <= maxElements;
            if (fits && described.add(kind + layer.operator() + shapes(layer.inputs()) + shapes(layer.outputs()))) {
                layers.add(layer);
            }
        }
        return layers;
    }

    private static Layer draw(String name, String kind, RandomGenerator random) {
        return switch (kind) {
            case "Conv" -> convolution(name, false, random);
            case "ConvGroup" -> convolution(name, true, random);
            case "MaxPool" -> pooling(name, Operator.Pooling.Function.MAX, random);
            case "AveragePool" -> pooling(name, Operator.Pooling.Function.AVERAGE, random);
            case "Gemm" -> product(name, 1, random);
            case "MatMul" -> product(name, pick(EXTENTS, random) * 2L, random);
            case "Softmax" -> rows(name, new Operator.Softmax(kind), random);
            case "LayerNormalization" -> layerNormalization(name, random);
            case "Concat" -> concat(name, random);
            case "Add" -> elementwise(name, new Operator.Elementwise(kind), 2, random);
            case "LRN", "BatchNormalization" -> elementwise(name, new Operator.Normalization(kind), 1, random);
            case "Identity" -> elementwise(name, new Operator.DataMovement(kind), 1, random);
            case "GlobalAveragePool" -> globalPooling(name, random);
            default -> elementwise(name, new Operator.Activation(kind), 1, random);
        };
    }

    private static Layer convolution(String name, boolean grouped, RandomGenerator random) {
        int kernel = pick(new int[] {1, 1, 3, 3, 3, 5, 7}, random);
        int stride = pick(new int[] {1, 1, 2}, random);
        int pad = random.nextInt(4) == 0 ? 0 : kernel / 2;
        int extent = pick(EXTENTS, random);
        int in = grouped ? 16 * (1 + random.nextInt(32)) : pick(CHANNELS, random);
        int out = grouped ? in : 8 * (2 + random.nextInt(63));
        int groups = grouped ? pick(new int[] {2, in, in}, random) : 1;
        long written = outputExtent(extent, kernel, stride, pad);
        long weights = Math.multiplyExact((long) in / groups * out, (long) kernel * kernel);
        return Layer.of(
                        name,
                        new Operator.Convolution(Window.square(kernel, stride, pad), groups, false),
                        List.of(square(name + " in", in, extent)),
                        List.of(square(name + " out", out, written)))
                .withParameters(weights + out, 4 * (weights + out))
                .withMacs(weights * written * written);
    }

    private static Layer pooling(String name, Operator.Pooling.Function function, RandomGenerator random) {
        int kernel = pick(new int[] {2, 2, 3, 3, 5, 7}, random);
        int stride = kernel == 2 ? 2 : pick(new int[] {1, 2, 2}, random);
        int pad = random.nextBoolean() ? 0 : kernel / 2;
        int extent = pick(EXTENTS, random);
        int channels = pick(CHANNELS, random);
        return Layer.of(
                name,
                new Operator.Pooling(function, Window.square(kernel, stride, pad)),
                List.of(square(name + " in", channels, extent)),
                List.of(square(name + " out", channels, outputExtent(extent, kernel, stride, pad))));
    }

    private static Layer product(String name, long rows, RandomGenerator random) {
        long depth = logarithmic(64, 25_000, random);
        long columns = logarithmic(10, 4_096, random);
        Operator operator = rows == 1 ? new Operator.FullyConnected() : new Operator.MatMul();
        return Layer.of(
                        name,
                        operator,
                        List.of(Tensor.float32(name + " in", rows, depth)),
                        List.of(Tensor.float32(name + " out", rows, columns)))
                .withParameters(depth * columns, 4 * depth * columns)
                .withMacs(rows * depth * columns);
    }

    private static Layer rows(String name, Operator operator, RandomGenerator random) {
        long width = logarithmic(10, 10_000, random);
        long rows = logarithmic(1, 200, random);
        return Layer.of(
                name,
                operator,
                List.of(Tensor.float32(name + " in", rows, width)),
                List.of(Tensor.float32(name + " out", rows, width)));
    }

    private static Layer layerNormalization(String name, RandomGenerator random) {
        Layer layer = rows(name, new Operator.Normalization("LayerNormalization"), random);
        long scaleAndShift = 2 * layer.inputs().get(0).shape().dimension(-1);
        return layer.withParameters(scaleAndShift, 4 * scaleAndShift);
    }

    private static Layer concat(String name, RandomGenerator random) {
        int inputs = 2 + random.nextInt(3);
        int extent = pick(EXTENTS, random);
        int channels = pick(CHANNELS, random);
        return Layer.of(
                name,
                new Operator.Concat(),
                squares(name, inputs, channels, extent),
                List.of(square(name + " out", (long) inputs * channels, extent)));
    }

    private static Layer globalPooling(String name, RandomGenerator random) {
        int channels = pick(CHANNELS, random);
        return Layer.of(
                name,
                new Operator.GlobalPooling(Operator.Pooling.Function.AVERAGE),
                List.of(square(name + " in", channels, pick(EXTENTS, random))),
                List.of(square(name + " out", channels, 1)));
    }

    private static Layer elementwise(String name, Operator operator, int inputs, RandomGenerator random) {
        int extent = pick(EXTENTS, random);
        int channels = pick(CHANNELS, random);
        return Layer.of(
                name,
                operator,
                squares(name, inputs, channels, extent),
                List.of(square(name + " out", channels, extent)));
    }

    private static List<Tensor> squares(String name, int count, long channels, long extent) {
        List<Tensor> tensors = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            tensors.add(square(name + " in " + index, channels, extent));
        }
        return tensors;
    }

    private static Tensor square(String name, long channels, long extent) {
        return Tensor.float32(name, 1, channels, extent, extent);
    }

    private static long outputExtent(int extent, int kernel, int stride, int pad) {
        return (extent + 2L * pad - kernel) / stride + 1;
    }

    private static int pick(int[] values, RandomGenerator random) {
        return values[random.nextInt(values.length)];
    }

    private static long logarithmic(double least, double most, RandomGenerator random) {
        return Math.round(least * Math.pow(most / least, random.nextDouble()));
    }

    private static long elements(List<Tensor> tensors) {
        return tensors.stream().mapToLong(tensor -> tensor.shape().elements()).sum();
    }

    private static List<TensorShape> shapes(List<Tensor> tensors) {
        return tensors.stream().map(Tensor::shape).toList();
    }
}
