package io.github.codnn.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * A node to be written, with its attributes as finished messages.
 *
 * @param operator the ONNX operator
 * @param name the name of the node
 * @param inputs the names of the tensors it reads, weights included
 * @param outputs the names of the tensors it writes
 * @param attributes its attributes, each an AttributeProto: name 1, f 2, i 3, s 4, t 5, ints 8, type 20
 */
record NodeSpec(
        String operator, String name, List<String> inputs, List<String> outputs, List<ProtobufMessage> attributes) {

    static NodeSpec of(String operator, String name, List<String> inputs, String output) {
        return new NodeSpec(operator, name, inputs, List.of(output), List.of());
    }

    NodeSpec with(String attribute, long value) {
        return with(new ProtobufMessage().text(1, attribute).number(3, value).number(20, 2));
    }

    NodeSpec with(String attribute, float value) {
        return with(new ProtobufMessage().text(1, attribute).real(2, value).number(20, 1));
    }

    NodeSpec with(String attribute, String value) {
        return with(new ProtobufMessage().text(1, attribute).text(4, value).number(20, 3));
    }

    NodeSpec with(String attribute, ProtobufMessage tensor) {
        return with(new ProtobufMessage().text(1, attribute).message(5, tensor).number(20, 4));
    }

    NodeSpec with(String attribute, List<? extends Number> values) {
        ProtobufMessage message = new ProtobufMessage().text(1, attribute);
        values.forEach(value -> message.number(8, value.longValue()));
        return with(message.number(20, 7));
    }

    private NodeSpec with(ProtobufMessage attribute) {
        List<ProtobufMessage> more = new ArrayList<>(attributes);
        more.add(attribute);
        return new NodeSpec(operator, name, inputs, outputs, more);
    }
}
