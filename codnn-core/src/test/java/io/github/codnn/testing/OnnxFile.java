package io.github.codnn.testing;

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
 * Writes small ONNX files for tests, message by message. Field numbers of the public schema, independent of the
 * reader's.
 */
public final class OnnxFile {

    public static final int FLOAT = 1;
    public static final int UINT8 = 2;
    public static final int INT8 = 3;
    public static final int INT32 = 6;
    public static final int INT64 = 7;
    public static final int STRING = 8;
    public static final int BOOL = 9;
    public static final int FLOAT16 = 10;
    public static final int DOUBLE = 11;

    private final Message graph = new Message().text(2, "net");
    private final Message rest = new Message();
    private final long opset;

    private OnnxFile(long opset) {
        this.opset = opset;
    }

    public static OnnxFile opset(long version) {
        return new OnnxFile(version);
    }

    /** An input; an extent is a number or a name, or null for one that is left open. */
    public OnnxFile input(String name, int type, Object... extents) {
        graph.message(11, valueInfo(name, type, extents));
        return this;
    }

    public OnnxFile output(String name) {
        graph.message(12, new Message().text(1, name));
        return this;
    }

    public OnnxFile output(String name, int type, Object... extents) {
        graph.message(12, valueInfo(name, type, extents));
        return this;
    }

    public OnnxFile value(String name, int type, Object... extents) {
        graph.message(13, valueInfo(name, type, extents));
        return this;
    }

    /** A weight of which only the shape is given, as in files that are handed on without their weights. */
    public OnnxFile bareWeight(String name, int type, long... dimensions) {
        return initializer(tensor(name, type, dimensions));
    }

    /** A weight of zeros. */
    public OnnxFile weight(String name, int type, long... dimensions) {
        return initializer(zeros(name, type, dimensions));
    }

    public OnnxFile initializer(Message tensor) {
        graph.message(5, tensor);
        return this;
    }

    /** A vector of whole numbers. */
    public OnnxFile whole(String name, long... values) {
        return initializer(wholes(name, values));
    }

    public OnnxFile wholeScalar(String name, long value) {
        return initializer(tensor(name, INT64).packed(7, value));
    }

    public OnnxFile scalarZero(String name, int type) {
        return initializer(zeros(name, type));
    }

    public OnnxFile realScalar(String name, float value) {
        return initializer(tensor(name, FLOAT).message(4, new Message().bareReal(value)));
    }

    public OnnxFile real(String name, float... values) {
        return initializer(realVector(name, values));
    }

    public OnnxFile node(String operator, List<String> inputs, List<String> outputs, Message... attributes) {
        return node(node("", operator, inputs, outputs, attributes));
    }

    /** A node with one output. */
    public OnnxFile node(String operator, List<String> inputs, String output, Message... attributes) {
        return node(operator, inputs, List.of(output), attributes);
    }

    public OnnxFile named(
            String name, String operator, List<String> inputs, List<String> outputs, Message... attributes) {
        return node(node(name, operator, inputs, outputs, attributes));
    }

    public OnnxFile node(Message node) {
        graph.message(1, node);
        return this;
    }

    /** Asks for the operators of another domain. */
    public OnnxFile domain(String name, long version) {
        rest.message(8, new Message().text(1, name).number(2, version));
        return this;
    }

    public OnnxFile function(Message function) {
        rest.message(25, function);
        return this;
    }

    public Message graph() {
        return graph;
    }

    public byte[] bytes() {
        return new Message()
                .number(1, 9)
                .text(2, "codnn-test")
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, opset))
                .append(rest)
                .bytes();
    }

    public Path write(Path folder) {
        try {
            return Files.write(Files.createTempFile(folder, "net", ".onnx"), bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Message node(
            String name, String operator, List<String> inputs, List<String> outputs, Message... attributes) {
        Message node = new Message();
        inputs.forEach(input -> node.text(1, input));
        outputs.forEach(output -> node.text(2, output));
        node.text(3, name).text(4, operator);
        Arrays.stream(attributes).forEach(attribute -> node.message(5, attribute));
        return node;
    }

    public static Message valueInfo(String name, int type, Object... extents) {
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

    public static Message tensor(String name, int type, long... dimensions) {
        return new Message().packed(1, dimensions).number(2, type).text(8, name);
    }

    public static Message zeros(String name, int type, long... dimensions) {
        long elements = Arrays.stream(dimensions).reduce(1, Math::multiplyExact);
        int bytes = switch (type) {
            case INT64, DOUBLE -> 8;
            case FLOAT, INT32 -> 4;
            case FLOAT16 -> 2;
            default -> 1;
        };
        return tensor(name, type, dimensions).raw(9, new byte[Math.toIntExact(elements * bytes)]);
    }

    public static Message wholes(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(raw::putLong);
        return tensor(name, INT64, values.length).raw(9, raw.array());
    }

    private static Message realVector(String name, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return tensor(name, FLOAT, values.length).raw(9, raw.array());
    }

    public static Message ints(String name, long... values) {
        return new Message().text(1, name).packed(8, values).number(20, 7);
    }

    public static Message integer(String name, long value) {
        return new Message().text(1, name).number(3, value).number(20, 2);
    }

    public static Message reals(String name, float... values) {
        Message inner = new Message();
        for (float value : values) {
            inner.bareReal(value);
        }
        return new Message().text(1, name).message(7, inner).number(20, 6);
    }

    public static Message floating(String name, float value) {
        return new Message().text(1, name).real(2, value).number(20, 1);
    }

    public static Message string(String name, String value) {
        return new Message().text(1, name).text(4, value).number(20, 3);
    }

    public static Message tensorValue(String name, Message tensor) {
        return new Message().text(1, name).message(5, tensor).number(20, 4);
    }

    public static Message body(String name, Message graph) {
        return new Message().text(1, name).message(6, graph).number(20, 5);
    }

    /** The node with the domain of its operator. */
    public static Message inDomain(String domain, Message node) {
        return new Message().append(node).text(7, domain);
    }

    /** A protobuf message under construction. */
    public static final class Message {

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

        public Message number(int field, long value) {
            return write(out -> out.writeInt64(field, value));
        }

        private Message bareReal(float value) {
            return write(out -> out.writeFloatNoTag(value));
        }

        public Message real(int field, float value) {
            return write(out -> out.writeFloat(field, value));
        }

        public Message text(int field, String value) {
            return write(out -> out.writeString(field, value));
        }

        public Message raw(int field, byte[] value) {
            return write(out -> out.writeByteArray(field, value));
        }

        public Message message(int field, Message value) {
            return raw(field, value.bytes());
        }

        public Message packed(int field, long... values) {
            Message inner = new Message();
            Arrays.stream(values).forEach(value -> inner.write(out -> out.writeInt64NoTag(value)));
            return message(field, inner);
        }

        public Message append(Message other) {
            bytes.writeBytes(other.bytes());
            return this;
        }

        public byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
