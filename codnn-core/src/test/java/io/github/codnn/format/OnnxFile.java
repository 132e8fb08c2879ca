package io.github.codnn.format;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes small ONNX files for tests, message by message. Field numbers of the public schema, independent of the reader's.
 */
final class OnnxFile {

    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT8 = 3;
    static final int INT32 = 6;
    static final int INT64 = 7;
    static final int STRING = 8;
    static final int BOOL = 9;
    static final int FLOAT16 = 10;

    private final Message graph = new Message().text(2, "net");
    private final Message functions = new Message();
    private final long opset;

    private OnnxFile(long opset) {
        this.opset = opset;
    }

    static OnnxFile opset(long version) {
        return new OnnxFile(version);
    }

    /** An input; an extent is a number or a name, or null for one that is left open. */
    OnnxFile input(String name, int type, Object... extents) {
        graph.message(11, valueInfo(name, type, extents));
        return this;
    }

    OnnxFile output(String name) {
        graph.message(12, new Message().text(1, name));
        return this;
    }

    OnnxFile output(String name, int type, Object... extents) {
        graph.message(12, valueInfo(name, type, extents));
        return this;
    }

    OnnxFile value(String name, int type, Object... extents) {
        graph.message(13, valueInfo(name, type, extents));
        return this;
    }

    /** A weight of which only the shape is given. */
    OnnxFile weight(String name, int type, long... dimensions) {
        graph.message(5, tensor(name, type, dimensions));
        return this;
    }

    OnnxFile initializer(Message tensor) {
        graph.message(5, tensor);
        return this;
    }

    /** A vector of whole numbers. */
    OnnxFile whole(String name, long... values) {
        return initializer(wholes(name, values));
    }

    OnnxFile wholeScalar(String name, long value) {
        return initializer(tensor(name, INT64).packed(7, value));
    }

    OnnxFile real(String name, float... values) {
        return initializer(reals(name, values));
    }

    OnnxFile node(String operator, List<String> inputs, List<String> outputs, Message... attributes) {
        return node(node("", operator, inputs, outputs, attributes));
    }

    /** A node with one output. */
    OnnxFile node(String operator, List<String> inputs, String output, Message... attributes) {
        return node(operator, inputs, List.of(output), attributes);
    }

    OnnxFile named(String name, String operator, List<String> inputs, List<String> outputs, Message... attributes) {
        return node(node(name, operator, inputs, outputs, attributes));
    }

    OnnxFile node(Message node) {
        graph.message(1, node);
        return this;
    }

    OnnxFile function(Message function) {
        functions.message(25, function);
        return this;
    }

    Message graph() {
        return graph;
    }

    byte[] bytes() {
        return new Message()
                .number(1, 9)
                .text(2, "codnn-test")
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, opset))
                .append(functions)
                .bytes();
    }

    Path write(Path folder) {
        try {
            return Files.write(Files.createTempFile(folder, "net", ".onnx"), bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Message node(
            String name, String operator, List<String> inputs, List<String> outputs, Message... attributes) {
        Message node = new Message();
        inputs.forEach(input -> node.text(1, input));
        outputs.forEach(output -> node.text(2, output));
        node.text(3, name).text(4, operator);
        Arrays.stream(attributes).forEach(attribute -> node.message(5, attribute));
        return node;
    }

    static Message valueInfo(String name, int type, Object... extents) {
        Message shape = new Message();
        for (Object extent : extents) {
            if (extent == null) {
                shape.message(1, new Message());
            } else if (extent instanceof Number number) {
                shape.message(1, new Message().number(1, number.longValue()));
            } else {
                shape.message(1, new Message().text(2, extent.toString()));
            }
        }
        Message tensor = new Message().number(1, type).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    static Message tensor(String name, int type, long... dimensions) {
        return new Message().packed(1, dimensions).number(2, type).text(8, name);
    }

    static Message wholes(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(raw::putLong);
        return tensor(name, INT64, values.length).raw(9, raw.array());
    }

    static Message reals(String name, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return tensor(name, FLOAT, values.length).raw(9, raw.array());
    }

    static Message ints(String name, long... values) {
        return new Message().text(1, name).packed(8, values).number(20, 7);
    }

    static Message integer(String name, long value) {
        return new Message().text(1, name).number(3, value).number(20, 2);
    }

    static Message string(String name, String value) {
        return new Message().text(1, name).text(4, value).number(20, 3);
    }

    static Message tensorValue(String name, Message tensor) {
        return new Message().text(1, name).message(5, tensor).number(20, 4);
    }

    static Message body(String name, Message graph) {
        return new Message().text(1, name).message(6, graph).number(20, 5);
    }

    /** A protobuf message under construction. */
    static final class Message {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private interface Writing {
            void to(CodedOutputStream out) throws IOException;
        }

        private Message write(Writing writing) {
            try {
                CodedOutputStream out = CodedOutputStream.newInstance(bytes);
                writing.to(out);
                out.flush();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Message number(int field, long value) {
            return write(out -> out.writeInt64(field, value));
        }

        Message text(int field, String value) {
            return write(out -> out.writeString(field, value));
        }

        Message raw(int field, byte[] value) {
            return write(out -> out.writeByteArray(field, value));
        }

        Message message(int field, Message value) {
            return raw(field, value.bytes());
        }

        Message packed(int field, long... values) {
            Message inner = new Message();
            Arrays.stream(values).forEach(value -> inner.write(out -> out.writeInt64NoTag(value)));
            return message(field, inner);
        }

        Message append(Message other) {
            bytes.writeBytes(other.bytes());
            return this;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
