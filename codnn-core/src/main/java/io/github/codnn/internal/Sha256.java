package io.github.codnn.internal;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Digests of files as plans and manifests state them: {@code sha256:} and 64 hexadecimal digits in lower case. */
public final class Sha256 {

    private static final String PREFIX = "sha256:";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{64}");

    private Sha256() {}

    /**
     * Starts a digest.
     *
     * @return the digest of nothing yet
     */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /**
     * Ends a digest.
     *
     * @param digest the digest
     * @return its text
     */
    public static String text(MessageDigest digest) {
        return PREFIX + HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Reads a file to the end, in constant memory.
     *
     * @param file the file
     * @return the text of its digest
     * @throws IOException if it cannot be read
     */
    public static String of(Path file) throws IOException {
        return PREFIX + MoreFiles.asByteSource(file).hash(Hashing.sha256());
    }

    /**
     * Checks the form of a digest.
     *
     * @param digest the text
     * @param file the file that it is of, for the message
     * @throws IllegalArgumentException if it is not such a text
     */
    public static void check(String digest, String file) {
        if (!FORM.matcher(digest).matches()) {
            throw new IllegalArgumentException("The digest of '" + file
                    + "' must be 'sha256:' and 64 hexadecimal digits in lower case, but is '" + digest + "'");
        }
    }
}
