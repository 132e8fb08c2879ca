package io.github.codnn.graph;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Sha256;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The file of a network, so that a plan is not used for another one.
 *
 * @param name its file name, without a path
 * @param digest {@code sha256:} and the SHA-256 of its content as 64 hexadecimal digits in lower case
 */
public record ModelFile(String name, String digest) {

    /** Checks the components. */
    public ModelFile {
        Checks.notBlank(name, "The name of a model file");
        Sha256.check(digest, name);
    }

    /**
     * Reads a file to the end, in constant memory.
     *
     * @param file the file
     * @return its name and digest
     * @throws CodnnException if it cannot be read
     */
    public static ModelFile of(Path file) {
        try {
            return new ModelFile(String.valueOf(file.getFileName()), Sha256.of(file));
        } catch (NoSuchFileException e) {
            throw new CodnnException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new CodnnException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
