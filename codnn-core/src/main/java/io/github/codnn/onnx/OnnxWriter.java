package io.github.codnn.onnx;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Writes networks as ONNX files that runtimes can execute: {@code OnnxWriter.withDefaults().write(graph, path)}.
 *
 * <p>The file has the layers, tensors and shapes of the network, the same multiply-accumulates and the same weights in
 * number and shape, so it costs what the network costs. A {@link LayerGraph} knows no more of an operator than that,
 * and what it does not know is chosen to fit the shapes: which of equal axes a transposition swaps, from where a slice
 * is taken, constants in formulas. The results of a run are therefore numbers without meaning.
 *
 * <p>By default, {@code ConstantOfShape} nodes generate the weights and the file has a few kilobytes;
 * {@link #withRandomWeights(long)} stores random weights whose scale keeps activations in range. Weights are generated
 * while the file is written: memory depends only on the number of layers, time is linear in the weights.
 *
 * <p>Layers of a {@link Operator.Block} are written one by one. A layer whose operator ONNX does not have, or whose
 * shapes and counts contradict it, is refused with a {@link CodnnException} that names it. Files use operator set 20.
 * Immutable and thread-safe.
 */
public final class OnnxWriter {

    /** The most that a protobuf message can have. */
    private static final long MAX_BYTES = Integer.MAX_VALUE;

    private static final OnnxWriter DEFAULTS = new OnnxWriter(OptionalLong.empty());

    private final OptionalLong seed;

    private OnnxWriter(OptionalLong seed) {
        this.seed = seed;
    }

    /**
     * Returns a writer that stores no weights.
     *
     * @return the writer
     */
    public static OnnxWriter withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a writer that stores random weights. The same seed and network give the same file.
     *
     * @param weightSeed the seed of the weights
     * @return the changed writer
     */
    public OnnxWriter withRandomWeights(long weightSeed) {
        return new OnnxWriter(OptionalLong.of(weightSeed));
    }

    /**
     * Writes a network to a file, which is there complete or not at all.
     *
     * @param graph the network
     * @param file the file, replaced if it exists
     * @throws CodnnException if a layer cannot be expressed in ONNX, the file would exceed 2 GiB, the limit of the
     *     format, or it cannot be written
     */
    public void write(LayerGraph graph, Path file) {
        FileParts parts = parts(graph);
        try {
            WholeFiles.write(file, out -> parts.write(out, seed));
        } catch (IOException e) {
            throw new CodnnException(file + ": cannot be written: " + WholeFiles.reason(e), e);
        }
    }

    /**
     * Writes a network to a stream, which is left open.
     *
     * @param graph the network
     * @param out the stream
     * @throws CodnnException if a layer cannot be expressed in ONNX or the file would exceed 2 GiB, the limit of the
     *     format
     * @throws IOException if the stream fails
     */
    public void write(LayerGraph graph, OutputStream out) throws IOException {
        parts(graph).write(out, seed);
    }

    private FileParts parts(LayerGraph graph) {
        LayerGraph flat = Flattening.of(graph);
        FileParts parts = FileParts.of(flat, seed.isPresent());
        if (parts.bytes() > MAX_BYTES) {
            throw new CodnnException("Network '" + graph.name() + "' would need an ONNX file of " + parts.bytes()
                    + " bytes, more than the 2 GiB that the format allows. Maybe write it without weights.");
        }
        return parts;
    }
}
