package io.github.codnn.export;

import com.google.protobuf.TextFormat;
import io.github.codnn.CodnnException;
import io.github.codnn.export.triton.DataType;
import io.github.codnn.export.triton.ModelConfig;
import io.github.codnn.export.triton.ModelEnsembling;
import io.github.codnn.export.triton.ModelInput;
import io.github.codnn.export.triton.ModelOutput;
import io.github.codnn.export.triton.ModelTensorReshape;
import io.github.codnn.split.NewFolder;
import io.github.codnn.split.PipelineFile;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineRoute;
import io.github.codnn.split.PipelineStage;
import io.github.codnn.split.PipelineTensor;
import io.github.codnn.split.TensorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a split model as a model repository of Triton: a model for each stage, and an ensemble that connects them.
 *
 * <p>Triton runs the whole repository on one host. It is a starting point: instance groups, batching and versions are
 * for the reader to add. Batching is off ({@code max_batch_size: 0}), so shapes are those of the model.
 */
public final class TritonRepository {

    private static final String CONFIG = "config.pbtxt";
    private static final long NEWEST = -1;
    private static final long OPEN = -1;

    private TritonRepository() {}

    /**
     * Writes a repository.
     *
     * @param pipeline the folder with {@code pipeline.json} and the files of the stages
     * @param name the name of the ensemble
     * @param target the folder to write, which must not exist
     * @throws CodnnException if the pipeline cannot be read, cannot be expressed (a tensor of unknown rank or of a type
     *     that Triton does not have, a result that no stage writes), or if the folder cannot be written
     */
    public static void write(Path pipeline, String name, Path target) {
        PipelineManifest manifest = PipelineJson.read(pipeline.resolve(PipelineManifest.FILE_NAME));
        ModelConfig ensemble = ensemble(manifest, name);
        NewFolder.write(target, folder -> {
            for (PipelineStage stage : manifest.stages()) {
                Path model =
                        Files.createDirectories(folder.resolve(stage.name()).resolve("1"));
                Files.copy(stage.model().checked(pipeline), model.resolve("model.onnx"));
                for (PipelineFile data : stage.externalData()) {
                    Files.copy(data.checked(pipeline), model.resolve(data.name()));
                }
                write(config(stage), folder.resolve(stage.name()));
            }
            Files.createDirectories(folder.resolve(name).resolve("1"));
            write(ensemble, folder.resolve(name));
            return ensemble;
        });
    }

    private static void write(ModelConfig config, Path folder) throws IOException {
        Files.writeString(folder.resolve(CONFIG), TextFormat.printer().printToString(config), StandardCharsets.UTF_8);
    }

    private static ModelConfig config(PipelineStage stage) {
        ModelConfig.Builder config =
                ModelConfig.newBuilder().setName(stage.name()).setBackend("onnxruntime");
        stage.inputs().forEach(input -> config.addInput(input(input.tensor())));
        stage.outputs().forEach(output -> config.addOutput(output(output)));
        return config.build();
    }

    private static ModelConfig ensemble(PipelineManifest manifest, String name) {
        if (manifest.stages().stream().anyMatch(stage -> stage.name().equals(name))) {
            throw new CodnnException("A stage is named '" + name + "' already. Give the ensemble another name");
        }
        ModelConfig.Builder config = ModelConfig.newBuilder().setName(name).setPlatform("ensemble");
        manifest.inputs().forEach(input -> config.addInput(input(input)));
        for (PipelineRoute output : manifest.outputs()) {
            if (output.from().equals(PipelineManifest.CALLER)) {
                throw new CodnnException("Result '" + output.tensor().name()
                        + "' is an input of the model, which an ensemble of Triton cannot pass through");
            }
            config.addOutput(output(output.tensor()));
        }
        ModelEnsembling.Builder steps = ModelEnsembling.newBuilder();
        manifest.stages().forEach(stage -> steps.addStep(step(stage)));
        return config.setEnsembleScheduling(steps).build();
    }

    /** Tensors of the ensemble have the names that they have in the model, where each is written once. */
    private static ModelEnsembling.Step step(PipelineStage stage) {
        ModelEnsembling.Step.Builder step =
                ModelEnsembling.Step.newBuilder().setModelName(stage.name()).setModelVersion(NEWEST);
        for (PipelineRoute input : stage.inputs()) {
            step.putInputMap(input.tensor().name(), input.tensor().name());
        }
        stage.outputs().forEach(output -> step.putOutputMap(output.name(), output.name()));
        return step.build();
    }

    private static ModelInput input(PipelineTensor tensor) {
        ModelInput.Builder input =
                ModelInput.newBuilder().setName(tensor.name()).setDataType(type(tensor));
        List<Long> dims = dims(tensor);
        if (dims.isEmpty()) {
            return input.addDims(1)
                    .setReshape(ModelTensorReshape.getDefaultInstance())
                    .build();
        }
        return input.addAllDims(dims).build();
    }

    private static ModelOutput output(PipelineTensor tensor) {
        ModelOutput.Builder output =
                ModelOutput.newBuilder().setName(tensor.name()).setDataType(type(tensor));
        List<Long> dims = dims(tensor);
        if (dims.isEmpty()) {
            return output.addDims(1)
                    .setReshape(ModelTensorReshape.getDefaultInstance())
                    .build();
        }
        return output.addAllDims(dims).build();
    }

    private static List<Long> dims(PipelineTensor tensor) {
        return tensor
                .shape()
                .orElseThrow(() -> new CodnnException("Triton needs the rank of tensor '" + tensor.name()
                        + "', which is not known before the model runs"))
                .stream()
                .map(dimension -> dimension.extent().orElse(OPEN))
                .toList();
    }

    private static DataType type(PipelineTensor tensor) {
        TensorType type = tensor.type();
        return switch (type) {
            case FLOAT -> DataType.TYPE_FP32;
            case DOUBLE -> DataType.TYPE_FP64;
            case FLOAT16 -> DataType.TYPE_FP16;
            case BFLOAT16 -> DataType.TYPE_BF16;
            case STRING, BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 ->
                DataType.valueOf("TYPE_" + type.name());
            default ->
                throw new CodnnException(
                        "Triton has no type for the elements of tensor '" + tensor.name() + "', " + type);
        };
    }
}
