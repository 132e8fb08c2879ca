package io.github.codnn.profile;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A protobuf message under construction; fields are written in the order of the calls. */
final class OnnxMessage {

    private final ByteString.Output bytes = ByteString.newOutput();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    OnnxMessage integer(int field, long value) {
        return write(() -> out.writeInt64(field, value));
    }

    OnnxMessage number(int field, float value) {
        return write(() -> out.writeFloat(field, value));
    }

    OnnxMessage text(int field, String value) {
        return write(() -> out.writeByteArray(field, value.getBytes(StandardCharsets.UTF_8)));
    }

    OnnxMessage bytes(int field, byte[] value) {
        return write(() -> out.writeByteArray(field, value));
    }

    OnnxMessage message(int field, OnnxMessage value) {
        ByteString inner = value.toByteString();
        return write(() -> out.writeBytes(field, inner));
    }

    ByteString toByteString() {
        write(out::flush);
        return bytes.toByteString();
    }

    private OnnxMessage write(Write write) {
        try {
            write.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
    }

    private interface Write {
        void run() throws IOException;
    }
}
