package io.github.codnn.onnx;

import io.github.codnn.internal.Crc32c;
import io.github.codnn.internal.FileDigest;
import io.github.codnn.onnx.ModelIndex.ByteRange;
import io.github.codnn.onnx.StageBytes.Chunk;
import io.github.codnn.split.PipelineFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Writes the files of stages to a folder. The checksums of the stages and of the model come out of the same pass: those
 * of long runs of bytes are computed once, as they are copied, and joined.
 */
final class StageFiles implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 18;

    /** To read shorter runs of the model again takes less time than to remember them. */
    private static final int REMEMBERED_BYTES = 1 << 16;

    private final Path folder;
    private final Path model;
    private final Map<Path, FileChannel> sources = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Set<String> names = new HashSet<>();
    private final TreeMap<Long, Run> copied = new TreeMap<>();

    /** A run of bytes of the model that was copied, with its checksum. */
    private record Run(ByteRange range, int checksum) {}

    /**
     * Starts with no files.
     *
     * @param folder where to write them
     * @param model the model that is split
     */
    StageFiles(Path folder, Path model) {
        this.folder = folder;
        this.model = model;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes a file and returns its size and digest. */
    PipelineFile write(String name, StageBytes content) throws IOException {
        if (!names.add(name)) {
            throw new FileAlreadyExistsException(name);
        }
        int checksum = 0;
        try (FileChannel out = FileChannel.open(file(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            buffer.clear();
            for (Chunk chunk : content.chunks()) {
                int part = chunk.isRange() ? copy(chunk, out) : put(chunk.bytes(), out);
                checksum = Crc32c.join(checksum, part, chunk.size());
            }
            flush(out);
        }
        return new PipelineFile(name, FileDigest.text(checksum), content.size());
    }

    private int put(byte[] bytes, FileChannel out) throws IOException {
        CRC32C checksum = new CRC32C();
        for (int from = 0; from < bytes.length; ) {
            int count = Math.min(bytes.length - from, buffer.remaining());
            buffer.put(bytes, from, count);
            from += count;
            flushIfFull(out);
        }
        checksum.update(bytes, 0, bytes.length);
        return (int) checksum.getValue();
    }

    private int copy(Chunk chunk, FileChannel out) throws IOException {
        FileChannel in = source(chunk.file());
        CRC32C checksum = new CRC32C();
        long position = chunk.range().start();
        while (position < chunk.range().end()) {
            position += read(in, chunk.file(), position, chunk.range().end(), checksum);
            flushIfFull(out);
        }
        if (chunk.range().bytes() >= REMEMBERED_BYTES && chunk.file().equals(model)) {
            remember(new Run(chunk.range(), (int) checksum.getValue()));
        }
        return (int) checksum.getValue();
    }

    /** Reads as much as there is room for, up to an end, and returns how much that is. */
    private int read(FileChannel in, Path file, long position, long end, CRC32C checksum) throws IOException {
        int start = buffer.position();
        int read = in.read(buffer.limit((int) Math.min(buffer.capacity(), start + end - position)), position);
        if (read < 0) {
            throw new EOFException(file + " has become shorter");
        }
        checksum.update(buffer.duplicate().flip().position(start));
        buffer.limit(buffer.capacity());
        return read;
    }

    private void flushIfFull(FileChannel out) throws IOException {
        if (!buffer.hasRemaining()) {
            flush(out);
        }
    }

    private void flush(FileChannel out) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
        buffer.clear();
    }

    private FileChannel source(Path file) throws IOException {
        FileChannel channel = sources.get(file);
        if (channel == null) {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            sources.put(file, channel);
        }
        return channel;
    }

    /** Runs that overlap one that is remembered are left out. */
    private void remember(Run run) {
        Map.Entry<Long, Run> before = copied.lowerEntry(run.range().end());
        if (before == null || before.getValue().range().end() <= run.range().start()) {
            copied.put(run.range().start(), run);
        }
    }

    /** Returns the digest of the model, after the files are written: what was not copied is read now. */
    String modelDigest() throws IOException {
        FileChannel in = source(model);
        long known = 0;
        int checksum = 0;
        for (Run run : copied.values()) {
            checksum = joinGap(in, checksum, new ByteRange(known, run.range().start()));
            checksum = Crc32c.join(checksum, run.checksum(), run.range().bytes());
            known = run.range().end();
        }
        return FileDigest.text(joinGap(in, checksum, new ByteRange(known, in.size())));
    }

    private int joinGap(FileChannel in, int before, ByteRange gap) throws IOException {
        CRC32C checksum = new CRC32C();
        for (long position = gap.start(); position < gap.end(); ) {
            position += read(in, model, position, gap.end(), checksum);
            buffer.clear();
        }
        return Crc32c.join(before, (int) checksum.getValue(), gap.bytes());
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : sources.values()) {
            channel.close();
        }
    }
}
