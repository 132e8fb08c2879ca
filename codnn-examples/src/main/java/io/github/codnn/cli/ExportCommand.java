package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.export.KserveGraph;
import io.github.codnn.export.TritonRepository;
import io.github.codnn.split.PipelineManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code codnn export DIR --to triton|kserve}: writes a split model in the form that other servers read. */
@Command(
        name = "export",
        description = "Writes a split model as a starting point for another server: a model repository with an "
                + "ensemble for Triton, or services and a graph for KServe.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    /** Whom to export for. */
    enum Target {
        TRITON,
        KSERVE
    }

    @Parameters(paramLabel = "DIR", description = "A folder that codnn split has written.")
    private Path pipeline = Path.of("");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "SERVER",
            description = "Whom to export for: ${COMPLETION-CANDIDATES}.")
    private Target target = Target.TRITON;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PATH",
            description = "The folder to write, which must not exist, for TRITON; the YAML file for KSERVE.")
    private Path out = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of the whole; that of the folder unless given.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--storage",
            paramLabel = "URI",
            description = "Where the files will lie for KSERVE, as in pvc://models/net. Default: ${DEFAULT-VALUE}.")
    private String storage = "pvc://models";

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        if (!Files.isRegularFile(pipeline.resolve(PipelineManifest.FILE_NAME))) {
            throw new CodnnException("'" + pipeline + "' has no " + PipelineManifest.FILE_NAME
                    + ". Name a folder that codnn split has written");
        }
        String whole =
                name.orElse(String.valueOf(pipeline.toAbsolutePath().normalize().getFileName()));
        switch (target) {
            case TRITON -> TritonRepository.write(pipeline, whole, out);
            case KSERVE -> {
                Output.check(out);
                KserveGraph.write(pipeline, whole, storage, out);
            }
        }
        output.print(
                () -> JsonOutput.object()
                        .put("target", target.name().toLowerCase(Locale.ROOT))
                        .put("out", out.toString()),
                () -> "Wrote " + out + ", a starting point to edit");
        return CommandLine.ExitCode.OK;
    }
}
