package io.github.codnn.onnx;

import io.github.codnn.graph.ModelFile;
import io.github.codnn.onnx.ModelIndex.IndexedValue;
import io.github.codnn.plan.Plan;
import io.github.codnn.scenario.Task;
import io.github.codnn.split.PipelineFile;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineRoute;
import io.github.codnn.split.PipelineStage;
import io.github.codnn.split.PipelineTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A model that has been cut into stages, ready to be written. */
final class Splitting {

    private final ReadModel model;
    private final SplitGraph graph;
    private final StagePartition partition;
    private final StageParts parts;
    private final CrossingTensors tensors;
    private final Optional<PlannedFigures> figures;

    private Splitting(ReadModel model, SplitGraph graph, StagePartition partition, Optional<PlannedFigures> figures) {
        this.model = model;
        this.graph = graph;
        this.partition = partition;
        this.parts = StageParts.of(graph, partition);
        this.tensors = model.tensors();
        this.figures = figures;
    }

    /** Cuts a model by the placement of a task. */
    static Splitting byPlan(ReadModel model, Plan plan, Task task) {
        Map<String, String> placement = plan.placement().of(task.name());
        model.network()
                .ifPresent(known ->
                        PlannedShapes.check(task.graph(), known.imported().graph()));
        SplitGraph graph = model.graph();
        String[] devices = new String[graph.size()];
        Set<String> known = new HashSet<>();
        for (int index = 0; index < devices.length; index++) {
            devices[index] = device(graph, index, model.layers(graph.node(index).node()), placement);
            known.addAll(model.layers(graph.node(index).node()));
        }
        for (String layer : placement.keySet()) {
            if (!known.contains(layer)) {
                throw new ImportFailure("it has no layer '" + layer + "', which the plan places. "
                        + "Maybe the plan was made from another model, or with dimensions or values that are to be "
                        + "given here, too.");
            }
        }
        StagePartition partition = StagePartition.byDevice(graph, devices);
        Map<String, Integer> stageOfLayer = new HashMap<>();
        for (int index : graph.fixedNodes()) {
            for (String layer : model.layers(graph.node(index).node())) {
                stageOfLayer.put(layer, partition.stageOf(index));
            }
        }
        return new Splitting(model, graph, partition, Optional.of(new PlannedFigures(plan, task, stageOfLayer)));
    }

    private static String device(SplitGraph graph, int index, List<String> layers, Map<String, String> placement) {
        String device = "";
        for (String layer : layers) {
            String each = placement.get(layer);
            if (each == null) {
                throw new ImportFailure("the plan places no layer '" + layer + "'. Maybe it was made from another "
                        + "model, or with dimensions or values that are to be given here, too.");
            }
            if (!device.isEmpty() && !device.equals(each)) {
                throw new ImportFailure(graph.label(index) + " cannot be divided, but the plan runs its layer '"
                        + layers.get(0) + "' on '" + device + "' and its layer '" + layer + "' on '" + each
                        + "'. Keep its layers together, for example as one group of colocated layers.");
            }
            device = each;
        }
        return device;
    }

    /** Cuts a model at tensors. */
    static Splitting at(ReadModel model, Set<String> cuts) {
        SplitGraph graph = model.graph();
        Set<String> read = new HashSet<>();
        for (int index : graph.fixedNodes()) {
            read.addAll(graph.reads(index));
        }
        for (String cut : cuts) {
            checkCut(graph, cut, read);
        }
        return new Splitting(model, graph, StagePartition.at(graph, cuts), Optional.empty());
    }

    private static void checkCut(SplitGraph graph, String cut, Set<String> read) {
        String problem = "";
        if (graph.weights().containsKey(cut)) {
            problem = "is a weight";
        } else if (graph.inputs().containsKey(cut)) {
            problem = "is an input of the model";
        } else if (graph.producer(cut).isEmpty()) {
            problem = "does not exist in the main graph. It has " + graph.someTensors();
        } else if (graph.isFree(graph.producer(cut).getAsInt())) {
            problem = "is a constant or computed from shapes only, and is copied to each stage that needs it";
        } else if (!graph.isLive(graph.producer(cut).getAsInt())) {
            problem = "is of no use: no output depends on it";
        } else if (!read.contains(cut)) {
            problem = "is read by no node, so nothing follows a cut there";
        }
        if (!problem.isEmpty()) {
            throw new ImportFailure("it cannot be cut at tensor '" + cut + "', which " + problem);
        }
    }

    /** Accepts or refuses the digest of the model, which is known as soon as the stages are written. */
    @FunctionalInterface
    interface DigestCheck {
        ModelFile check(String digest);
    }

    /** Writes stages and manifest. */
    PipelineManifest write(Path file, StageFiles folder, boolean externalData, DigestCheck digest) throws IOException {
        StageModels models = new StageModels(file, model.index(), graph, parts, tensors, model.external());
        Optional<double[]> seconds = figures.map(known -> known.stageSeconds(parts.size()));
        List<PipelineStage> stages = new ArrayList<>();
        for (int stage = 0; stage < parts.size(); stage++) {
            int number = stage;
            String name = StageNames.file(stage, partition.devices().get(stage));
            String dataName = name + ".data";
            StageModels.Content content = models.stage(stage, dataName, externalData);
            PipelineFile written = folder.write(name, content.model());
            List<PipelineFile> data =
                    content.data().size() == 0 ? List.of() : List.of(folder.write(dataName, content.data()));
            stages.add(new PipelineStage(
                    StageNames.stage(stage),
                    partition.devices().get(stage),
                    figures.flatMap(known -> known.endpoint(partition.devices().get(number))),
                    written,
                    data,
                    seconds.map(all -> OptionalDouble.of(all[number])).orElse(OptionalDouble.empty()),
                    parts.inputs(stage).stream()
                            .map(tensor -> route(tensor, parts.part(number).origin(tensor)))
                            .toList(),
                    parts.outputs(stage).stream().map(tensors::tensor).toList()));
        }
        PipelineManifest manifest = manifest(digest.check(folder.modelDigest()), stages);
        PipelineJson.write(manifest, folder.file(PipelineManifest.FILE_NAME));
        return manifest;
    }

    private PipelineManifest manifest(ModelFile source, List<PipelineStage> stages) {
        List<PipelineTensor> inputs = graph.inputs().values().stream()
                .map(IndexedValue::info)
                .map(info -> withPlannedShape(tensors.tensor(info.name())))
                .toList();
        List<PipelineRoute> outputs = new ArrayList<>();
        parts.deliverers().forEach((tensor, stage) -> outputs.add(route(tensor, stage)));
        return new PipelineManifest(
                source.name(),
                source.digest(),
                inputs,
                stages,
                outputs,
                figures.map(PlannedFigures::transfers).orElse(List.of()),
                figures.map(PlannedFigures::media).orElse(List.of()),
                figures.map(PlannedFigures::period).orElse(OptionalDouble.empty()),
                figures.map(PlannedFigures::response).orElse(OptionalDouble.empty()));
    }

    /** Without a plan, the shape is that of the options, if they give all of it. */
    private PipelineTensor withPlannedShape(PipelineTensor input) {
        return model.network()
                .filter(known -> figures.isPresent()
                        || known.imported().assumedDimensions().isEmpty())
                .map(known -> known.tensors().get(input.name()))
                .map(known -> input.withPlannedShape(known.shape().dimensions()))
                .orElse(input);
    }

    private PipelineRoute route(String tensor, int stage) {
        return new PipelineRoute(
                tensors.tensor(tensor), stage == StageParts.CALLER ? PipelineManifest.CALLER : StageNames.stage(stage));
    }
}
