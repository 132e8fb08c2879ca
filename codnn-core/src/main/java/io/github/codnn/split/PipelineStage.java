package io.github.codnn.split;

import io.github.codnn.internal.Checks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One stage of a pipeline: an ONNX model that one device runs for each frame.
 *
 * @param name the name of the stage, unique in its pipeline; not blank, not {@link PipelineManifest#CALLER}
 * @param device the name of the device that runs it; of a model that was cut without a plan, the name of the stage
 * @param endpoint where the stage is served already, {@code HOST:PORT} or {@code HOST:PORT/MODEL}; empty if it is run
 *     from its file
 * @param model the ONNX file
 * @param externalData the files with weights that the ONNX file names; they must lie beside it when it is loaded
 * @param predictedSeconds the time that the plan predicts for one frame, without transfers; empty without a plan
 * @param inputs the tensors that the model needs for each frame, in the order of its graph inputs
 * @param outputs the tensors that it writes, in the order of its graph outputs, at least one
 */
public record PipelineStage(
        String name,
        String device,
        Optional<String> endpoint,
        PipelineFile model,
        List<PipelineFile> externalData,
        OptionalDouble predictedSeconds,
        List<PipelineRoute> inputs,
        List<PipelineTensor> outputs) {

    /** Checks and copies the components. */
    public PipelineStage {
        Checks.notBlank(name, "A stage's name");
        if (name.equals(PipelineManifest.CALLER)) {
            throw new IllegalArgumentException("A stage must not be named '" + name + "', which means the caller");
        }
        Checks.notBlank(device, "The device of stage '" + name + "'");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(model, "model");
        externalData = List.copyOf(externalData);
        predictedSeconds.ifPresent(seconds -> Checks.nonNegativeFinite(seconds, "The seconds of a stage"));
        inputs = List.copyOf(inputs);
        outputs = Checks.notEmpty(outputs, "output of stage '" + name + "'");
        List<String> tensors = new ArrayList<>();
        inputs.forEach(input -> tensors.add(input.tensor().name()));
        outputs.forEach(output -> tensors.add(output.name()));
        Set<String> seen = new HashSet<>();
        for (String tensor : tensors) {
            if (!seen.add(tensor)) {
                throw new IllegalArgumentException(
                        "Stage '" + name + "' has two inputs or outputs named '" + tensor + "'");
            }
        }
    }
}
