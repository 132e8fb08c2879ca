package io.github.codnn.graph;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.Checks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The file of a network, so that a plan is not used for another one.
 *
 * @param name its file name, without a path
 * @param digest {@code sha256:} and the SHA-256 of its content as 64 hexadecimal digits in lower case
 */
public record ModelFile(String name, String digest) {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int BUFFER_BYTES = 1 << 18;

    /** Checks the components. */
    public ModelFile {
        Checks.notBlank(name, "The name of a model file");
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("The digest of '" + name
                    + "' must be 'sha256:' and 64 hexadecimal digits in lower case, but is '" + digest + "'");
        }
    }

    /**
     * Reads a file to the end, in constant memory.
     *
     * @param file the file
     * @return its name and digest
     * @throws CodnnException if it cannot be read
     */
    public static ModelFile of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return new ModelFile(
                    String.valueOf(file.getFileName()),
                    "sha256:" + HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchFileException e) {
            throw new CodnnException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new CodnnException(file + ": cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
