package io.github.codnn.format;

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
record OnnxNodeSpec(
        String operator, String name, List<String> inputs, List<String> outputs, List<OnnxMessage> attributes) {

    static OnnxNodeSpec of(String operator, String name, List<String> inputs, String output) {
        return new OnnxNodeSpec(operator, name, inputs, List.of(output), List.of());
    }

    OnnxNodeSpec with(String attribute, long value) {
        return with(new OnnxMessage().text(1, attribute).number(3, value).number(20, 2));
    }

    OnnxNodeSpec with(String attribute, float value) {
        return with(new OnnxMessage().text(1, attribute).real(2, value).number(20, 1));
    }

    OnnxNodeSpec with(String attribute, String value) {
        return with(new OnnxMessage().text(1, attribute).text(4, value).number(20, 3));
    }

    OnnxNodeSpec with(String attribute, OnnxMessage tensor) {
        return with(new OnnxMessage().text(1, attribute).message(5, tensor).number(20, 4));
    }

    OnnxNodeSpec with(String attribute, List<? extends Number> values) {
        OnnxMessage message = new OnnxMessage().text(1, attribute);
        values.forEach(value -> message.number(8, value.longValue()));
        return with(message.number(20, 7));
    }

    private OnnxNodeSpec with(OnnxMessage attribute) {
        List<OnnxMessage> more = new ArrayList<>(attributes);
        more.add(attribute);
        return new OnnxNodeSpec(operator, name, inputs, outputs, more);
    }
}
