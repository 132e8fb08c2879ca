package io.github.codnn.runtime;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.Checks;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineRoute;
import io.github.codnn.split.PipelineStage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs a whole model and its stages in ONNX Runtime on the same random frames and compares the outputs:
 * {@code SplitVerifier.withDefaults().verify(model, folder)}.
 *
 * <p>Frames are as {@link RandomInputs} makes them. One model is loaded at a time. Immutable and thread-safe.
 */
public final class SplitVerifier {

    private static final SplitVerifier DEFAULTS = new SplitVerifier(2, 1, RandomInputs.withDefaults());

    private final int frames;
    private final long seed;
    private final RandomInputs inputs;

    private SplitVerifier(int frames, long seed, RandomInputs inputs) {
        this.frames = frames;
        this.seed = seed;
        this.inputs = inputs;
    }

    /**
     * Returns a verifier that runs two frames.
     *
     * @return the verifier
     */
    public static SplitVerifier withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a verifier that runs another number of frames.
     *
     * @param number how many frames, positive
     * @return the changed verifier
     */
    public SplitVerifier withFrames(int number) {
        return new SplitVerifier(Checks.positive(number, "The number of frames"), seed, inputs);
    }

    /**
     * Returns a verifier with other random frames.
     *
     * @param newSeed the seed; the same seed gives the same frames
     * @return the changed verifier
     */
    public SplitVerifier withSeed(long newSeed) {
        return new SplitVerifier(frames, newSeed, inputs);
    }

    /**
     * Returns a verifier that makes other random frames; the settings of dimensions and inputs become these.
     *
     * @param newInputs the shapes and constant values of the frames
     * @return the changed verifier
     */
    public SplitVerifier withInputs(RandomInputs newInputs) {
        return new SplitVerifier(frames, seed, Objects.requireNonNull(newInputs, "newInputs"));
    }

    /**
     * Returns a verifier that gives a dimension that the model leaves open an extent.
     *
     * @param name the name of the dimension; one without a name goes by its tensor and axis, such as {@code input[0]}
     * @param extent its extent, positive
     * @return the changed verifier
     */
    public SplitVerifier withDimension(String name, long extent) {
        return new SplitVerifier(frames, seed, inputs.withDimension(name, extent));
    }

    /**
     * Returns a verifier that gives all other open dimensions an extent.
     *
     * @param extent the extent, positive
     * @return the changed verifier
     */
    public SplitVerifier withOtherDimensions(long extent) {
        return new SplitVerifier(frames, seed, inputs.withOtherDimensions(extent));
    }

    /**
     * Returns a verifier that gives an input a shape, also where the model leaves its rank open.
     *
     * @param input the name of the input
     * @param shape the extent of each axis, positive
     * @return the changed verifier
     */
    public SplitVerifier withInputShape(String input, long... shape) {
        return new SplitVerifier(frames, seed, inputs.withInputShape(input, shape));
    }

    /**
     * Returns a verifier that gives an input the same value in every frame, such as a sample rate.
     *
     * @param input the name of the input
     * @param values its elements, row by row; 1 and 0 for true and false; as many as its shape has
     * @return the changed verifier
     */
    public SplitVerifier withInputValue(String input, double... values) {
        return new SplitVerifier(frames, seed, inputs.withInputValue(input, values));
    }

    /**
     * Runs the model and the stages.
     *
     * @param model the whole model
     * @param folder the folder of the stages with their manifest
     * @return what the comparison has found
     * @throws CodnnException if ONNX Runtime is missing or refuses a model or a frame, or the manifest cannot be read
     */
    public SplitVerification verify(Path model, Path folder) {
        Objects.requireNonNull(model, "model");
        PipelineManifest manifest = PipelineJson.read(folder.resolve(PipelineManifest.FILE_NAME));
        List<Map<String, TensorValue>> given = new ArrayList<>();
        for (int frame = 0; frame < frames; frame++) {
            given.add(inputs.frame(manifest.inputs(), seed + frame));
        }
        StageSettings exact = StageSettings.withDefaults();
        List<Map<String, TensorValue>> whole = whole(model, exact, given);
        List<Map<String, TensorValue>> pieces = pieces(manifest, folder, exact, given);
        StageSettings optimized = exact.withOptimized(true);
        double greatest =
                OutputDifference.greatest(whole(model, optimized, given), pieces(manifest, folder, optimized, given));
        List<String> outputs = manifest.outputs().stream()
                .map(output -> output.tensor().name())
                .toList();
        return new SplitVerification(
                frames,
                outputs,
                outputs.stream()
                        .filter(output -> !column(whole, output).equals(column(pieces, output)))
                        .toList(),
                outputs.stream()
                        .filter(output ->
                                column(whole, output).stream().distinct().count() == 1)
                        .toList(),
                greatest);
    }

    private static List<TensorValue> column(List<Map<String, TensorValue>> frames, String output) {
        List<TensorValue> column = new ArrayList<>();
        for (Map<String, TensorValue> frame : frames) {
            TensorValue value = frame.get(output);
            if (value == null) {
                throw new CodnnException("The model has no output '" + output + "', which the manifest names");
            }
            column.add(value);
        }
        return column;
    }

    private static List<Map<String, TensorValue>> whole(
            Path model, StageSettings settings, List<Map<String, TensorValue>> frames) {
        List<Map<String, TensorValue>> results = new ArrayList<>();
        try (StageSession session = StageSession.open(model, settings)) {
            for (Map<String, TensorValue> frame : frames) {
                results.add(byName(session.run(List.copyOf(frame.values()))));
            }
        }
        return results;
    }

    private static List<Map<String, TensorValue>> pieces(
            PipelineManifest manifest, Path folder, StageSettings settings, List<Map<String, TensorValue>> frames) {
        // By origin and name: two stages may write tensors of one name, computed shapes for example.
        List<Map<PipelineOrigin, TensorValue>> known = new ArrayList<>();
        for (Map<String, TensorValue> frame : frames) {
            Map<PipelineOrigin, TensorValue> start = new HashMap<>();
            frame.forEach((name, value) -> start.put(new PipelineOrigin(PipelineManifest.CALLER, name), value));
            known.add(start);
        }
        for (PipelineStage stage : manifest.stages()) {
            try (StageSession session =
                    StageSession.open(folder.resolve(stage.model().name()), settings)) {
                for (Map<PipelineOrigin, TensorValue> frame : known) {
                    List<TensorValue> given = stage.inputs().stream()
                            .map(input -> value(frame, input))
                            .toList();
                    for (TensorValue output : session.run(given)) {
                        frame.put(new PipelineOrigin(stage.name(), output.name()), output);
                    }
                }
            }
        }
        List<Map<String, TensorValue>> results = new ArrayList<>();
        for (Map<PipelineOrigin, TensorValue> frame : known) {
            results.add(byName(manifest.outputs().stream()
                    .map(output -> value(frame, output))
                    .toList()));
        }
        return results;
    }

    private static TensorValue value(Map<PipelineOrigin, TensorValue> frame, PipelineRoute route) {
        String tensor = route.tensor().name();
        TensorValue value = frame.get(new PipelineOrigin(route.from(), tensor));
        if (value == null) {
            throw new CodnnException("'" + route.from() + "' has not written tensor '" + tensor + "'");
        }
        return value;
    }

    private static Map<String, TensorValue> byName(List<TensorValue> values) {
        Map<String, TensorValue> named = new LinkedHashMap<>();
        values.forEach(value -> named.put(value.name(), value));
        return named;
    }

    /** Who writes a tensor, and its name. */
    private record PipelineOrigin(String from, String tensor) {}
}
