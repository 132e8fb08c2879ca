package io.github.codnn.profile;

import ai.onnxruntime.OrtException;
import io.github.codnn.CodnnException;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.ort.OrtProcess;
import io.github.codnn.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Times layers with ONNX Runtime. Only this class and {@link OrtModel} use its types.
 *
 * <p>A layer is timed as it runs within a network: several copies of it in one session, each with different weights.
 * So its weights are loaded from the same level of memory as in a network, and not from the nearest cache; its input
 * is in the cache, as if the previous layer had just written it; its output goes to recently used memory; and all
 * copies share the overhead of one call of the runtime.
 */
final class OrtLayerTimer implements LayerTimer {

    /** Weights are random, because a runtime may detect zeros or equal weights and skip work. */
    private static final OnnxWriter WRITER = OnnxWriter.withDefaults().withRandomWeights(1);

    private static final long MAX_WEIGHT_BYTES = 1L << 30;

    private static final int MAX_COPIES = 8;
    private static final long MAX_BYTES_OF_COPIES = 1L << 26;
    private static final long MAX_MACS_OF_COPIES = 1_000_000_000;

    private final Optional<EnergyCounter> energy;

    private OrtLayerTimer(Optional<EnergyCounter> energy) {
        this.energy = energy;
    }

    /** Returns a timer; fails with a {@link LinkageError} if ONNX Runtime cannot be loaded. */
    static OrtLayerTimer start(Optional<EnergyCounter> energy) {
        try {
            OrtProcess.environment();
        } catch (OrtException e) {
            throw new CodnnException("ONNX Runtime does not start: " + e.getMessage(), e);
        }
        TemporaryModels.removeAbandoned();
        return new OrtLayerTimer(energy);
    }

    @Override
    public Timing time(Layer layer, ProfilerSettings settings) throws UnsupportedLayerException {
        if (layer.parameterBytes() > MAX_WEIGHT_BYTES) {
            throw new UnsupportedLayerException("its weights of " + layer.parameterBytes() + " bytes are too large");
        }
        int copies = copies(layer);
        try {
            return timeGraph(repeated(layer, copies), settings, energy).dividedBy(copies);
        } catch (OrtException e) {
            throw new UnsupportedLayerException("ONNX Runtime refuses it: " + e.getMessage(), e);
        } catch (CodnnException e) {
            throw new UnsupportedLayerException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the number of copies of a layer that are timed together: fewer for layers with many MACs or weights. */
    static int copies(Layer layer) {
        long byWeights = MAX_BYTES_OF_COPIES / Math.max(1, layer.parameterBytes());
        long byMacs = MAX_MACS_OF_COPIES / Math.max(1, layer.macs());
        return (int) Math.max(1, Math.min(MAX_COPIES, Math.min(byWeights, byMacs)));
    }

    /** Returns a network of copies that read the same input, each with different weights and its own output. */
    private static LayerGraph repeated(Layer layer, int copies) {
        LayerGraph.Builder graph = LayerGraph.builder(layer.name());
        layer.inputs().stream().distinct().forEach(graph::input);
        for (int copy = 1; copy < copies; copy++) {
            graph.add(renamed(layer, " copy " + copy));
        }
        // The other outputs are released at once, as between the layers of a network.
        layer.outputs().forEach(output -> graph.output(output.name()));
        return graph.add(layer).build();
    }

    private static Layer renamed(Layer layer, String suffix) {
        List<Tensor> outputs = layer.outputs().stream()
                .map(output -> new Tensor(output.name() + suffix, output.shape(), output.type()))
                .toList();
        return Layer.of(layer.name() + suffix, layer.operator(), layer.inputs(), outputs)
                .withParameters(layer.parameters(), layer.parameterBytes())
                .withMacs(layer.macs());
    }

    static Timing time(LayerGraph graph, ProfilerSettings settings) {
        try {
            return timeGraph(graph, settings, Optional.empty());
        } catch (OrtException e) {
            throw new CodnnException("ONNX Runtime refuses network '" + graph.name() + "': " + e.getMessage(), e);
        }
    }

    private static Timing timeGraph(LayerGraph graph, ProfilerSettings settings, Optional<EnergyCounter> energy)
            throws OrtException {
        try {
            Path file = TemporaryModels.create();
            try {
                WRITER.write(graph, file);
                try (OrtModel session = OrtModel.of(file)) {
                    return session.time(settings, energy);
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new CodnnException("'" + graph.name() + "' cannot be written to be measured: " + e, e);
        }
    }
}
