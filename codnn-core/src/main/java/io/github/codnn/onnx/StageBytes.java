package io.github.codnn.onnx;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.github.codnn.onnx.ModelIndex.ByteRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A message as a list of bytes to write and runs of bytes to copy from files; runs that touch become one. */
final class StageBytes {

    /** A part: either bytes, or a run of a file. */
    static final class Chunk {
        private final byte[] bytes;
        private final Path file;
        private final ByteRange range;

        private Chunk(byte[] bytes, Path file, ByteRange range) {
            this.bytes = bytes;
            this.file = file;
            this.range = range;
        }

        byte[] bytes() {
            return bytes;
        }

        Path file() {
            return file;
        }

        ByteRange range() {
            return range;
        }

        long size() {
            return isRange() ? range.bytes() : bytes.length;
        }

        boolean isRange() {
            return range.bytes() > 0;
        }
    }

    private static final ByteRange NOTHING = new ByteRange(0, 0);
    private static final Path NO_FILE = Path.of("");

    private final List<Chunk> chunks = new ArrayList<>();
    private long size;

    List<Chunk> chunks() {
        return chunks;
    }

    long size() {
        return size;
    }

    StageBytes bytes(byte[] bytes) {
        if (bytes.length > 0) {
            chunks.add(new Chunk(bytes, NO_FILE, NOTHING));
            size += bytes.length;
        }
        return this;
    }

    StageBytes copy(Path file, ByteRange range) {
        if (range.bytes() == 0) {
            return this;
        }
        Chunk last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
        if (last != null
                && last.isRange()
                && last.file().equals(file)
                && last.range().end() == range.start()) {
            chunks.set(
                    chunks.size() - 1,
                    new Chunk(new byte[0], file, new ByteRange(last.range().start(), range.end())));
        } else {
            chunks.add(new Chunk(new byte[0], file, range));
        }
        size = Math.addExact(size, range.bytes());
        return this;
    }

    /** Appends the tag and length of a field; its content must follow. */
    StageBytes head(int field, long length) {
        return bytes(written(out -> {
            out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt64NoTag(length);
        }));
    }

    /** Appends a field with a content that may hold runs of files. */
    StageBytes message(int field, StageBytes content) {
        head(field, content.size);
        content.chunks.forEach(chunk -> {
            if (chunk.isRange()) {
                copy(chunk.file(), chunk.range());
            } else {
                bytes(chunk.bytes());
            }
        });
        return this;
    }

    StageBytes message(int field, byte[] content) {
        return head(field, content.length).bytes(content);
    }

    StageBytes number(int field, long value) {
        return bytes(written(out -> out.writeInt64(field, value)));
    }

    @FunctionalInterface
    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, 32);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
