package io.github.codnn.run;

import io.github.codnn.CodnnException;
import io.github.codnn.split.PipelineFile;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineStage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a run submits, until it changes its plan.
 *
 * @param folder the folder of the models
 * @param manifest what the folder holds
 * @param dag its vertices and edges
 * @param inFlight how many frames may be on their way at once
 * @param run a name that no other pipeline has
 */
record Pipeline(Path folder, PipelineManifest manifest, PipelineDag dag, int inFlight, String run) {

    /**
     * Opens a pipeline.
     *
     * @throws CodnnException if a model is not what the manifest says
     */
    static Pipeline open(Path folder, PipelineManifest manifest, RunSettings settings) {
        Pipeline pipeline = new Pipeline(
                folder,
                manifest,
                PipelineDag.of(manifest, settings),
                inFlight(manifest, settings),
                UUID.randomUUID().toString());
        pipeline.own().forEach(stage -> files(stage).forEach(file -> file.checked(folder)));
        return pipeline;
    }

    /** A pipeline is never idle with as many frames as fit into a response, and one more; others would only wait. */
    private static int inFlight(PipelineManifest manifest, RunSettings settings) {
        if (settings.inFlight().isPresent()) {
            return settings.inFlight().getAsInt();
        }
        double period = manifest.predictedPeriodSeconds().orElse(0);
        double response = manifest.predictedResponseSeconds().orElse(0);
        return settings.emulatedLinks() && period > 0
                ? (int) Math.min(1000, Math.ceil(response / period)) + 1
                : manifest.stages().size() + 2;
    }

    /** Returns the stages that members run, not those that are served elsewhere. */
    List<PipelineStage> own() {
        return manifest.stages().stream()
                .filter(stage -> stage.endpoint().isEmpty())
                .toList();
    }

    /** Returns the devices that a member must stand for. */
    Set<String> devices() {
        Set<String> devices = new LinkedHashSet<>();
        own().forEach(stage -> devices.add(stage.device()));
        return devices;
    }

    ShipmentSupplier.Offer offer(PipelineStage stage) {
        String group = PipelineDag.group(stage);
        return new ShipmentSupplier.Offer(files(stage).stream()
                .map(file ->
                        new ShipmentSupplier.Offered(group, file.name(), file.digest(), folder.resolve(file.name())))
                .toList());
    }

    private static List<PipelineFile> files(PipelineStage stage) {
        List<PipelineFile> files = new ArrayList<>(List.of(stage.model()));
        files.addAll(stage.externalData());
        return files;
    }
}
