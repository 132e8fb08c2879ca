package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.export.KserveGraph;
import io.github.codnn.export.OnnxRuntimeAssignment;
import io.github.codnn.export.TritonRepository;
import io.github.codnn.plan.Plan;
import io.github.codnn.split.PipelineManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code codnn export DIR|PLAN.json --to triton|kserve|onnxruntime}: writes what other servers and runtimes read. */
@Command(
        name = "export",
        description = "Writes a starting point for another server or runtime: of a split model a repository with an "
                + "ensemble for Triton, or services and a graph for KServe; of a plan the assignment of nodes to the "
                + "devices of one host for ONNX Runtime.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    /** The server or runtime to export for. */
    enum Target {
        TRITON,
        KSERVE,
        ONNXRUNTIME
    }

    @Parameters(
            paramLabel = "DIR|PLAN.json",
            description = "A folder that codnn split has written; for ONNXRUNTIME a plan of codnn plan --out.")
    private Path source = Path.of("");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "SERVER",
            description = "The server or runtime to export for: ${COMPLETION-CANDIDATES}.")
    private Target target = Target.TRITON;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PATH",
            description = "The folder to write, which must not exist, for TRITON; otherwise the file.")
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

    @Option(
            names = "--provider",
            paramLabel = "DEVICE=cpu|gpu|npu|...",
            description = "What ONNXRUNTIME calls a device of the plan; cpu unless given.")
    private Map<String, String> providers = new LinkedHashMap<>();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        switch (target) {
            case TRITON -> TritonRepository.write(pipeline(), whole(), out);
            case KSERVE -> {
                output.check(out);
                output.write(out, file -> KserveGraph.write(pipeline(), whole(), storage, file));
            }
            case ONNXRUNTIME -> {
                output.check(out);
                Plan plan = PlanArgument.read(source);
                output.write(out, file -> OnnxRuntimeAssignment.write(plan, providers, file));
            }
        }
        output.print(
                () -> JsonOutput.object()
                        .put("target", target.name().toLowerCase(Locale.ROOT))
                        .put("out", out.toString()),
                () -> "Wrote " + out + ", a starting point to edit");
        return CommandLine.ExitCode.OK;
    }

    private Path pipeline() {
        if (!Files.isRegularFile(source.resolve(PipelineManifest.FILE_NAME))) {
            throw new CodnnException("'" + source + "' has no " + PipelineManifest.FILE_NAME
                    + ". Split the model first: codnn split MODEL.onnx --plan PLAN.json --out DIR");
        }
        return source;
    }

    private String whole() {
        return name.orElse(String.valueOf(source.toAbsolutePath().normalize().getFileName()));
    }
}
