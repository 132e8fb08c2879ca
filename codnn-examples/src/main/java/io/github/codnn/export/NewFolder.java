package io.github.codnn.export;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.codnn.CodnnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** A folder that appears whole or not at all. */
final class NewFolder {

    /** Fills a folder. */
    @FunctionalInterface
    interface Content {
        void writeTo(Path folder) throws IOException;
    }

    private NewFolder() {}

    /**
     * Writes a folder.
     *
     * @throws CodnnException if it exists already or cannot be written; then nothing is left behind
     */
    static void write(Path target, Content content) {
        Path absolute = target.toAbsolutePath().normalize();
        if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            throw new CodnnException("'" + target + "' exists already. Name a new folder");
        }
        Path unfinished = absolute.resolveSibling(".codnn-" + UUID.randomUUID() + ".part");
        try {
            Files.createDirectory(unfinished);
            content.writeTo(unfinished);
            Files.move(unfinished, absolute, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(unfinished);
            throw new CodnnException("'" + target + "' cannot be written: " + e, e);
        } catch (RuntimeException e) {
            delete(unfinished);
            throw e;
        }
    }

    private static void delete(Path folder) {
        try {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
            // The failure that is reported already matters more than a folder that is left behind.
        }
    }
}
