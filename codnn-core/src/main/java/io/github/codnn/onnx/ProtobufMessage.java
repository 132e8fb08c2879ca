package io.github.codnn.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A protobuf message under construction, field by field; for all parts of an ONNX file except its weights. */
final class ProtobufMessage {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    /** Something that writes to memory, where no input or output can fail. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    ProtobufMessage number(int field, long value) {
        return write(() -> out.writeInt64(field, value));
    }

    ProtobufMessage real(int field, float value) {
        return write(() -> out.writeFloat(field, value));
    }

    ProtobufMessage text(int field, String value) {
        return write(() -> out.writeString(field, value));
    }

    ProtobufMessage bytes(int field, byte[] value) {
        return write(() -> out.writeBytes(field, ByteString.copyFrom(value)));
    }

    ProtobufMessage message(int field, ProtobufMessage value) {
        return bytes(field, value.toByteArray());
    }

    byte[] toByteArray() {
        write(out::flush);
        return bytes.toByteArray();
    }

    private ProtobufMessage write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
