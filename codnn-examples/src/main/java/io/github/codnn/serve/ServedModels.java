package io.github.codnn.serve;

import io.github.codnn.CodnnException;
import io.github.codnn.runtime.DeclaredTensor;
import io.github.codnn.runtime.StageSettings;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineStage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The models that a server offers, by name. To be closed; a server does so with itself. */
public final class ServedModels implements AutoCloseable {

    private final Map<String, ServedModel> byName;

    private ServedModels(Map<String, ServedModel> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /**
     * Offers one ONNX file.
     *
     * @param file the file
     * @param name the name of the model
     * @param settings how ONNX Runtime runs it
     * @return the models
     * @throws CodnnException if ONNX Runtime is missing or refuses the file, or if the protocol has no type for an
     *     input or output
     */
    public static ServedModels ofFile(Path file, String name, StageSettings settings) {
        Map<String, ServedModel> models = new LinkedHashMap<>();
        try {
            add(models, name, SessionModel.open(file, settings));
            return new ServedModels(models);
        } catch (RuntimeException e) {
            closeAll(models);
            throw e;
        }
    }

    /**
     * Offers a split model: each stage under its own name, and all of them as one model.
     *
     * @param folder the folder with {@code pipeline.json} and the files of the stages
     * @param name the name of the whole
     * @param settings how ONNX Runtime runs the stages
     * @param endpoints where the stages of some devices are served already, by the name of the device, instead of what
     *     the manifest says; those are called there instead of run here
     * @param timeout how long a call of such a stage may take
     * @return the models
     * @throws CodnnException if a file is missing or was changed, if ONNX Runtime is missing or refuses one, if an
     *     endpoint cannot be reached, or if the protocol has no type for an input or output
     */
    public static ServedModels ofPipeline(
            Path folder, String name, StageSettings settings, Map<String, Endpoint> endpoints, Duration timeout) {
        PipelineManifest manifest = PipelineJson.read(folder.resolve(PipelineManifest.FILE_NAME));
        endpoints.keySet().forEach(device -> checkDevice(manifest, device));
        Map<String, ServedModel> models = new LinkedHashMap<>();
        try {
            Map<String, ServedModel> stages = new LinkedHashMap<>();
            for (PipelineStage stage : manifest.stages()) {
                ServedModel model = Optional.ofNullable(endpoints.get(stage.device()))
                        .or(() -> stage.endpoint().map(Endpoint::parse))
                        .<ServedModel>map(endpoint -> RemoteModel.connect(endpoint, stage.name(), timeout))
                        .orElseGet(() -> SessionModel.open(file(folder, stage), settings));
                add(models, stage.name(), model);
                stages.put(stage.name(), model);
            }
            add(models, name, new PipelineModel(manifest, stages));
            return new ServedModels(models);
        } catch (RuntimeException e) {
            closeAll(models);
            throw e;
        }
    }

    /**
     * Offers these models and others from one server. Closing the result closes all.
     *
     * @param others the other models
     * @return all models; if a name occurs twice, none is left open
     * @throws CodnnException if two models have the same name
     */
    public ServedModels and(ServedModels others) {
        Map<String, ServedModel> all = new LinkedHashMap<>(byName);
        for (Map.Entry<String, ServedModel> other : others.byName.entrySet()) {
            if (all.putIfAbsent(other.getKey(), other.getValue()) != null) {
                close();
                others.close();
                throw new CodnnException("Two models would be named '" + other.getKey()
                        + "'. Rename a file or folder, or serve each at a port of its own");
            }
        }
        return new ServedModels(all);
    }

    private static Path file(Path folder, PipelineStage stage) {
        stage.externalData().forEach(data -> data.checked(folder));
        return stage.model().checked(folder);
    }

    private static void checkDevice(PipelineManifest manifest, String device) {
        if (manifest.stages().stream().noneMatch(stage -> stage.device().equals(device))) {
            throw new CodnnException("No stage runs on device '" + device + "'. The devices are "
                    + manifest.stages().stream()
                            .map(PipelineStage::device)
                            .distinct()
                            .toList());
        }
    }

    private static void add(Map<String, ServedModel> models, String name, ServedModel model) {
        try {
            for (DeclaredTensor input : model.inputs()) {
                DataType.of(input.type());
            }
            for (DeclaredTensor output : model.outputs()) {
                DataType.of(output.type());
            }
            if (models.containsKey(name)) {
                throw new CodnnException("Two models would be named '" + name + "'. Give the whole another name");
            }
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
        models.put(name, model);
    }

    private static void closeAll(Map<String, ServedModel> models) {
        models.values().forEach(ServedModel::close);
    }

    Map<String, ServedModel> byName() {
        return byName;
    }

    @Override
    public void close() {
        closeAll(byName);
    }
}
