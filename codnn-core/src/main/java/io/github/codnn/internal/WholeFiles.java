package io.github.codnn.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files atomically: first to a file in the folder of the target, with {@code .part} appended to its name, which
 * then replaces the target. A failure leaves the target unchanged and no other file.
 */
public final class WholeFiles {

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
     * Writes a file. Devices and pipes are written directly, because they cannot be replaced.
     *
     * @param file the file, replaced if it exists
     * @param content writes its content
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Content content) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            writeInPlace(file, content);
            return;
        }
        // Not a temporary file of Java, because only its owner could read it.
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            writeInPlace(part, content);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void writeInPlace(Path file, Content content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            content.writeTo(out);
        }
    }
}
