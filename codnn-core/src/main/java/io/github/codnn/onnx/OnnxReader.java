package io.github.codnn.onnx;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.codnn.CodnnException;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.ModelFiles;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads networks from ONNX files: {@code OnnxReader.withDefaults().withDimension("batch", 8).read(path)}.
 *
 * <p>Operator sets 1 to 27 of the default domain are understood. Weights are skipped, not read: only their shapes
 * count, so a file of any size is read in time and memory that depend on its number of nodes. Shapes are inferred here,
 * from the shapes of the inputs; what a file declares of inner tensors is needed only for operators that the reader
 * does not know. Constants, and whatever hangs only on constants or on shapes, become parameters of the layers that use
 * them.
 *
 * <p>Counted as parameters are the trained weights as they are stored: kernels, matrices, biases, scales, embeddings;
 * not running means and variances, shapes, indices, and single numbers in formulas. Immutable and thread-safe.
 */
public final class OnnxReader {

    private static final int MAX_REASON_CHARACTERS = 500;
    private static final OnnxReader DEFAULTS = new OnnxReader(ImportSettings.DEFAULTS);

    private final ImportSettings settings;

    private OnnxReader(ImportSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns a reader that takes every dimension that a file leaves open as 1; {@link ImportedModel#openDimensions()}
     * lists them.
     *
     * @return the reader
     */
    public static OnnxReader withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a reader that also gives a value to a dimension that a file leaves open.
     *
     * @param name the dimension's name in the file, such as {@code batch}; a dimension without a name goes by its
     *     tensor and axis, such as {@code input[0]}
     * @param extent its value, at least 1
     * @return the reader
     */
    public OnnxReader withDimension(String name, long extent) {
        Checks.notBlank(name, "A dimension's name");
        Checks.positive(extent, "Dimension '" + name + "'");
        return new OnnxReader(settings.withDimension(name, extent));
    }

    /**
     * Returns a reader that gives an extent to every open dimension that has none of its own, as a choice of the
     * caller: the dimensions do not count as {@linkplain ImportedModel#assumedDimensions() assumed}.
     *
     * @param extent the extent, at least 1
     * @return the reader
     */
    public OnnxReader withOtherDimensions(long extent) {
        return new OnnxReader(
                settings.withOtherDimensions(Checks.positive(extent, "The extent of other open dimensions")));
    }

    /**
     * Returns a reader that gives a shape to an input, in place of the open dimensions that a file declares for it;
     * also where a file uses one name for two axes, or declares no shape.
     *
     * @param input the name of the input
     * @param shape the extent of each axis, at least 1 each; must agree with the extents that the file fixes
     * @return the reader
     */
    public OnnxReader withInputShape(String input, long... shape) {
        Checks.notBlank(input, "An input's name");
        for (long extent : shape) {
            Checks.positive(extent, "An extent of input '" + input + "'");
        }
        return new OnnxReader(
                settings.withInputShape(input, Arrays.stream(shape).boxed().toList()));
    }

    /**
     * Returns a reader that takes an input as a constant: a sample rate that selects a branch, a number of steps. The
     * network then has no such input, and holds for this value only.
     *
     * @param input the name of the input
     * @param values its elements, at least one, row by row; 1 and 0 for true and false; as many as its shape has
     * @return the reader
     */
    public OnnxReader withInputValue(String input, double... values) {
        Checks.notBlank(input, "An input's name");
        return new OnnxReader(settings.withInputValue(
                input, Checks.notEmpty(Arrays.stream(values).boxed().toList(), "value of input '" + input + "'")));
    }

    /**
     * Reads a file.
     *
     * @param file an ONNX file
     * @return its network, and what to know about it
     * @throws CodnnException if the file is missing, damaged or contradicts itself, if its shapes cannot be told, or if
     *     it has no open dimension of a name that was given
     */
    public ImportedModel read(Path file) {
        try (SeekableByteChannel channel = Files.newByteChannel(ModelFiles.checked(file))) {
            ModelParser parser = new ModelParser(new SkippingInputStream(channel));
            Path folder = file.toAbsolutePath().getParent();
            ExternalData external = new ExternalData(folder == null ? Path.of("") : folder);
            return new GraphAssembler(parser.model(), baseName(file), settings, external).assemble();
        } catch (NoSuchFileException e) {
            throw refused(file, "there is no such file", e);
        } catch (InvalidProtocolBufferException e) {
            throw refused(file, reason(e), e);
        } catch (IOException e) {
            throw refused(file, "cannot be read: " + e.getMessage(), e);
        } catch (ArithmeticException e) {
            throw refused(file, "a number is too large", e);
        } catch (ImportFailure | IllegalArgumentException e) {
            throw refused(file, String.valueOf(e.getMessage()), e);
        }
    }

    ImportSettings settings() {
        return settings;
    }

    /** One line, whatever is in the names that the reason quotes. */
    static CodnnException refused(Path file, String reason, Exception cause) {
        String line = CharMatcher.javaIsoControl().replaceFrom(reason, '?');
        return new CodnnException(file + ": " + Ascii.truncate(line, MAX_REASON_CHARACTERS, "..."), cause);
    }

    static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("truncated") || message.contains("ended unexpectedly")
                ? "the file ends in the middle or a length in it is wrong"
                : "it is no ONNX model, or damaged";
    }

    static String baseName(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name;
    }
}
