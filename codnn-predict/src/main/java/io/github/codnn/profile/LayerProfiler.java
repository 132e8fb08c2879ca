package io.github.codnn.profile;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.internal.ort.OnnxRuntime;
import io.github.codnn.predict.Measurement;
import io.github.codnn.predict.MeasurementFile;
import io.github.codnn.predict.Measurements;
import io.github.codnn.predict.ModelMeasurement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Times layers on this machine with ONNX Runtime: one thread, graph optimisation off, random weights as constants, CPU
 * time of the thread, so that other load on the machine has little effect.
 *
 * <p>Rows are written to the file one by one. A further call with the same file times the layers that the file lacks.
 *
 * <p>CPU time is the time that a layer takes on an idle machine. A layer is timed as one of several copies with
 * different weights, so that its weights are cached no better than in a network.
 * {@link io.github.codnn.predict.LayerRegression#calibrated} corrects the remaining difference between the sum of the
 * layers and the time of the network.
 *
 * <p>Immutable; use one profiler at a time, because two would slow each other down.
 */
public final class LayerProfiler {

    private static final String PURPOSE = "Measuring";

    /** The number of times that each of several networks is timed. */
    private static final int ROUNDS = 3;

    /** The number of layers that are timed again to measure the change in speed of the machine. */
    private static final int TIMED_AGAIN = 8;

    private final LayerTimer timer;
    private final ProfilerSettings settings;

    LayerProfiler(LayerTimer timer, ProfilerSettings settings) {
        this.timer = timer;
        this.settings = settings;
    }

    /**
     * Makes a profiler.
     *
     * @param settings the number of runs of each layer
     * @return the profiler
     * @throws CodnnException if ONNX Runtime is missing or cannot be loaded
     */
    public static LayerProfiler onnxRuntime(ProfilerSettings settings) {
        Objects.requireNonNull(settings, "settings");
        return new LayerProfiler(OnnxRuntime.use(PURPOSE, () -> OrtLayerTimer.start(Optional.empty())), settings);
    }

    /**
     * Makes a profiler that measures energy, too. Series should take tenths of a second, since counters move in steps.
     *
     * @param settings the number of runs of each layer
     * @param energy counts the energy of this machine, with all that runs on it: let nothing else run
     * @return the profiler
     * @throws CodnnException if ONNX Runtime is missing or cannot be loaded
     */
    public static LayerProfiler onnxRuntime(ProfilerSettings settings, EnergyCounter energy) {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(energy, "energy");
        return new LayerProfiler(OnnxRuntime.use(PURPOSE, () -> OrtLayerTimer.start(Optional.of(energy))), settings);
    }

    /**
     * Returns the layers of a network for {@link #profile}, with blocks replaced by their inner layers.
     *
     * @param graph the network
     * @return the layers in order; equal layers are timed once
     */
    public static List<Layer> layersOf(LayerGraph graph) {
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : graph.layers()) {
            if (layer.operator() instanceof Operator.Block block) {
                layers.addAll(layersOf(block.body()));
            } else {
                layers.add(layer);
            }
        }
        return layers;
    }

    /**
     * Times layers and adds them to a file. An interrupt of the thread ends profiling after the current layer.
     *
     * @param layers the layers, such as of {@link SamplingPlan} or {@link #layersOf}
     * @param file the file, created if it does not exist; layers that it already contains are not timed again
     * @param listener is notified after each layer
     * @return the final content of the file, and the layers that could not be timed
     * @throws CodnnException if the file cannot be read or written
     */
    public ProfileResult profile(List<Layer> layers, Path file, ProfileListener listener) {
        List<ProfileResult.Skipped> skipped = new ArrayList<>();
        int added = 0;
        int done = 0;
        try (MeasurementFile rows = MeasurementFile.open(file)) {
            for (Layer layer : layers) {
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
                try {
                    if (!rows.contains(layer)) {
                        rows.append(measure(layer));
                        added++;
                    }
                } catch (UnsupportedLayerException | IllegalArgumentException e) {
                    skipped.add(new ProfileResult.Skipped(layer.name(), String.valueOf(e.getMessage())));
                }
                done++;
                listener.onLayer(done, layers.size(), layer.name());
            }
            return new ProfileResult(rows.measurements(), added, skipped, done == layers.size());
        }
    }

    /**
     * Times a whole network, written with random weights to a temporary file.
     *
     * @param graph the network
     * @return its median time, for {@link io.github.codnn.predict.LayerRegression#calibrated}
     * @throws CodnnException if the network cannot be written as ONNX or run
     */
    public ModelMeasurement measure(LayerGraph graph) {
        Timing timing = OnnxRuntime.use(PURPOSE, () -> OrtLayerTimer.time(graph, settings));
        return new ModelMeasurement(graph, timing.median(), timing.spread());
    }

    /**
     * Times whole networks, each three times in turn, relative to the speed of this machine when some layers were
     * timed: a few of these layers are timed again before and after each network, and the time of the network is
     * divided by their slowdown. On a shared machine, speeds can change by tens of percent within minutes.
     *
     * @param graphs the networks
     * @param before layers that were timed on this machine
     * @return the median time of each network at that speed, and the spread of its three times
     * @throws CodnnException if a network cannot be written as ONNX or run
     * @throws IllegalArgumentException if none of the layers can be timed
     */
    public List<ModelMeasurement> measure(List<LayerGraph> graphs, Measurements before) {
        double[][] seconds = new double[graphs.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int graph = 0; graph < seconds.length; graph++) {
                double first = slowdown(before);
                double now = measure(graphs.get(graph)).seconds();
                seconds[graph][round] = now / Math.sqrt(first * slowdown(before));
            }
        }
        List<ModelMeasurement> measured = new ArrayList<>();
        for (int graph = 0; graph < seconds.length; graph++) {
            double[] times = seconds[graph];
            Arrays.sort(times);
            measured.add(new ModelMeasurement(
                    graphs.get(graph), times[ROUNDS / 2], (times[ROUNDS - 1] - times[0]) / times[0]));
        }
        return measured;
    }

    /** Returns the current slowdown of layers: the geometric mean over a few layers of the slower half. */
    double slowdown(Measurements before) {
        List<Measurement> rows = new ArrayList<>(before.rows());
        rows.sort(Comparator.comparingDouble(Measurement::seconds));
        ProfilerSettings quick = settings.withSeries(2, settings.secondsPerSeries() / 5);
        double sum = 0;
        int timed = 0;
        int half = rows.size() / 2;
        int step = Math.max(1, (rows.size() - half) / TIMED_AGAIN);
        for (int row = half; row < rows.size() && timed < TIMED_AGAIN; row += step) {
            try {
                Timing now = timer.time(rows.get(row).layer(), quick);
                sum += Math.log(now.median() / rows.get(row).seconds());
                timed++;
            } catch (UnsupportedLayerException e) {
                // Another profiler may have measured a row, so that this one may be unable to run its layer.
            }
        }
        if (timed == 0) {
            throw new IllegalArgumentException("None of the measured layers can be timed again on this machine");
        }
        return Math.exp(sum / timed);
    }

    private Measurement measure(Layer layer) throws UnsupportedLayerException {
        Timing timing = timer.time(layer, settings);
        return new Measurement(
                layer,
                timing.median(),
                timing.least(),
                timing.leastWall(),
                0,
                timing.passes(),
                timing.spread(),
                timing.joules(),
                timing.span());
    }
}
