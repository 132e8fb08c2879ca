package io.github.codnn.split;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file beside the manifest.
 *
 * @param name its name in the folder of the manifest: letters, digits, {@code .}, {@code _} and {@code -}, at most 200
 *     characters, not starting with {@code .}; never a path
 * @param digest {@code crc32c:} and the CRC-32C of its content as 8 hexadecimal digits in lower case, or
 *     {@code sha256:} and the SHA-256 as 64
 * @param bytes its size, zero or greater
 */
public record PipelineFile(String name, String digest, long bytes) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    /** Checks the components. */
    public PipelineFile {
        if (!isName(name)) {
            throw new IllegalArgumentException("A file's name must be letters, digits, '.', '_' and '-', at most 200"
                    + " of them, not '.' first, but is '" + name + "'");
        }
        FileDigest.check(digest, name);
        Checks.nonNegative(bytes, "The size in bytes of file '" + name + "'");
    }

    /**
     * Tells whether a text can be the name of such a file.
     *
     * @param text the text
     * @return whether it can, and so is no path that leads elsewhere
     */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Finds the file and compares its size and content with the manifest. O(bytes), in constant memory.
     *
     * @param folder the folder of the manifest
     * @return the path of the file
     * @throws CodnnException if the file is missing, is not a regular file, or was changed since the split
     */
    public Path checked(Path folder) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new CodnnException(file + ": the pipeline needs this file, but there is none. Split the model again");
        }
        try {
            boolean same = Files.size(file) == bytes && FileDigest.matches(digest, file);
            if (!same) {
                throw new CodnnException(
                        file + ": is not the file that pipeline.json describes. Split the model again");
            }
            return file;
        } catch (IOException e) {
            throw new CodnnException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
