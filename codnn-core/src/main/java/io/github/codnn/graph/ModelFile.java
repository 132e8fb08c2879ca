package io.github.codnn.graph;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.FileDigest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The file of a network, so that a plan is not used for another one.
 *
 * @param name its file name, without a path
 * @param digest {@code crc32c:} and the CRC-32C of its content as 8 hexadecimal digits in lower case, or
 *     {@code sha256:} and the SHA-256 as 64. Either tells a mix-up; none protects from forgery, since whoever can
 *     change the file can change the digest, too
 */
public record ModelFile(String name, String digest) {

    /** Checks the components. */
    public ModelFile {
        Checks.notBlank(name, "The name of a model file");
        FileDigest.check(digest, name);
    }

    /**
     * Reads a file to the end, in constant memory.
     *
     * @param file the file
     * @return its name and its CRC-32C
     * @throws CodnnException if it cannot be read
     */
    public static ModelFile of(Path file) {
        return reading(file, () -> new ModelFile(String.valueOf(file.getFileName()), FileDigest.of(file)));
    }

    /**
     * Reads a file to the end, in constant memory, and compares its content, not its name.
     *
     * @param file the file
     * @return whether it has this digest
     * @throws CodnnException if it cannot be read
     */
    public boolean isContentOf(Path file) {
        return reading(file, () -> FileDigest.matches(digest, file));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T reading(Path file, Reading<T> reading) {
        try {
            return reading.read();
        } catch (NoSuchFileException e) {
            throw new CodnnException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new CodnnException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
