package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The parts of an ONNX graph as they come: nodes, small constants and weights. Field numbers as in onnx.proto. */
final class GraphBuilder {

    private final List<byte[]> nodes = new ArrayList<>();
    private final List<byte[]> constants = new ArrayList<>();
    private final List<WrittenWeight> weights = new ArrayList<>();
    private final Set<String> tensors = new LinkedHashSet<>();

    GraphBuilder(Set<String> tensors) {
        this.tensors.addAll(tensors);
    }

    List<byte[]> nodes() {
        return nodes;
    }

    List<byte[]> constants() {
        return constants;
    }

    List<WrittenWeight> weights() {
        return weights;
    }

    /** Adds a node: input 1, output 2, name 3, op_type 4, attribute 5. */
    void node(NodeSpec spec) {
        ProtobufMessage node = new ProtobufMessage();
        spec.inputs().forEach(input -> node.text(1, input));
        spec.outputs().forEach(output -> node.text(2, output));
        node.text(3, spec.name()).text(4, spec.operator());
        spec.attributes().forEach(attribute -> node.message(5, attribute));
        nodes.add(node.toByteArray());
    }

    /** Adds weights under a name of their own and returns that name. */
    String weight(WrittenWeight weight) {
        String name = fresh(weight.name());
        weights.add(new WrittenWeight(name, weight.shape(), weight.values()));
        return name;
    }

    /** Adds whole numbers, a scalar if {@code shape} is one, and returns their name. */
    String integers(String wanted, TensorShape shape, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return constant(wanted, shape, ElementType.INT64, raw.array());
    }

    /** Adds a list of whole numbers and returns its name. */
    String integers(String wanted, List<Long> values) {
        return integers(
                wanted,
                TensorShape.of(values.size()),
                values.stream().mapToLong(Long::longValue).toArray());
    }

    /** Adds a real number and returns its name. */
    String real(String wanted, float value) {
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return constant(
                wanted,
                TensorShape.scalar(),
                ElementType.FLOAT32,
                raw.putFloat(value).array());
    }

    private String constant(String wanted, TensorShape shape, ElementType type, byte[] raw) {
        String name = fresh(wanted);
        constants.add(tensor(name, shape, type, raw).toByteArray());
        return name;
    }

    /** TensorProto: dims 1, data_type 2, name 8, raw_data 9. */
    static ProtobufMessage tensor(String name, TensorShape shape, ElementType type, byte[] raw) {
        ProtobufMessage tensor = new ProtobufMessage();
        shape.dimensions().forEach(extent -> tensor.number(1, extent));
        return tensor.number(2, dataType(type)).text(8, name).bytes(9, raw);
    }

    /** Returns a tensor name that nothing else bears. */
    String fresh(String wanted) {
        String name = wanted;
        for (int i = 2; !tensors.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    /** ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1; its elem_type 1, shape 2; dim 1; dim_value 1. */
    static ProtobufMessage valueInfo(Tensor tensor) {
        ProtobufMessage shape = new ProtobufMessage();
        tensor.shape().dimensions().forEach(extent -> shape.message(1, new ProtobufMessage().number(1, extent)));
        ProtobufMessage type =
                new ProtobufMessage().number(1, dataType(tensor.type())).message(2, shape);
        return new ProtobufMessage().text(1, tensor.name()).message(2, new ProtobufMessage().message(1, type));
    }

    /** Returns the number of an element type in {@code TensorProto.DataType}. */
    static int dataType(ElementType type) {
        for (int number = 1; number <= 22; number++) {
            if (ParsedModel.elementType(number).filter(type::equals).isPresent()) {
                return number;
            }
        }
        throw new IllegalArgumentException("ONNX has no element type " + type);
    }
}
