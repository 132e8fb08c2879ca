package io.github.codnn.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Digests of files as plans and manifests state them: {@code crc32c:} and 8 hexadecimal digits, which this library
 * writes, or {@code sha256:} and 64, which others may write in their place; both in lower case.
 *
 * <p>A digest tells a file that was mixed up or damaged. Whoever can change the file can change the digest beside it,
 * too, so that no digest protects from forgery; CRC-32C is the one that takes a small part of the time of a copy.
 */
public final class FileDigest {

    private static final String CRC32C = "crc32c:";
    private static final String SHA256 = "sha256:";
    private static final Pattern FORM = Pattern.compile(CRC32C + "[0-9a-f]{8}|" + SHA256 + "[0-9a-f]{64}");
    private static final int BUFFER_BYTES = 1 << 18;

    private FileDigest() {}

    /**
     * Returns the text of a checksum.
     *
     * @param crc32c the CRC-32C of a file
     * @return its digest
     */
    public static String text(int crc32c) {
        return CRC32C + HexFormat.of().toHexDigits(crc32c);
    }

    /**
     * Reads a file to the end, in constant memory.
     *
     * @param file the file
     * @return its digest, a CRC-32C
     * @throws IOException if it cannot be read
     */
    public static String of(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        read(file, checksum::update);
        return text((int) checksum.getValue());
    }

    /**
     * Reads a file to the end, in constant memory.
     *
     * @param digest a digest of either kind
     * @param file the file
     * @return whether it is the digest of the file
     * @throws IOException if it cannot be read
     */
    public static boolean matches(String digest, Path file) throws IOException {
        if (!digest.startsWith(SHA256)) {
            return digest.equals(of(file));
        }
        MessageDigest sha256 = sha256();
        read(file, sha256::update);
        return digest.equals(SHA256 + HexFormat.of().formatHex(sha256.digest()));
    }

    /**
     * Tells whether a digest is of the kind that {@link #of} gives.
     *
     * @param digest a digest of either kind
     * @return whether it is a CRC-32C
     */
    public static boolean isChecksum(String digest) {
        return digest.startsWith(CRC32C);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static void read(Path file, Consumer<ByteBuffer> reader) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer) >= 0) {
                reader.accept(buffer.flip());
                buffer.clear();
            }
        }
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
                    + "' must be 'crc32c:' and 8 hexadecimal digits in lower case, or 'sha256:' and 64, but is '"
                    + digest + "'");
        }
    }
}
