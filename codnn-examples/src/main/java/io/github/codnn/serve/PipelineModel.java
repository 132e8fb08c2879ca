package io.github.codnn.serve;

import io.github.codnn.CodnnException;
import io.github.codnn.runtime.DeclaredTensor;
import io.github.codnn.runtime.InputException;
import io.github.codnn.runtime.TensorValue;
import io.github.codnn.split.Dimension;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineRoute;
import io.github.codnn.split.PipelineStage;
import io.github.codnn.split.PipelineTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All stages of a split model as one model: each request passes through them one after the other. Thread-safe. */
final class PipelineModel implements ServedModel {

    private final PipelineManifest manifest;
    private final Map<String, ServedModel> stages; // by name; belong to whoever made them
    private final List<DeclaredTensor> inputs;
    private final List<DeclaredTensor> outputs;

    PipelineModel(PipelineManifest manifest, Map<String, ServedModel> stages) {
        this.manifest = manifest;
        this.stages = Map.copyOf(stages);
        inputs = manifest.inputs().stream().map(PipelineModel::declared).toList();
        outputs = manifest.outputs().stream()
                .map(PipelineRoute::tensor)
                .map(PipelineModel::declared)
                .toList();
    }

    private static DeclaredTensor declared(PipelineTensor tensor) {
        List<Dimension> shape = tensor.shape()
                .orElseThrow(() -> new CodnnException("tensor '" + tensor.name()
                        + "' has a rank that is not known before it runs; the pipeline cannot be served as one model"));
        return new DeclaredTensor(
                tensor.name(),
                DataType.of(tensor.type()).elements(),
                shape.stream().map(dimension -> dimension.extent().orElse(-1)).toList());
    }

    @Override
    public List<DeclaredTensor> inputs() {
        return inputs;
    }

    @Override
    public List<DeclaredTensor> outputs() {
        return outputs;
    }

    @Override
    public List<TensorValue> run(List<TensorValue> values) {
        Map<Source, TensorValue> known = new HashMap<>();
        DeclaredTensor.ordered(inputs, values)
                .values()
                .forEach(value -> known.put(new Source(PipelineManifest.CALLER, value.name()), value));
        for (PipelineStage stage : manifest.stages()) {
            ServedModel model = stages.get(stage.name());
            if (model == null) {
                throw new IllegalStateException("There is no model for stage '" + stage.name() + "'");
            }
            run(stage.name(), model, gathered(known, stage.inputs(), "Stage '" + stage.name() + "'"))
                    .forEach(result -> known.put(new Source(stage.name(), result.name()), result));
        }
        return gathered(known, manifest.outputs(), "The pipeline");
    }

    /** What an earlier stage has written wrongly is no fault of the request. */
    private static List<TensorValue> run(String stage, ServedModel model, List<TensorValue> inputs) {
        try {
            return model.run(inputs);
        } catch (InputException e) {
            throw new CodnnException("Stage '" + stage + "': " + e.getMessage(), e);
        }
    }

    private static List<TensorValue> gathered(
            Map<Source, TensorValue> known, List<PipelineRoute> routes, String reader) {
        List<TensorValue> values = new ArrayList<>();
        for (PipelineRoute route : routes) {
            TensorValue value =
                    known.get(new Source(route.from(), route.tensor().name()));
            if (value == null) {
                throw new CodnnException(reader + " needs tensor '"
                        + route.tensor().name() + "', which '" + route.from() + "' has not written");
            }
            values.add(value);
        }
        return values;
    }

    /** The stages are closed by whoever opened them. */
    @Override
    public void close() {}

    /** A tensor and the stage, or the caller, that gives it. */
    private record Source(String from, String tensor) {}
}
