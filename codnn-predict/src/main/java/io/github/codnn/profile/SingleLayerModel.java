package io.github.codnn.profile;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * One layer as an ONNX model (opset 17), with random weights as constants. Weights that a runtime could recognise as equal or
 * zero would be measured too fast.
 *
 * <p>Field numbers are those of onnx.proto3.
 */
final class SingleLayerModel {

    private static final long IR_VERSION = 8;
    private static final long OPSET = 17;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final long MOST_WEIGHT_BYTES = 1L << 30;

    private static final Set<String> PLAIN_ACTIVATIONS = Set.of(
            "Relu",
            "LeakyRelu",
            "ThresholdedRelu",
            "Neg",
            "Abs",
            "Sigmoid",
            "Tanh",
            "Elu",
            "Selu",
            "Celu",
            "Softplus",
            "Softsign",
            "HardSigmoid",
            "HardSwish",
            "Erf",
            "Exp",
            "Log",
            "Sqrt");
    private static final Set<String> PLAIN_ELEMENTWISE =
            Set.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean", "Pow");

    private final Layer layer;
    private final OnnxMessage graph = new OnnxMessage();
    private final OnnxMessage node = new OnnxMessage();
    private final List<String> inputs = new ArrayList<>();
    private final SplittableRandom random;

    private SingleLayerModel(Layer layer, long seed) {
        this.layer = layer;
        this.random = new SplittableRandom(seed);
    }

    static String inputName(int index) {
        return "input" + index;
    }

    static String outputName() {
        return "output";
    }

    static byte[] of(Layer layer, long seed) throws UnsupportedLayerException {
        if (layer.outputs().size() != 1 || layer.inputs().isEmpty()) {
            throw new UnsupportedLayerException("only layers with inputs and one output can be run alone");
        }
        if (layer.parameterBytes() > MOST_WEIGHT_BYTES) {
            throw new UnsupportedLayerException("its weights of " + layer.parameterBytes() + " bytes are too large");
        }
        return new SingleLayerModel(layer, seed).write();
    }

    private byte[] write() throws UnsupportedLayerException {
        for (int index = 0; index < layer.inputs().size(); index++) {
            inputs.add(inputName(index));
            graph.message(11, valueInfo(inputName(index), layer.inputs().get(index)));
        }
        String type = describe();
        inputs.forEach(name -> node.text(1, name));
        node.text(2, outputName()).text(3, "layer").text(4, type);
        graph.message(1, node)
                .text(2, "layer")
                .message(12, valueInfo(outputName(), layer.outputs().get(0)));
        return new OnnxMessage()
                .integer(1, IR_VERSION)
                .message(8, new OnnxMessage().text(1, "").integer(2, OPSET))
                .message(7, graph)
                .toByteString()
                .toByteArray();
    }

    /** Writes the attributes and the weights, adds the weights to the inputs, and returns the type of the node. */
    private String describe() throws UnsupportedLayerException {
        Operator operator = layer.operator();
        if (operator instanceof Operator.Convolution convolution) {
            return convolution(convolution);
        }
        if (operator instanceof Operator.FullyConnected || operator instanceof Operator.MatMul) {
            return product();
        }
        if (operator instanceof Operator.Pooling pooling) {
            return pooling(pooling);
        }
        if (operator instanceof Operator.Normalization normalization) {
            return normalization(normalization);
        }
        if (operator instanceof Operator.Concat) {
            attribute("axis", concatAxis());
            return "Concat";
        }
        if (operator instanceof Operator.DataMovement movement) {
            return movement(movement);
        }
        return plain(operator);
    }

    private String plain(Operator operator) throws UnsupportedLayerException {
        String kind = operator.kind();
        if (operator instanceof Operator.Activation && kind.equals("Clip")) {
            constant("least", 0);
            constant("most", 6);
            return kind;
        }
        if (operator instanceof Operator.Activation && PLAIN_ACTIVATIONS.contains(kind)) {
            return kind;
        }
        if (operator instanceof Operator.Elementwise && PLAIN_ELEMENTWISE.contains(kind)) {
            if (layer.inputs().size() == 1 && !kind.equals("Sum") && !kind.equals("Mean")) {
                weights("operand", elementwiseOperand());
            }
            return kind;
        }
        if (operator instanceof Operator.GlobalPooling) {
            return kind;
        }
        if (operator instanceof Operator.Softmax) {
            attribute("axis", -1);
            return kind;
        }
        throw new UnsupportedLayerException("operator " + kind + " is not among those that can be run alone");
    }

    private String convolution(Operator.Convolution convolution) throws UnsupportedLayerException {
        TensorShape in = shape(layer.inputs().get(0));
        TensorShape out = shape(layer.outputs().get(0));
        Window window = convolution.window();
        if (layer.inputs().size() != 1 || in.rank() != window.axes() + 2) {
            throw new UnsupportedLayerException(
                    "a convolution needs one input with " + window.axes() + " spatial axes");
        }
        long first = convolution.transposed() ? in.dimension(1) : out.dimension(1);
        long second = (convolution.transposed() ? out.dimension(1) : in.dimension(1)) / convolution.groups();
        List<Long> dimensions = new ArrayList<>(List.of(first, second));
        window.kernel().forEach(extent -> dimensions.add((long) extent));
        TensorShape weights = new TensorShape(dimensions);
        weights("weights", weights);
        if (layer.parameters() > weights.elements()) {
            weights("bias", TensorShape.of(out.dimension(1)));
        }
        window(window);
        attribute("dilations", window.dilations());
        attribute("group", convolution.groups());
        return convolution.kind();
    }

    private String product() throws UnsupportedLayerException {
        TensorShape in = shape(layer.inputs().get(0));
        TensorShape out = shape(layer.outputs().get(0));
        if (layer.inputs().size() > 1) {
            return "MatMul";
        }
        if (in.rank() == 0 || out.rank() == 0) {
            throw new UnsupportedLayerException("a matrix product needs more than a single number");
        }
        long depth = in.dimension(-1);
        long columns = out.dimension(-1);
        boolean gemm = in.rank() == 2 && layer.operator() instanceof Operator.FullyConnected;
        weights("weights", gemm ? TensorShape.of(columns, depth) : TensorShape.of(depth, columns));
        if (!gemm) {
            return "MatMul";
        }
        if (layer.parameters() > depth * columns) {
            weights("bias", TensorShape.of(columns));
        }
        attribute("transB", 1);
        return "Gemm";
    }

    private String pooling(Operator.Pooling pooling) throws UnsupportedLayerException {
        TensorShape in = shape(layer.inputs().get(0));
        TensorShape out = shape(layer.outputs().get(0));
        Window window = pooling.window();
        if (in.rank() != window.axes() + 2 || out.rank() != in.rank()) {
            throw new UnsupportedLayerException("pooling needs an input with " + window.axes() + " spatial axes");
        }
        boolean roundsUp = false;
        for (int axis = 0; axis < window.axes(); axis++) {
            long span = window.dilations().get(axis) * (window.kernel().get(axis) - 1L) + 1;
            long padded = in.dimension(axis + 2)
                    + window.padsBegin().get(axis)
                    + window.padsEnd().get(axis);
            roundsUp |=
                    out.dimension(axis + 2) > (padded - span) / window.strides().get(axis) + 1;
        }
        window(window);
        if (pooling.function() == Operator.Pooling.Function.LP) {
            return pooling.kind();
        }
        attribute("ceil_mode", roundsUp ? 1 : 0);
        if (pooling.function() == Operator.Pooling.Function.MAX) {
            attribute("dilations", window.dilations());
        }
        return pooling.kind();
    }

    private String normalization(Operator.Normalization normalization) throws UnsupportedLayerException {
        TensorShape in = shape(layer.inputs().get(0));
        switch (normalization.kind()) {
            case "BatchNormalization" -> {
                TensorShape channels = TensorShape.of(in.rank() < 2 ? 1 : in.dimension(1));
                for (String parameter : List.of("scale", "shift", "mean", "variance")) {
                    weights(parameter, channels);
                }
            }
            case "InstanceNormalization" -> {
                weights("scale", TensorShape.of(in.dimension(1)));
                weights("shift", TensorShape.of(in.dimension(1)));
            }
            case "LayerNormalization" -> {
                weights("scale", TensorShape.of(in.dimension(-1)));
                weights("shift", TensorShape.of(in.dimension(-1)));
            }
            // Five channels, as in AlexNet and GoogLeNet, the networks that use it.
            case "LRN" -> attribute("size", 5);
            default ->
                throw new UnsupportedLayerException(
                        "normalisation " + normalization.kind() + " is not among those that can be run alone");
        }
        return normalization.kind();
    }

    private String movement(Operator.DataMovement movement) throws UnsupportedLayerException {
        return switch (movement.kind()) {
            case "Identity", "Dropout" -> "Identity";
            case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> {
                List<Long> extents = shape(layer.outputs().get(0)).dimensions();
                ByteBuffer bytes = ByteBuffer.allocate(8 * extents.size()).order(ByteOrder.LITTLE_ENDIAN);
                LongBuffer longs = bytes.asLongBuffer();
                extents.forEach(longs::put);
                initializer("shape", INT64, TensorShape.of(extents.size()), bytes.array());
                yield "Reshape";
            }
            default ->
                throw new UnsupportedLayerException(
                        "the attributes of " + movement.kind() + " are not known, so that it cannot be run alone");
        };
    }

    private int concatAxis() throws UnsupportedLayerException {
        TensorShape out = shape(layer.outputs().get(0));
        for (int axis = 0; axis < out.rank(); axis++) {
            long extent = 0;
            for (Tensor input : layer.inputs()) {
                extent += input.shape().rank() == out.rank() ? input.shape().dimension(axis) : 0;
            }
            boolean othersGrow = extent == out.dimension(axis)
                    && (layer.inputs().size() == 1
                            || layer.inputs().get(0).shape().dimension(axis) < extent);
            if (othersGrow) {
                return axis;
            }
        }
        throw new UnsupportedLayerException("no axis along which its inputs add up to its output");
    }

    // As a constant of the network would be: for each channel where there are as many, else one number.
    private TensorShape elementwiseOperand() {
        TensorShape in = layer.inputs().get(0).shape();
        if (in.rank() >= 3 && layer.parameters() == in.dimension(1)) {
            long[] extents = LongStream.generate(() -> 1).limit(in.rank() - 1L).toArray();
            extents[0] = in.dimension(1);
            return TensorShape.of(extents);
        }
        return in.rank() > 0 && layer.parameters() == in.dimension(-1)
                ? TensorShape.of(in.dimension(-1))
                : TensorShape.of(1);
    }

    private void window(Window window) {
        attribute("kernel_shape", window.kernel());
        attribute("strides", window.strides());
        List<Integer> pads = new ArrayList<>(window.padsBegin());
        pads.addAll(window.padsEnd());
        attribute("pads", pads);
    }

    private void attribute(String name, long value) {
        node.message(5, new OnnxMessage().text(1, name).integer(3, value).integer(20, 2));
    }

    private void attribute(String name, List<Integer> values) {
        OnnxMessage attribute = new OnnxMessage().text(1, name);
        values.forEach(value -> attribute.integer(8, value));
        node.message(5, attribute.integer(20, 7));
    }

    // Between 0.05 and 0.15: neither zero nor huge, and fit for a variance or a power as well.
    private void weights(String name, TensorShape shape) {
        int count = Math.toIntExact(shape.elements());
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, count)).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer floats = bytes.asFloatBuffer();
        for (int index = 0; index < count; index++) {
            floats.put(0.05f + 0.1f * (float) random.nextDouble());
        }
        initializer(name, FLOAT, shape, bytes.array());
    }

    private void constant(String name, float value) {
        ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
        initializer(name, FLOAT, TensorShape.scalar(), bytes.array());
    }

    private void initializer(String name, int type, TensorShape shape, byte[] data) {
        OnnxMessage tensor = new OnnxMessage();
        shape.dimensions().forEach(extent -> tensor.integer(1, extent));
        graph.message(5, tensor.integer(2, type).text(8, name).bytes(9, data));
        inputs.add(name);
    }

    private static OnnxMessage valueInfo(String name, Tensor tensor) throws UnsupportedLayerException {
        OnnxMessage shape = new OnnxMessage();
        shape(tensor).dimensions().forEach(extent -> shape.message(1, new OnnxMessage().integer(1, extent)));
        OnnxMessage type =
                new OnnxMessage().message(1, new OnnxMessage().integer(1, FLOAT).message(2, shape));
        return new OnnxMessage().text(1, name).message(2, type);
    }

    private static TensorShape shape(Tensor tensor) throws UnsupportedLayerException {
        if (tensor.type() != ElementType.FLOAT32) {
            throw new UnsupportedLayerException(
                    "tensor '" + tensor.name() + "' is of type " + tensor.type() + "; only FLOAT32 can be run alone");
        }
        return tensor.shape();
    }
}
