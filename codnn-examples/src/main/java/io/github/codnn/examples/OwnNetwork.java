package io.github.codnn.examples;

import io.github.codnn.graph.ImportedModel;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.onnx.OnnxWriter;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.zoo.ModelZoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plans a network from an ONNX file. */
public final class OwnNetwork {

    private OwnNetwork() {}

    /**
     * Writes a small ONNX file, so that the example needs none, and plans it.
     *
     * @param arguments the ONNX file to plan instead, if there is one
     * @throws IOException if the temporary file cannot be made
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0) {
            plan(Path.of(arguments[0]));
            return;
        }
        Path file = Files.createTempFile("squeezenet", ".onnx");
        try {
            OnnxWriter.withDefaults().write(ModelZoo.SQUEEZENET_1_1.build(), file);
            plan(file);
        } finally {
            Files.delete(file);
        }
    }

    private static void plan(Path file) {
        // region own-network
        ImportedModel model = OnnxReader.withDefaults().read(file);
        model.unknownOperators().forEach((operator, count) -> System.out.println("unknown: " + operator + " " + count));
        Task task = Task.of("own", model.graph(), "drone").withFrames(100);

        Plan plan = Planner.withDefaults()
                .plan(Scenario.of(task, Quickstart.platform()), Objective.PERIOD)
                .best()
                .orElseThrow();
        System.out.printf(
                "%d layers, %.0f million MACs, %.1f frames/s%n",
                model.graph().layers().size(),
                model.graph().macs() / 1e6,
                plan.metrics().throughputPerSecond());
        // endregion
    }
}
