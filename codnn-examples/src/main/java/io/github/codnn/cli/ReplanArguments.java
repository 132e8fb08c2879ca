package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code codnn run} that let it split, and change the plan when a device is lost. */
final class ReplanArguments {

    @Option(
            names = "--plan",
            paramLabel = "PLAN.json",
            description =
                    "The plan of the pipeline, with --model. If a device does not come back in time, the run plans"
                            + " again for those that are left, splits the model again, and goes on.")
    private Optional<Path> plan = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "MODEL.onnx",
            description = "The model that the plan was made from, with --plan.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description = "The task of the plan whose model this is, if it has several.")
    private Optional<String> task = Optional.empty();

    @Mixin
    private ModelArgument models = new ModelArgument();

    /** Returns what splits and plans again, if a plan and a model are given. */
    Optional<Replanner> replanner() {
        if (plan.isPresent() != model.isPresent()) {
            throw new CodnnException("--plan PLAN.json and --model MODEL.onnx go together: without both, nothing can be"
                    + " planned again");
        }
        return plan.map(file -> Replanner.of(file, model.orElseThrow(), task, models.reader()));
    }
}
