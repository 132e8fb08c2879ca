package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.onnx.OnnxSplitter;
import io.github.codnn.plan.Plan;
import io.github.codnn.runtime.SplitVerification;
import io.github.codnn.runtime.SplitVerifier;
import io.github.codnn.split.PipelineFile;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineStage;
import io.github.codnn.text.Figures;
import io.github.codnn.text.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code codnn split MODEL.onnx --plan PLAN.json --out DIR}: one model for each stage of a plan. */
@Command(
        name = "split",
        description = "Splits an ONNX model into one model for each stage of a plan, or at tensors.",
        mixinStandardHelpOptions = true)
final class SplitCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL.onnx", description = "The model that the plan was made from.")
    private String model = "";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to make.")
    private Path out = Path.of("");

    @Option(names = "--plan", paramLabel = "PLAN.json", description = "A plan file, as codnn plan --out writes it.")
    private Optional<Path> plan = Optional.empty();

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description = "The task of the plan whose model this is, if it has several.")
    private Optional<String> task = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TENSOR",
            split = ",",
            description = "Cut behind these tensors, without a plan; several with commas between them.")
    private List<String> tensors = new ArrayList<>();

    @Option(
            names = "--external-data",
            description = "Put weights into a file beside each model, as is done anyway above 2 GB.")
    private boolean externalData;

    @Option(
            names = "--verify",
            description = "Run the whole model and the stages in ONNX Runtime on random frames and compare the results:"
                    + " bit for bit with optimisation off, and how far apart they are with it on.")
    private boolean verify;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the random frames; 1 unless given.")
    private long seed = 1;

    @Mixin
    private ModelArgument models = new ModelArgument();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        if (plan.isPresent() == !tensors.isEmpty()) {
            throw new CodnnException("Give either --plan PLAN.json or --at TENSOR[,TENSOR...]");
        }
        if (!model.toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            throw new CodnnException(
                    "'" + model + "' is no ONNX file: only those can be split. Its name must end in" + " .onnx");
        }
        Path file = Path.of(model);
        List<SplitVerification> found = new ArrayList<>();
        OnnxSplitter splitter = OnnxSplitter.withDefaults().withReader(models.reader());
        splitter = externalData ? splitter.withExternalData() : splitter;
        PipelineManifest manifest =
                split(file, verify ? splitter.withCheck(folder -> found.add(verified(file, folder))) : splitter);
        Optional<SplitVerification> verification = found.stream().findFirst();
        output.print(() -> document(manifest, verification), () -> text(manifest, verification));
        return CommandLine.ExitCode.OK;
    }

    private PipelineManifest split(Path file, OnnxSplitter splitter) {
        if (plan.isEmpty()) {
            return splitter.splitAt(file, tensors, out);
        }
        Plan read = PlanArgument.read(plan.get());
        return task.isPresent() ? splitter.split(file, read, task.get(), out) : splitter.split(file, read, out);
    }

    /** Verifies the stages before their folder appears. */
    private SplitVerification verified(Path file, Path folder) {
        SplitVerification found;
        try {
            found = SplitVerifier.withDefaults()
                    .withSeed(seed)
                    .withInputs(models.frames())
                    .verify(file, folder);
        } catch (CodnnException e) { // The user does not know the folder's other name.
            throw new CodnnException(String.valueOf(e.getMessage()).replace(folder.toString(), out.toString()), e);
        }
        if (!found.isEqual()) {
            throw new Failures.NotWritten(new CodnnException("The stages do not give what the whole model gives, so"
                    + " folder '" + out + "' is not made. Outputs that differ without optimisation: "
                    + String.join(", ", found.different())));
        }
        return found;
    }

    private ObjectNode document(PipelineManifest manifest, Optional<SplitVerification> verification) {
        ObjectNode document = JsonOutput.object().put("folder", out.toString());
        document.set("pipeline", JsonOutput.parse(PipelineJson.render(manifest)));
        verification.ifPresent(found -> {
            ObjectNode node = document.putObject("verification")
                    .put("frames", found.frames())
                    .put("equal", found.isEqual())
                    .put("greatestDifference", found.greatestDifference());
            put(node.putArray("different"), found.different());
            put(node.putArray("constant"), found.constant());
        });
        return document;
    }

    private static void put(ArrayNode array, List<String> names) {
        names.forEach(array::add);
    }

    private String text(PipelineManifest manifest, Optional<SplitVerification> verification) {
        TextTable table = new TextTable("stage", "device", "file", "bytes", "reads", "writes", "predicted");
        for (PipelineStage stage : manifest.stages()) {
            table.row(
                    stage.name(),
                    stage.device(),
                    stage.model().name(),
                    Figures.count(bytes(stage)),
                    Figures.count(stage.inputs().size()),
                    Figures.count(stage.outputs().size()),
                    stage.predictedSeconds().isPresent()
                            ? Figures.seconds(stage.predictedSeconds().getAsDouble())
                            : "-");
        }
        return table
                + String.format(
                        "%n%s of '%s' in folder %s",
                        Figures.counted(manifest.stages().size(), "stage"), manifest.model(), out)
                + verification.map(SplitCommand::text).orElse("");
    }

    private static long bytes(PipelineStage stage) {
        return stage.model().bytes()
                + stage.externalData().stream().mapToLong(PipelineFile::bytes).sum();
    }

    private static String text(SplitVerification found) {
        String constant = found.constant().isEmpty()
                ? ""
                : String.format(
                        "%nthe same for all inputs, which proves little: %s",
                        found.constant().stream().limit(8).collect(Collectors.joining(", ")));
        return String.format(
                        "%n%s of %s equal bit for bit without optimisation; greatest difference with optimisation %s",
                        Figures.counted(found.outputs().size(), "output"),
                        Figures.counted(found.frames(), "random frame"),
                        Figures.number(found.greatestDifference()))
                + constant;
    }
}
