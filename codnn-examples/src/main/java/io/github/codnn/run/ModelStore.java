package io.github.codnn.run;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ModelFile;
import io.github.codnn.split.PipelineFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of models that were sent to a member, each checked against its digest. */
final class ModelStore implements AutoCloseable {

    private final Path folder;
    private final Map<String, Long> positions = new HashMap<>();

    ModelStore(Path folder) {
        this.folder = folder;
    }

    /** Returns the place of a file; names that lead out of the folder are refused. */
    Path file(String group, String name) {
        if (!PipelineFile.isName(group) || !PipelineFile.isName(name)) {
            throw new CodnnException("'" + group + "/" + name + "' is no name of a model file");
        }
        return folder.resolve(group).resolve(name);
    }

    /**
     * Adds the next part of a file. The last part makes it appear, if its digest is right.
     *
     * @throws IOException if it cannot be written, a part is missing, or the content is not what the digest says
     */
    synchronized void append(FileChunk chunk) throws IOException {
        Path target = file(chunk.group(), chunk.name());
        Path part = target.resolveSibling(chunk.name() + ".part");
        Files.createDirectories(target.resolveSibling("."));
        String key = chunk.group() + "/" + chunk.name();
        if (chunk.offset() == 0) {
            Files.deleteIfExists(part);
            positions.put(key, 0L);
        }
        if (positions.getOrDefault(key, -1L) != chunk.offset()) {
            throw new IOException("A part of " + key + " is missing before byte " + chunk.offset());
        }
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(
                    chunk.bytes().array(),
                    chunk.bytes().arrayOffset(),
                    chunk.bytes().remaining());
        }
        positions.put(key, chunk.offset() + chunk.bytes().remaining());
        if (chunk.last()) {
            positions.remove(key);
            if (!new ModelFile(chunk.name(), chunk.digest()).isContentOf(part)) {
                Files.delete(part);
                throw new IOException(key + " does not have the digest " + chunk.digest() + ", which it should have");
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes all files. */
    @Override
    public synchronized void close() {
        deleteTree(folder);
    }

    /** Deletes a folder and all in it, as far as that is possible. */
    static void deleteTree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> paths = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : paths) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A temporary folder: the system removes what is left.
        }
    }
}
