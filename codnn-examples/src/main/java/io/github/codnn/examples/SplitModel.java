package io.github.codnn.examples;

import io.github.codnn.graph.LayerGraph;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.onnx.OnnxSplitter;
import io.github.codnn.onnx.OnnxWriter;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Objective;
import io.github.codnn.runtime.SplitVerification;
import io.github.codnn.runtime.SplitVerifier;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineStage;
import io.github.codnn.zoo.ModelZoo;
import io.github.codnn.zoo.ZooInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Splits an ONNX file into one file for each stage of a plan. */
public final class SplitModel {

    private SplitModel() {}

    /**
     * Writes a small ONNX file, so that the example needs none, plans and splits it.
     *
     * @param arguments ignored
     * @throws IOException if the temporary folder cannot be made
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("split");
        try {
            Path model = folder.resolve("squeezenet.onnx");
            OnnxWriter.withDefaults()
                    .withRandomWeights(1)
                    .write(ModelZoo.SQUEEZENET_1_1.build(ZooInput.ofSize(64)), model);
            split(model, folder.resolve("pipeline"));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((one, other) -> other.compareTo(one)).forEach(SplitModel::delete);
            }
        }
    }

    private static void split(Path model, Path folder) {
        // region split-model
        LayerGraph graph = OnnxReader.withDefaults().read(model).graph();
        Scenario scenario = Scenario.of(Task.of("own", graph, "drone"), Quickstart.platform());
        Plan plan =
                Planner.withDefaults().plan(scenario, Objective.PERIOD).best().orElseThrow();

        PipelineManifest pipeline = OnnxSplitter.withDefaults().split(model, plan, folder);
        for (PipelineStage stage : pipeline.stages()) {
            System.out.printf("%s runs %s%n", stage.device(), stage.model().name());
        }
        SplitVerification found = SplitVerifier.withDefaults().verify(model, folder);
        System.out.println(found.isEqual() ? "equal bit for bit" : "different: " + found.different());
        // endregion
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
