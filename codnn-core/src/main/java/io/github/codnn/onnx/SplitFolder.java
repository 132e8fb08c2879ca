package io.github.codnn.onnx;

import io.github.codnn.internal.Sha256;
import io.github.codnn.onnx.StageBytes.Chunk;
import io.github.codnn.split.PipelineFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder that appears whole or not at all: its files are written to a folder of another name beside it, which is
 * renamed at the end, or deleted if that does not happen.
 */
final class SplitFolder implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 18;

    private final Path target;
    private final Path folder;
    private final Map<Path, FileChannel> sources = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Set<String> names = new HashSet<>();

    private SplitFolder(Path target, Path folder) {
        this.target = target;
        this.folder = folder;
    }

    static SplitFolder create(Path target) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path folder = absolute.resolveSibling(".codnn-" + UUID.randomUUID() + ".part");
        return new SplitFolder(absolute, Files.createDirectory(folder));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes a file and returns its size and digest. */
    PipelineFile write(String name, StageBytes content) throws IOException {
        if (!names.add(name)) {
            throw new FileAlreadyExistsException(name);
        }
        MessageDigest digest = Sha256.start();
        try (FileChannel out = FileChannel.open(file(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            buffer.clear();
            for (Chunk chunk : content.chunks()) {
                if (chunk.isRange()) {
                    copy(chunk, digest, out);
                } else {
                    put(chunk.bytes(), digest, out);
                }
            }
            flush(digest, out);
        }
        return new PipelineFile(name, Sha256.text(digest), content.size());
    }

    private void put(byte[] bytes, MessageDigest digest, FileChannel out) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            int count = Math.min(bytes.length - from, buffer.remaining());
            buffer.put(bytes, from, count);
            from += count;
            flushIfFull(digest, out);
        }
    }

    private void copy(Chunk chunk, MessageDigest digest, FileChannel out) throws IOException {
        FileChannel in = source(chunk.file());
        long position = chunk.range().start();
        while (position < chunk.range().end()) {
            int limit = (int) Math.min(
                    buffer.capacity(), buffer.position() + chunk.range().end() - position);
            int read = in.read(buffer.limit(limit), position);
            if (read < 0) {
                throw new EOFException(chunk.file() + " has become shorter");
            }
            position += read;
            buffer.limit(buffer.capacity());
            flushIfFull(digest, out);
        }
    }

    private void flushIfFull(MessageDigest digest, FileChannel out) throws IOException {
        if (!buffer.hasRemaining()) {
            flush(digest, out);
        }
    }

    private void flush(MessageDigest digest, FileChannel out) throws IOException {
        buffer.flip();
        digest.update(buffer.array(), 0, buffer.limit());
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

    /** Gives the folder its name. */
    void publish() throws IOException {
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : sources.values()) {
            channel.close();
        }
        if (Files.exists(folder)) {
            List<Path> files;
            try (Stream<Path> listed = Files.list(folder)) {
                files = listed.toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }
}
