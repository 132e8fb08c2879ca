package io.github.codnn.onnx;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.github.codnn.CodnnException;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/** A whole ONNX file, all but the weights ready as bytes. */
final class FileParts {

    /** The version of the file format that came with operator set 20. */
    private static final long IR_VERSION = 9;

    private static final long OPERATOR_SET = 20;

    private static final int BUFFER_BYTES = 1 << 16;

    /** GraphProto: node 1, name 2, initializer 5, input 11, output 12, value_info 13. */
    private static final int INITIALIZER = 5;

    /** ModelProto: ir_version 1, producer_name 2, graph 7, opset_import 8. */
    private static final int GRAPH = 7;

    private final byte[] model;
    private final byte[] graph;
    private final List<WrittenWeight> weights;

    private FileParts(byte[] model, byte[] graph, List<WrittenWeight> weights) {
        this.model = model;
        this.graph = graph;
        this.weights = weights;
    }

    static FileParts of(LayerGraph network, boolean withWeights) {
        Set<String> tensors = new HashSet<>();
        network.inputs().forEach(tensor -> tensors.add(tensor.name()));
        network.layers().forEach(layer -> layer.outputs().forEach(tensor -> tensors.add(tensor.name())));
        GraphBuilder builder = new GraphBuilder(tensors);
        network.layers().forEach(layer -> add(layer, builder));
        if (withWeights) {
            byte[] graph = graph(network, builder.nodes(), builder.constants());
            return new FileParts(modelHead(), graph, builder.weights());
        }
        int layers = builder.nodes().size();
        builder.weights().forEach(weight -> constantOfShape(weight, builder));
        // Nodes must stand in an order in which they can run, so the makers of weights go before the layers.
        List<byte[]> nodes = new ArrayList<>(builder.nodes());
        Collections.rotate(nodes, nodes.size() - layers);
        return new FileParts(modelHead(), graph(network, nodes, builder.constants()), List.of());
    }

    private static void add(Layer layer, GraphBuilder builder) {
        try {
            new LayerWriter(layer, builder).write();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CodnnException(
                    "Layer '" + layer.name() + "' (" + layer.operator().kind() + ") cannot be written as ONNX: "
                            + e.getMessage(),
                    e);
        }
    }

    private static void constantOfShape(WrittenWeight weight, GraphBuilder builder) {
        byte[] raw = ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat((float) weight.values().constant())
                .array();
        String shape = builder.integers(weight.name() + ".shape", weight.shape().dimensions());
        builder.node(NodeSpec.of("ConstantOfShape", weight.name(), List.of(shape), weight.name())
                .with("value", GraphBuilder.tensor("", TensorShape.of(1), ElementType.FLOAT32, raw)));
    }

    private static byte[] modelHead() {
        return new ProtobufMessage()
                .number(1, IR_VERSION)
                .text(2, "CoDNN")
                .message(8, new ProtobufMessage().number(2, OPERATOR_SET))
                .toByteArray();
    }

    private static byte[] graph(LayerGraph network, List<byte[]> nodes, List<byte[]> constants) {
        ProtobufMessage graph = new ProtobufMessage();
        nodes.forEach(node -> graph.bytes(1, node));
        graph.text(2, network.name());
        constants.forEach(constant -> graph.bytes(INITIALIZER, constant));
        network.inputs().forEach(input -> graph.message(11, GraphBuilder.valueInfo(input)));
        network.outputs().forEach(output -> graph.message(12, GraphBuilder.valueInfo(output)));
        Set<Tensor> outputs = new HashSet<>(network.outputs());
        network.layers()
                .forEach(layer -> layer.outputs().stream()
                        .filter(tensor -> !outputs.contains(tensor))
                        .forEach(tensor -> graph.message(13, GraphBuilder.valueInfo(tensor))));
        return graph.toByteArray();
    }

    /** Returns the size of the file. */
    long bytes() {
        long graphBytes = graphBytes();
        return graphBytes > Integer.MAX_VALUE
                ? graphBytes
                : model.length
                        + CodedOutputStream.computeTagSize(GRAPH)
                        + CodedOutputStream.computeUInt32SizeNoTag((int) graphBytes)
                        + graphBytes;
    }

    private long graphBytes() {
        long bytes = graph.length;
        for (WrittenWeight weight : weights) {
            if (weight.bytes() > Integer.MAX_VALUE) {
                return Math.addExact(bytes, weight.bytes());
            }
            long message = weight.messageBytes();
            int lengths = CodedOutputStream.computeTagSize(INITIALIZER)
                    + CodedOutputStream.computeUInt32SizeNoTag((int) message);
            bytes = Math.addExact(bytes, Math.addExact(message, (long) lengths));
        }
        return bytes;
    }

    void write(OutputStream stream, OptionalLong seed) throws IOException {
        CodedOutputStream out = CodedOutputStream.newInstance(stream, BUFFER_BYTES);
        out.writeRawBytes(model);
        out.writeTag(GRAPH, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(Math.toIntExact(graphBytes()));
        out.writeRawBytes(graph);
        SplittableRandom random = new SplittableRandom(seed.orElse(0));
        for (WrittenWeight weight : weights) {
            out.writeTag(INITIALIZER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(Math.toIntExact(weight.messageBytes()));
            weight.write(out, random.split());
        }
        out.flush();
    }
}
