package io.github.codnn;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes files atomically: first to a file of another name in the folder of the target, which then replaces the target.
 * A failure leaves the target unchanged and no other file.
 *
 * <p>Symbolic links are followed. A file that exists keeps its permissions; a new one has those that the user's mask
 * allows. Thread-safe; of two writers of one file the last one wins.
 */
public final class WholeFiles {

    private static final int MAX_LINKS = 40;

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes the content.
         *
         * @param out the stream, closed by the caller
         * @throws IOException if the stream fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private WholeFiles() {}

    /**
     * Writes a file.
     *
     * @param file the file, replaced if it exists
     * @param bytes its content
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, out -> out.write(bytes));
    }

    /**
     * Writes a file. Devices and pipes are written in place, because nothing can replace them.
     *
     * @param file the file, replaced if it exists
     * @param content writes its content
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Content content) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (OutputStream out = Files.newOutputStream(file)) {
                content.writeTo(out);
            }
            return;
        }
        Path target = target(file);
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new AccessDeniedException(target.toString());
        }
        // Not a temporary file as Java makes them: only its owner could read it.
        Path part = target.resolveSibling(".codnn-" + UUID.randomUUID() + ".part");
        try {
            try (OutputStream out =
                    Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            keepPermissions(target, part);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Follows symbolic links, also to a file that does not exist yet. */
    private static Path target(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        for (int link = 0; Files.isSymbolicLink(target); link++) {
            if (link == MAX_LINKS) {
                throw new FileSystemLoopException(file.toString());
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    private static void keepPermissions(Path existing, Path part) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(existing, PosixFileAttributeView.class);
        if (view != null && Files.exists(existing)) {
            Files.setPosixFilePermissions(part, view.readAttributes().permissions());
        }
    }

    /**
     * Returns the reason of a failure.
     *
     * @param failure the failure
     * @return the reason, without names of Java classes as far as it is known
     */
    public static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (failure instanceof NoSuchFileException missing) {
            return "there is no such file or folder: " + missing.getFile();
        }
        if (failure instanceof FileAlreadyExistsException existing) {
            return "there is a file already: " + existing.getFile();
        }
        if (failure instanceof FileSystemException other && other.getReason() != null) {
            return other.getReason();
        }
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }
}
