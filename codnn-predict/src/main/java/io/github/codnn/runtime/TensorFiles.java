package io.github.codnn.runtime;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.internal.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Reads and writes tensors, one to a file: NumPy's {@code .npy} and ONNX's {@code .pb} (a {@code TensorProto}).
 *
 * <p>Files come from anywhere: nothing is allocated before the sizes that a file states are found to agree with its
 * length, and a file above the limit is refused unread. Thread-safe.
 */
public final class TensorFiles {

    /** The largest file that is read unless another limit is given: 256 MiB. */
    public static final long DEFAULT_MAX_BYTES = 256L << 20;

    private TensorFiles() {}

    /**
     * Tells whether the name of a file says that it holds a tensor.
     *
     * @param file the file
     * @return whether it ends in {@code .npy} or {@code .pb}, in letters of any case
     */
    public static boolean isTensorFile(Path file) {
        String name = lowerCaseName(file);
        return name.endsWith(".npy") || name.endsWith(".pb");
    }

    /**
     * Reads a tensor. Its name is that in the file, if any, else the name of the file without its ending.
     *
     * @param file a file whose name ends in {@code .npy} or {@code .pb}
     * @param maxBytes the largest file that is read, positive
     * @return the tensor
     * @throws CodnnException if the file cannot be read, is larger, or is no dense tensor of numbers
     */
    public static TensorValue read(Path file, long maxBytes) {
        Checks.positive(maxBytes, "maxBytes");
        if (!isTensorFile(file)) {
            throw new CodnnException(file + ": must end in .npy or .pb to be read as a tensor");
        }
        try {
            long size = Files.size(file);
            if (size > Math.min(maxBytes, Integer.MAX_VALUE - 8)) {
                throw new CodnnException(
                        file + ": has " + size + " bytes, more than the " + maxBytes + " that a tensor may have");
            }
            byte[] content = Files.readAllBytes(file);
            String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
            return lowerCaseName(file).endsWith(".npy")
                    ? NpyFormat.parse(content, name.isBlank() ? "tensor" : name)
                    : TensorProtoFormat.parse(content, name.isBlank() ? "tensor" : name);
        } catch (IOException e) {
            throw new CodnnException(file + ": cannot be read: " + WholeFiles.reason(e), e);
        } catch (IllegalArgumentException e) {
            throw new CodnnException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes a tensor, whole or not at all.
     *
     * @param value the tensor
     * @param file a file whose name ends in {@code .npy} or {@code .pb}, replaced if it exists
     * @throws CodnnException if the file cannot be written, or NumPy has no such element type
     */
    public static void write(TensorValue value, Path file) {
        Objects.requireNonNull(value, "value");
        if (!isTensorFile(file)) {
            throw new CodnnException(file + ": must end in .npy or .pb to be written as a tensor");
        }
        try {
            byte[] head = lowerCaseName(file).endsWith(".npy")
                    ? NpyFormat.header(value.tensor())
                    : TensorProtoFormat.header(value.tensor());
            WholeFiles.write(file, out -> {
                out.write(head);
                out.write(value.toByteArray());
            });
        } catch (IOException e) {
            throw new CodnnException(file + ": cannot be written: " + WholeFiles.reason(e), e);
        } catch (IllegalArgumentException e) {
            throw new CodnnException(file + ": " + e.getMessage(), e);
        }
    }

    private static String lowerCaseName(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }
}
