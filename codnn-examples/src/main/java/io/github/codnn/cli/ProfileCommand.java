package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.cost.LayerTimes;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.predict.Measurements;
import io.github.codnn.profile.EnergyCounter;
import io.github.codnn.profile.LayerProfiler;
import io.github.codnn.profile.PowerLog;
import io.github.codnn.profile.ProfileResult;
import io.github.codnn.profile.ProfilerSettings;
import io.github.codnn.profile.SamplingPlan;
import io.github.codnn.progress.StepBar;
import io.github.codnn.units.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code codnn profile --out FILE.csv}: measures layers on this machine. */
@Command(
        name = "profile",
        description =
                "Measures layers on this machine with ONNX Runtime, on one thread. Called again with the same file it "
                        + "goes on where it was interrupted.",
        mixinStandardHelpOptions = true)
final class ProfileCommand implements Callable<Integer> {

    @Option(names = "--out", required = true, paramLabel = "FILE.csv", description = "Where rows are added.")
    private Path out = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "Measure the layers of this network (.onnx, .cfg, zoo:NAME) in place of a sample of common layers.")
    private @Nullable String model;

    @Option(
            names = "--times",
            paramLabel = "FILE.csv",
            description = "With --model: also write the time of each of its layers, for 'codnn plan --times'.")
    private @Nullable Path times;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "Name or kind of this machine in the file of times. Default: ${DEFAULT-VALUE}.")
    private String device = "measured";

    @Option(names = "--layers", description = "How many layers to sample. Default: ${DEFAULT-VALUE}.")
    private int layers = 400;

    @Option(names = "--seed", description = "Seed of the sample. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--series", description = "Series of passes for each layer. Default: ${DEFAULT-VALUE}.")
    private int series = 3;

    @Option(
            names = "--seconds",
            paramLabel = "TIME",
            converter = Units.Seconds.class,
            description = "Seconds for each series at the most. Default: ${DEFAULT-VALUE}.")
    private double seconds = 0.15;

    @Option(
            names = "--energy",
            description = "Measure joules, too, where Linux shows counters of the processor (RAPL, powercap) that this"
                    + " user may read. They count the whole processor: let nothing else run. Rows that the file has"
                    + " already stay as they are.")
    private boolean energy;

    @Option(
            names = "--power",
            paramLabel = "FILE.csv",
            description = "Add joules to the rows from the log of a wattmeter that ran while they were measured:"
                    + " columns time (2026-01-31T12:00:00.5Z, or seconds since 1970) and watts.")
    private @Nullable Path power;

    @Option(names = "--quiet", description = "Show no progress bar.")
    private boolean quiet;

    @Mixin
    private Output output = new Output();

    @Mixin
    private ModelArgument models = new ModelArgument();

    @Override
    public Integer call() {
        Output.checkFile(out);
        if (times != null) {
            output.check(times);
            if (model == null) {
                throw new CodnnException("--times writes the times of the layers of a network. Give --model, too");
            }
        }
        if (power != null && energy) {
            throw new CodnnException("--energy and --power both measure joules. Give one of them");
        }
        Optional<PowerLog> log = Optional.ofNullable(power).map(PowerLog::read);
        Optional<LayerGraph> network =
                Optional.ofNullable(model).map(text -> models.read(text).graph());
        List<Layer> plan = network.map(LayerProfiler::layersOf)
                .orElseGet(() -> SamplingPlan.withDefaults().layers(layers, seed));
        ProfilerSettings settings = ProfilerSettings.withDefaults().withSeries(series, seconds);
        LayerProfiler profiler = energy
                ? LayerProfiler.onnxRuntime(settings, EnergyCounter.powercap())
                : LayerProfiler.onnxRuntime(settings);
        ProfileResult result;
        try (ProgressBar bar = StepBar.start("profile", plan.size(), output.isJson() || quiet)) {
            result = profiler.profile(plan, out, (done, total, layer) -> bar.stepTo(done));
        } catch (CodnnException e) {
            // What is wrong in the file is bad input; what the system refuses is not.
            throw e.getCause() instanceof IOException ? new Failures.NotWritten(e) : e;
        }
        Optional<PowerLog.Joined> joined = log.map(readings -> withJoules(result, readings));
        output.print(() -> document(result, joined), () -> text(result, joined));
        if (times != null && network.isPresent()) {
            Measurements measured = joined.map(PowerLog.Joined::measurements).orElse(result.measurements());
            Map<String, Double> seconds = measured.secondsByLayer(network.get());
            Map<String, Double> joules = measured.joulesByLayer(network.get());
            Path file = times;
            output.write(file, target -> LayerTimes.write(device, seconds, joules, target));
        }
        return CommandLine.ExitCode.OK;
    }

    /** Writes the file anew with joules. */
    private PowerLog.Joined withJoules(ProfileResult result, PowerLog log) {
        result.measurements().rejected().stream().findFirst().ifPresent(rejected -> {
            throw new CodnnException("Joules cannot be added to '" + out + "', since a row of it cannot be read, line "
                    + rejected.line() + ": " + rejected.reason() + ". Mend it or remove it");
        });
        PowerLog.Joined joined = log.join(result.measurements());
        if (joined.added() > 0) {
            Output.write(() -> joined.measurements().write(out));
        }
        return joined;
    }

    private ObjectNode document(ProfileResult result, Optional<PowerLog.Joined> joined) {
        ObjectNode document = JsonOutput.object();
        document.put("file", out.toString());
        document.put("rows", result.measurements().rows().size());
        document.put("added", result.added());
        document.put("complete", result.complete());
        joined.ifPresent(rows -> document.putObject("power")
                .put("rows", rows.added())
                .put("tooShort", rows.tooShort())
                .put("outside", rows.outside()));
        ArrayNode skipped = document.putArray("skipped");
        result.skipped()
                .forEach(
                        layer -> skipped.addObject().put("layer", layer.layer()).put("reason", layer.reason()));
        return document;
    }

    private String text(ProfileResult result, Optional<PowerLog.Joined> joined) {
        StringBuilder text = new StringBuilder(String.format(
                "%d rows added to %s, which now has %d%s",
                result.added(),
                out,
                result.measurements().rows().size(),
                result.complete() ? "" : "; interrupted before the end, call again to go on"));
        joined.ifPresent(rows -> text.append(text(rows)));
        result.skipped()
                .forEach(layer -> text.append(String.format("%nleft out '%s': %s", layer.layer(), layer.reason())));
        return text.toString();
    }

    private static String text(PowerLog.Joined rows) {
        StringBuilder text = new StringBuilder(String.format("%n%d rows have joules from the meter", rows.added()));
        if (rows.tooShort() > 0) {
            text.append(String.format(
                    "; %d were measured while the meter gave fewer than 3 readings: measure longer (--seconds)",
                    rows.tooShort()));
        }
        if (rows.outside() > 0) {
            text.append(String.format("; %d were measured while the log has no readings", rows.outside()));
        }
        return text.toString();
    }
}
