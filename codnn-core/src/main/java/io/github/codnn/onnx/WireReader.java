package io.github.codnn.onnx;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the protobuf wire format field by field, so that whatever is not wanted is skipped without being read.
 *
 * <p>Bounded: messages may be nested {@value #MAX_DEPTH} deep, and what is kept may not exceed {@value #MAX_KEPT_BYTES}
 * bytes in the file.
 */
final class WireReader {

    static final int MAX_DEPTH = 64;
    static final long MAX_KEPT_BYTES = 32L << 20;
    static final int MAX_TEXT_BYTES = 1 << 16;

    private static final int BUFFER_BYTES = 16 << 10;

    private final CodedInputStream in;
    private final Map<String, String> texts = new HashMap<>();
    private long kept;
    private int depth;

    WireReader(InputStream stream) {
        this.in = CodedInputStream.newInstance(stream, BUFFER_BYTES);
    }

    /** What to do with one field of a message. */
    @FunctionalInterface
    interface Fields {
        /**
         * Reads the value of a field.
         *
         * @param tag the field number times 8, plus the wire type: 0 varint, 1 eight bytes, 2 length and bytes, 5 four
         *     bytes
         * @return whether the value has been read; if not, it is skipped
         */
        boolean read(int tag) throws IOException;

        /**
         * Called before the first field.
         *
         * @param position where the fields begin in the file
         */
        default void begin(long position) {}
    }

    /** How many bytes of the file lie before what is read next. */
    long position() {
        return in.getTotalBytesRead();
    }

    /** Skips the value of a field whose tag has been read. */
    void skipField(int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new ImportFailure("the end of a group stands where none has begun");
        }
    }

    /** Reads the fields up to the end of the file. */
    void file(Fields fields) throws IOException {
        fields(fields);
    }

    /** Reads the fields of a message that stands here with its length before it. */
    void message(Fields fields) throws IOException {
        if (++depth > MAX_DEPTH) {
            throw new ImportFailure("its parts are nested more than " + MAX_DEPTH + " deep");
        }
        keep(Long.BYTES);
        int outer = in.pushLimit(length());
        fields(fields);
        if (in.getBytesUntilLimit() != 0) {
            // The decoder takes the end of the file for the end of the message.
            throw new ImportFailure("the file ends in the middle or a length in it is wrong");
        }
        in.popLimit(outer);
        depth--;
    }

    private void fields(Fields fields) throws IOException {
        fields.begin(position());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!fields.read(tag)) {
                skipField(tag);
            }
        }
    }

    int length() throws IOException {
        int length = in.readRawVarint32();
        if (length < 0) {
            throw new ImportFailure("a length is beyond 2 GB");
        }
        return length;
    }

    void skip(int bytes) throws IOException {
        in.skipRawBytes(bytes);
    }

    long number() throws IOException {
        keep(Long.BYTES);
        return in.readInt64();
    }

    float real() throws IOException {
        keep(Long.BYTES);
        return in.readFloat();
    }

    double longReal() throws IOException {
        keep(Long.BYTES);
        return in.readDouble();
    }

    /** Reads a text of at most {@link #MAX_TEXT_BYTES}; equal texts are the same object. */
    String text() throws IOException {
        int length = length();
        if (length > MAX_TEXT_BYTES) {
            throw new ImportFailure("a name has " + length + " bytes");
        }
        keep(length);
        byte[] bytes = in.readRawBytes(length);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return texts.computeIfAbsent(text, same -> same);
        } catch (CharacterCodingException e) {
            throw new ImportFailure("a name is not valid UTF-8");
        }
    }

    /** Reads raw bytes. */
    byte[] raw(int length) throws IOException {
        keep(length);
        return in.readRawBytes(length);
    }

    /** Reads something again and again until a number of bytes is used up. */
    void packed(int bytes, Step step) throws IOException {
        int outer = in.pushLimit(bytes);
        while (in.getBytesUntilLimit() > 0) {
            step.read();
        }
        in.popLimit(outer);
    }

    /** Reads one of several values. */
    @FunctionalInterface
    interface Step {
        void read() throws IOException;
    }

    /** Reads whole numbers, packed or single, behind those already there. */
    void numbers(int tag, ImmutableLongArray.Builder numbers) throws IOException {
        if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
            numbers.add(number());
            return;
        }
        packed(length(), () -> numbers.add(number()));
    }

    /** Reads single-precision numbers, packed or single, behind those already there. */
    void reals(int tag, ImmutableDoubleArray.Builder reals) throws IOException {
        if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_FIXED32) {
            reals.add(real());
            return;
        }
        packed(length(), () -> reals.add(real()));
    }

    private void keep(long bytes) {
        kept += bytes;
        if (kept > MAX_KEPT_BYTES) {
            throw new ImportFailure("it has more than " + (MAX_KEPT_BYTES >> 20) + " MB besides its weights");
        }
    }
}
