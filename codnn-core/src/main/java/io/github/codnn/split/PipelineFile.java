package io.github.codnn.split;

import io.github.codnn.internal.Checks;
import java.util.regex.Pattern;

/**
 * A file beside the manifest.
 *
 * @param name its name in the folder of the manifest: letters, digits, {@code .}, {@code _} and {@code -}, at most 200
 *     characters, not starting with {@code .}; never a path
 * @param digest {@code sha256:} and the SHA-256 of its content as 64 hexadecimal digits in lower case
 * @param bytes its size, zero or greater
 */
public record PipelineFile(String name, String digest, long bytes) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** Checks the components. */
    public PipelineFile {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A file's name must be letters, digits, '.', '_' and '-', at most 200"
                    + " of them, not '.' first, but is '" + name + "'");
        }
        checkDigest(digest, name);
        Checks.nonNegative(bytes, "The size in bytes of file '" + name + "'");
    }

    /** Checks the form of a digest. */
    static void checkDigest(String digest, String file) {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("The digest of '" + file
                    + "' must be 'sha256:' and 64 hexadecimal digits in lower case, but is '" + digest + "'");
        }
    }
}
