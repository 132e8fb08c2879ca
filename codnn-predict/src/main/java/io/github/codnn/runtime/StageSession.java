package io.github.codnn.runtime;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.ort.OnnxRuntime;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
     * @throws CodnnException if an input is missing, given twice, unknown or of another shape or type, if ONNX Runtime
     *     fails, or if the session is closed
     */
    public List<TensorValue> run(List<TensorValue> values) {
        return stage.run(checked(values));
    }

    private Map<String, TensorValue> checked(List<TensorValue> values) {
        Map<String, TensorValue> given = new LinkedHashMap<>();
        for (TensorValue value : values) {
            if (given.put(value.name(), value) != null) {
                throw new CodnnException(stage.name() + ": input '" + value.name() + "' is given twice");
            }
        }
        Map<String, TensorValue> ordered = new LinkedHashMap<>();
        for (DeclaredTensor input : stage.inputs()) {
            TensorValue value = given.remove(input.name());
            if (value == null) {
                throw new CodnnException(stage.name() + ": input '" + input.name() + "' is missing");
            }
            if (!input.accepts(value.tensor().shape(), value.tensor().type())) {
                throw new CodnnException(stage.name() + ": input '" + input.name() + "' must be " + input + ", but is "
                        + value.tensor().type() + " " + value.tensor().shape());
            }
            ordered.put(input.name(), value);
        }
        if (!given.isEmpty()) {
            throw new CodnnException(stage.name() + ": there is no input '"
                    + given.keySet().iterator().next() + "'. Its inputs are "
                    + stage.inputs().stream().map(DeclaredTensor::name).toList());
        }
        return ordered;
    }

    /** Frees the memory of the session. A second call does nothing. */
    @Override
    public void close() {
        stage.close();
    }
}
