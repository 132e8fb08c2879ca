package io.github.codnn.runtime;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.ort.OnnxRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An ONNX file loaded into ONNX Runtime, ready to run frames:
 * {@code StageSession.open(file, StageSettings.withDefaults()).run(inputs)}.
 *
 * <p>Thread-safe; frames run one at a time. Memory is that of the weights plus the activations of one frame, until
 * {@link #close()}.
 */
public final class StageSession implements AutoCloseable {

    private final OrtStage stage;

    private StageSession(OrtStage stage) {
        this.stage = stage;
    }

    /**
     * Loads a model. External data is read from the folder of the file.
     *
     * @param file the ONNX file
     * @param settings how to run it
     * @return the session, to be closed
     * @throws CodnnException if ONNX Runtime is missing, cannot be loaded or refuses the file, or if an input or output
     *     is no tensor of a type that its Java binding can pass on
     */
    public static StageSession open(Path file, StageSettings settings) {
        Objects.requireNonNull(settings, "settings");
        return OnnxRuntime.use("Running a stage", () -> new StageSession(OrtStage.open(file, settings)));
    }

    /**
     * Returns what every frame must give.
     *
     * @return the inputs, in the order of the file
     */
    public List<DeclaredTensor> inputs() {
        return stage.inputs();
    }

    /**
     * Returns what every frame results in.
     *
     * @return the outputs, in the order of the file
     */
    public List<DeclaredTensor> outputs() {
        return stage.outputs();
    }

    /**
     * Runs one frame.
     *
     * @param values one value for each input, by name, in any order
     * @return one value for each output, in the order of the file
     * @throws InputException if an input is missing, given twice, unknown or of another shape or type
     * @throws CodnnException if ONNX Runtime fails, or if the session is closed
     */
    public List<TensorValue> run(List<TensorValue> values) {
        return stage.run(checked(values));
    }

    private Map<String, TensorValue> checked(List<TensorValue> values) {
        try {
            return DeclaredTensor.ordered(stage.inputs(), values);
        } catch (InputException e) {
            throw new InputException(stage.name() + ": " + e.getMessage());
        }
    }

    /** Frees the memory of the session. A second call does nothing. */
    @Override
    public void close() {
        stage.close();
    }
}
