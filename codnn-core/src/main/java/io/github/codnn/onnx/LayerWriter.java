package io.github.codnn.onnx;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Operator.Activation;
import io.github.codnn.graph.Operator.Concat;
import io.github.codnn.graph.Operator.Convolution;
import io.github.codnn.graph.Operator.DataMovement;
import io.github.codnn.graph.Operator.Elementwise;
import io.github.codnn.graph.Operator.FullyConnected;
import io.github.codnn.graph.Operator.GlobalPooling;
import io.github.codnn.graph.Operator.MatMul;
import io.github.codnn.graph.Operator.Normalization;
import io.github.codnn.graph.Operator.Pooling;
import io.github.codnn.graph.Operator.Recurrent;
import io.github.codnn.graph.Operator.Reduction;
import io.github.codnn.graph.Operator.Softmax;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import java.util.ArrayList;
import java.util.List;

/** Writes one layer as one or a few nodes, with attributes and weights worked out from its shapes and counts. */
final class LayerWriter {

    private final Layer layer;
    private final GraphBuilder graph;

    LayerWriter(Layer layer, GraphBuilder graph) {
        this.layer = layer;
        this.graph = graph;
    }

    void write() {
        Operator operator = layer.operator();
        if (operator instanceof Convolution convolution) {
            convolution(convolution);
        } else if (operator instanceof FullyConnected || operator instanceof MatMul) {
            product();
        } else if (operator instanceof Pooling pooling) {
            pooling(pooling);
        } else if (operator instanceof Activation activation) {
            activation(activation.kind());
        } else if (operator instanceof Elementwise) {
            elementwise();
        } else if (operator instanceof Normalization normalization) {
            normalization(normalization.kind());
        } else if (operator instanceof Concat) {
            concat();
        } else if (operator instanceof Softmax) {
            graph.node(node().with("axis", softmaxAxis()));
        } else if (operator instanceof GlobalPooling) {
            graph.node(node());
        } else if (operator instanceof DataMovement movement) {
            new MovementWriter(layer, graph).write(movement.kind());
        } else if (operator instanceof Reduction) {
            reduction();
        } else if (operator instanceof Recurrent recurrent) {
            recurrent(recurrent);
        } else {
            throw new IllegalArgumentException("ONNX has no such operator");
        }
    }

    private Tensor input() {
        if (layer.inputs().isEmpty()) {
            throw new IllegalArgumentException("it reads nothing");
        }
        return layer.inputs().get(0);
    }

    private TensorShape in() {
        return input().shape();
    }

    private Tensor output() {
        if (layer.outputs().size() != 1) {
            throw new IllegalArgumentException(
                    "it must write one tensor, but writes " + layer.outputs().size());
        }
        return layer.outputs().get(0);
    }

    private TensorShape out() {
        return output().shape();
    }

    /** Returns the node of the layer's own kind, over its inputs and what more is given. */
    private NodeSpec node(String... more) {
        List<String> inputs = new ArrayList<>();
        layer.inputs().forEach(tensor -> inputs.add(tensor.name()));
        inputs.addAll(List.of(more));
        return NodeSpec.of(layer.operator().kind(), layer.name(), inputs, output().name());
    }

    private void convolution(Convolution convolution) {
        boolean transposed = convolution.transposed();
        Window window = convolution.window();
        long channels = in().dimension(1);
        long filters = out().dimension(1);
        long groups = convolution.groups();
        List<Long> extents =
                new ArrayList<>(transposed ? List.of(channels, filters / groups) : List.of(filters, channels / groups));
        window.kernel().forEach(extent -> extents.add((long) extent));
        TensorShape shape = new TensorShape(extents);
        String kernel = graph.weight(WrittenWeight.kernel(
                layer.name() + ".weight", shape, Math.multiplyExact(channels / groups, window.elements())));
        NodeSpec node = hasBias(shape.elements(), filters) ? node(kernel, bias(filters)) : node(kernel);
        node = slid(node, window).with("dilations", window.dilations()).with("group", groups);
        graph.node(transposed ? node.with("output_padding", InferredWindows.outputPadding(window, in(), out())) : node);
    }

    /** Tells a layer of weights with bias from one without by its number of parameters. */
    private boolean hasBias(long weights, long outputs) {
        if (layer.parameters() != weights && layer.parameters() != Math.addExact(weights, outputs)) {
            throw new IllegalArgumentException("its shapes take " + weights + " weights and perhaps " + outputs
                    + " biases, but it has " + layer.parameters() + " parameters");
        }
        return layer.parameters() != weights;
    }

    private String bias(long outputs) {
        return graph.weight(WrittenWeight.bias(layer.name() + ".bias", TensorShape.of(outputs)));
    }

    private static NodeSpec slid(NodeSpec node, Window window) {
        List<Integer> pads = new ArrayList<>(window.padsBegin());
        pads.addAll(window.padsEnd());
        return node.with("kernel_shape", window.kernel())
                .with("strides", window.strides())
                .with("pads", pads);
    }

    private void pooling(Pooling pooling) {
        boolean roundedUp = InferredWindows.isRoundedUp(pooling.window(), in(), out());
        graph.node(slid(node(), pooling.window())
                .with("dilations", pooling.window().dilations())
                .with("ceil_mode", roundedUp ? 1L : 0L));
    }

    /** Writes a product of two activations, or of one and weights over its last axis. */
    private void product() {
        if (layer.inputs().size() > 1) {
            graph.node(NodeSpec.of("MatMul", layer.name(), names(), output().name()));
            return;
        }
        long rows = in().dimension(-1);
        long columns = out().dimension(-1);
        boolean gemm = layer.operator() instanceof FullyConnected;
        TensorShape shape = gemm && in().rank() == 2 ? TensorShape.of(columns, rows) : TensorShape.of(rows, columns);
        String weights = graph.weight(WrittenWeight.kernel(layer.name() + ".weight", shape, rows));
        // A layer whose weights are counted elsewhere holds their bytes all the same.
        boolean biased = layer.parameters() > 0 && hasBias(shape.elements(), columns);
        if (gemm && in().rank() == 2) {
            graph.node((biased ? node(weights, bias(columns)) : node(weights)).with("transB", 1L));
            return;
        }
        String product = biased ? graph.fresh(layer.name() + ".product") : output().name();
        graph.node(NodeSpec.of("MatMul", layer.name(), List.of(input().name(), weights), product));
        if (biased) {
            List<String> terms = List.of(product, bias(columns));
            graph.node(NodeSpec.of("Add", layer.name() + ".add", terms, output().name()));
        }
    }

    private void activation(String kind) {
        switch (kind) {
            case "Swish" -> {
                String gate = graph.fresh(layer.name() + ".gate");
                graph.node(NodeSpec.of("Sigmoid", layer.name() + ".sigmoid", names(), gate));
                List<String> factors = List.of(input().name(), gate);
                graph.node(NodeSpec.of("Mul", layer.name(), factors, output().name()));
            }
            case "Clip" -> graph.node(node(graph.real(layer.name() + ".min", 0), graph.real(layer.name() + ".max", 6)));
            case "Cast" -> graph.node(node().with("to", GraphBuilder.dataType(output().type())));
            case "Identity" -> graph.node(node()); // Darknet has it as an activation
            case "PRelu" -> graph.node(node(slope()));
            default -> {
                if (!ActivationRules.PLAIN.contains(kind)) {
                    throw new IllegalArgumentException("ONNX has no such activation");
                }
                graph.node(node());
            }
        }
    }

    private String slope() {
        return graph.weight(WrittenWeight.bias(layer.name() + ".slope", broadcast(layer.parameters())));
    }

    private void elementwise() {
        if (layer.inputs().size() > 1) {
            graph.node(node());
        } else if (layer.parameters() > 0) {
            TensorShape shape = broadcast(layer.parameters());
            graph.node(node(graph.weight(WrittenWeight.bias(layer.name() + ".constant", shape))));
        } else {
            graph.node(node(graph.real(layer.name() + ".constant", 0.5f)));
        }
    }

    /** Returns a shape of a number of elements that fits the input: its last axes, or its channels. */
    private TensorShape broadcast(long elements) {
        List<Long> extents = in().dimensions();
        for (int axis = extents.size() - 1; axis >= 0; axis--) {
            TensorShape tail = new TensorShape(extents.subList(axis, extents.size()));
            if (tail.elements() == elements) {
                return tail;
            }
        }
        if (extents.size() > 2 && in().dimension(1) == elements) {
            List<Long> channels = new ArrayList<>(List.of(elements));
            extents.subList(2, extents.size()).forEach(any -> channels.add(1L));
            return new TensorShape(channels);
        }
        throw new IllegalArgumentException("its " + elements + " parameters do not fit its input " + in());
    }

    private void normalization(String kind) {
        switch (kind) {
            case "BatchNormalization" ->
                graph.node(node(factor("scale"), shift("shift"), shift("mean"), factor("variance")));
            case "InstanceNormalization" -> graph.node(node(factor("scale"), shift("shift")));
            case "LRN" -> graph.node(node().with("size", 5L));
            case "LpNormalization" -> graph.node(node().with("axis", 1L));
            case "MeanVarianceNormalization" -> graph.node(node());
            case "LayerNormalization" -> {
                TensorShape tail = broadcast(layer.parameters() / 2);
                String scale = graph.weight(WrittenWeight.factor(layer.name() + ".scale", tail));
                String shift = graph.weight(WrittenWeight.bias(layer.name() + ".shift", tail));
                graph.node(node(scale, shift).with("axis", (long) -tail.rank()));
            }
            default -> throw new IllegalArgumentException("the shapes do not tell its settings");
        }
    }

    private String factor(String part) {
        return graph.weight(WrittenWeight.factor(layer.name() + "." + part, TensorShape.of(in().dimension(1))));
    }

    private String shift(String part) {
        return graph.weight(WrittenWeight.bias(layer.name() + "." + part, TensorShape.of(in().dimension(1))));
    }

    private void concat() {
        int axis = AxisMatching.joined(layer.inputs(), out());
        long extent = 0;
        for (Tensor tensor : layer.inputs()) {
            extent += tensor.shape().dimension(axis);
        }
        if (extent == out().dimension(axis)) {
            graph.node(node().with("axis", (long) axis));
            return;
        }
        List<Long> missing = new ArrayList<>(out().dimensions());
        missing.set(axis, out().dimension(axis) - extent);
        TensorShape shape = new TensorShape(missing);
        missing.set(0, 1L);
        TensorShape single = new TensorShape(missing);
        if (layer.parameters() != single.elements() && layer.parameters() != shape.elements()) {
            throw new IllegalArgumentException("it lacks a part of shape " + shape);
        }
        String part = graph.weight(
                WrittenWeight.bias(layer.name() + ".part", layer.parameters() == single.elements() ? single : shape));
        if (layer.parameters() != shape.elements()) {
            String repeated = graph.fresh(layer.name() + ".repeated");
            String target = graph.integers(layer.name() + ".shape", shape.dimensions());
            graph.node(NodeSpec.of("Expand", layer.name() + ".expand", List.of(part, target), repeated));
            part = repeated;
        }
        List<String> parts = new ArrayList<>(List.of(part));
        parts.addAll(names());
        graph.node(NodeSpec.of("Concat", layer.name(), parts, output().name()).with("axis", (long) axis));
    }

    /** Returns the last axis on which there is something to choose from. */
    private long softmaxAxis() {
        for (int axis = in().rank() - 1; axis > 0; axis--) {
            if (in().dimension(axis) > 1) {
                return axis;
            }
        }
        return -1;
    }

    private void reduction() {
        boolean kept = in().rank() == out().rank();
        List<Long> axes = AxisMatching.reduced(in(), out());
        NodeSpec node = layer.operator().kind().startsWith("Arg")
                ? node().with("axis", axes.get(0))
                : node(graph.integers(layer.name() + ".axes", axes));
        graph.node(node.with("keepdims", kept ? 1L : 0L));
    }

    /** Writes a recurrent layer; Darknet's, over a sequence of vectors, goes through ONNX's layout of one batch. */
    private void recurrent(Recurrent recurrent) {
        int gates = switch (recurrent.kind()) {
            case "LSTM" -> 4;
            case "GRU" -> 3;
            case "RNN" -> 1;
            default -> throw new IllegalArgumentException("ONNX has no such recurrent layer");
        };
        long directions = recurrent.directions();
        long hidden = recurrent.hiddenSize();
        long width = in().dimension(-1);
        TensorShape forward = TensorShape.of(directions, gates * hidden, width);
        TensorShape back = TensorShape.of(directions, gates * hidden, hidden);
        long weights = Math.addExact(forward.elements(), back.elements());
        long biases = 2 * directions * gates * hidden;
        List<String> inputs = new ArrayList<>(List.of(sequence()));
        boolean biased = hasBias(weights, biases);
        inputs.add(graph.weight(WrittenWeight.kernel(layer.name() + ".input_weight", forward, width)));
        inputs.add(graph.weight(WrittenWeight.kernel(layer.name() + ".hidden_weight", back, hidden)));
        if (biased) {
            TensorShape shape = TensorShape.of(directions, 2L * gates * hidden);
            inputs.add(graph.weight(WrittenWeight.bias(layer.name() + ".bias", shape)));
        }
        boolean vectors = in().rank() == 2;
        String result = vectors ? graph.fresh(layer.name() + ".sequence_output") : output().name();
        graph.node(NodeSpec.of(recurrent.kind(), layer.name(), inputs, result)
                .with("hidden_size", hidden)
                .with("direction", directions == 2 ? "bidirectional" : "forward"));
        if (vectors) {
            String shape = graph.integers(layer.name() + ".output_shape", out().dimensions());
            graph.node(NodeSpec.of("Reshape", layer.name() + ".vectors", List.of(result, shape), output().name()));
        }
    }

    private String sequence() {
        if (in().rank() != 2) {
            return input().name();
        }
        String sequence = graph.fresh(layer.name() + ".sequence");
        String shape =
                graph.integers(layer.name() + ".sequence_shape", List.of(in().dimension(0), 1L, in().dimension(1)));
        graph.node(NodeSpec.of("Reshape", layer.name() + ".steps", List.of(input().name(), shape), sequence));
        return sequence;
    }

    private List<String> names() {
        return layer.inputs().stream().map(Tensor::name).toList();
    }
}
