package io.github.codnn.split;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.FileDigest;
import io.github.codnn.platform.Medium;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A model that is split into stages, each a model of its own. Immutable and thread-safe.
 *
 * <p>The stages stand in an order in which they can run one after the other: each reads only what the caller gives or
 * an earlier stage writes. A tensor can skip stages, several stages can read it, and one device can run several stages.
 *
 * @param model the file name of the model that was split, without a path
 * @param digest the digest of that file, as in {@link PipelineFile}
 * @param inputs the tensors that the caller gives for each frame, in the order of the model's inputs
 * @param stages the stages in a topological order, at least one
 * @param outputs the results, in the order of the model's outputs, and the stage that writes each; an output of the
 *     model that is one of its inputs comes from {@link #CALLER}
 * @param transfers what the plan predicts for the tensors that go from device to device, in the order in which the plan
 *     sends them; none without a plan
 * @param media the media that transfers share, and whether both directions share the time of each
 * @param predictedPeriodSeconds the least time between two frames that the plan predicts; empty without a plan
 * @param predictedResponseSeconds the time from a frame to its result that the plan predicts for an idle pipeline;
 *     empty without a plan
 */
public record PipelineManifest(
        String model,
        String digest,
        List<PipelineTensor> inputs,
        List<PipelineStage> stages,
        List<PipelineRoute> outputs,
        List<PipelineTransfer> transfers,
        List<Medium> media,
        OptionalDouble predictedPeriodSeconds,
        OptionalDouble predictedResponseSeconds) {

    /** The file name of a manifest. */
    public static final String FILE_NAME = "pipeline.json";

    /** Stands for the caller where otherwise the name of a stage stands. */
    public static final String CALLER = "caller";

    /** Checks and copies the components. */
    public PipelineManifest {
        Checks.notBlank(model, "The model's file name");
        FileDigest.check(digest, model);
        inputs = List.copyOf(inputs);
        stages = Checks.notEmpty(stages, "stage in a pipeline");
        outputs = Checks.notEmpty(outputs, "output of a pipeline");
        transfers = List.copyOf(transfers);
        media = List.copyOf(media);
        predictedPeriodSeconds.ifPresent(seconds -> Checks.nonNegativeFinite(seconds, "The predicted period"));
        predictedResponseSeconds.ifPresent(seconds -> Checks.nonNegativeFinite(seconds, "The predicted response"));
        checkFiles(stages);
        checkRoutes(inputs, stages, outputs);
        checkTransfers(stages, transfers, media);
    }

    /**
     * Returns a stage.
     *
     * @param name its name
     * @return the stage
     * @throws IllegalArgumentException if there is none of that name
     */
    public PipelineStage stage(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The pipeline has no stage '" + name + "'. It has "
                        + Checks.some(stages.stream().map(PipelineStage::name).toList(), 8)));
    }

    private static void checkFiles(List<PipelineStage> stages) {
        Set<String> names = new HashSet<>();
        Set<String> files = new HashSet<>(Set.of(FILE_NAME));
        for (PipelineStage stage : stages) {
            if (!names.add(stage.name())) {
                throw new IllegalArgumentException("The pipeline has two stages named '" + stage.name() + "'");
            }
            checkFile(files, stage.model());
            stage.externalData().forEach(file -> checkFile(files, file));
        }
    }

    private static void checkFile(Set<String> files, PipelineFile file) {
        if (!files.add(file.name())) {
            throw new IllegalArgumentException("The pipeline has two files named '" + file.name() + "'");
        }
    }

    /** Checks that every tensor has been written, with the same type, before it is read. */
    private static void checkRoutes(
            List<PipelineTensor> inputs, List<PipelineStage> stages, List<PipelineRoute> outputs) {
        Map<String, Map<String, PipelineTensor>> written = new HashMap<>();
        addTensors(written, CALLER, inputs);
        for (PipelineStage stage : stages) {
            stage.inputs().forEach(input -> checkRoute(written, input, "Stage '" + stage.name() + "'"));
            addTensors(written, stage.name(), stage.outputs());
        }
        outputs.forEach(output -> checkRoute(written, output, "The pipeline's result"));
    }

    private static void addTensors(
            Map<String, Map<String, PipelineTensor>> written, String from, List<PipelineTensor> tensors) {
        Map<String, PipelineTensor> byName = new HashMap<>();
        for (PipelineTensor tensor : tensors) {
            if (byName.put(tensor.name(), tensor) != null) {
                throw new IllegalArgumentException("The " + from + " gives two tensors named '" + tensor.name() + "'");
            }
        }
        written.put(from, byName);
    }

    private static void checkRoute(
            Map<String, Map<String, PipelineTensor>> written, PipelineRoute route, String reader) {
        Map<String, PipelineTensor> origin = written.get(route.from());
        String tensor = route.tensor().name();
        if (origin == null) {
            throw new IllegalArgumentException(reader + " needs tensor '" + tensor + "' from '" + route.from()
                    + "', which is neither '" + CALLER + "' nor an earlier stage");
        }
        PipelineTensor source = origin.get(tensor);
        if (source == null) {
            throw new IllegalArgumentException(
                    reader + " needs tensor '" + tensor + "' from '" + route.from() + "', which does not write it");
        }
        if (source.type() != route.tensor().type()) {
            throw new IllegalArgumentException(reader + " needs tensor '" + tensor + "' of type "
                    + route.tensor().type() + ", but '" + route.from() + "' writes " + source.type());
        }
    }

    private static void checkTransfers(
            List<PipelineStage> stages, List<PipelineTransfer> transfers, List<Medium> media) {
        Set<String> ends = new HashSet<>(Set.of(CALLER));
        stages.forEach(stage -> ends.add(stage.name()));
        Set<String> names = new HashSet<>();
        for (Medium medium : media) {
            if (!names.add(medium.name())) {
                throw new IllegalArgumentException("The pipeline has two media named '" + medium.name() + "'");
            }
        }
        for (PipelineTransfer transfer : transfers) {
            for (String end : List.of(transfer.from(), transfer.to())) {
                if (!ends.contains(end)) {
                    throw new IllegalArgumentException("The transfer of tensor '" + transfer.tensor() + "' names '"
                            + end + "', which is neither '" + CALLER + "' nor a stage");
                }
            }
            transfer.medium().filter(medium -> !names.contains(medium)).ifPresent(medium -> {
                throw new IllegalArgumentException("The transfer of tensor '" + transfer.tensor() + "' names medium '"
                        + medium + "', which the pipeline does not have");
            });
        }
    }
}
