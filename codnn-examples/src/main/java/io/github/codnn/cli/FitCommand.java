package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.predict.CrossValidation;
import io.github.codnn.predict.FitMethod;
import io.github.codnn.predict.FitReport;
import io.github.codnn.predict.HeldOut;
import io.github.codnn.predict.LayerFeatures;
import io.github.codnn.predict.LayerRegression;
import io.github.codnn.predict.Measurement;
import io.github.codnn.predict.Measurements;
import io.github.codnn.predict.ModelMeasurement;
import io.github.codnn.predict.PowerModel;
import io.github.codnn.predict.RegressionCostModel;
import io.github.codnn.predict.RegressionTrainer;
import io.github.codnn.profile.LayerProfiler;
import io.github.codnn.profile.ProfilerSettings;
import io.github.codnn.report.AccuracyReport;
import io.github.codnn.units.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code codnn fit FILE.csv}: a cost model from measured layers, and how accurate it is on layers held out. */
@Command(
        name = "fit",
        description =
                "Fits a cost model to measured layers and shows its accuracy on layers held out, beside that of the "
                        + "paper's features on the same folds.",
        mixinStandardHelpOptions = true)
final class FitCommand implements Callable<Integer> {

    private static final int MAX_REASONS = 8;

    @Parameters(paramLabel = "FILE.csv", description = "Measured layers, as 'codnn profile' writes them.")
    private Path file = Path.of("");

    @Option(
            names = "--features",
            description =
                    "Which quantities of a layer are weighed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private LayerFeatures features = LayerFeatures.FULL;

    @Option(
            names = "--method",
            description = "How they are weighed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private FitMethod method = FitMethod.RELATIVE_NON_NEGATIVE;

    @Option(names = "--boosted", description = "Correct the linear prediction with boosted trees.")
    private boolean boosted;

    @Option(names = "--folds", description = "Folds of the cross-validation. Default: ${DEFAULT-VALUE}.")
    private int folds = 5;

    @Option(names = "--seed", description = "Seed of the folds. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--device", description = "Kind of device that was measured. Default: ${DEFAULT-VALUE}.")
    private String device = "measured";

    @Option(
            names = "--check",
            paramLabel = "MODEL",
            description =
                    "Measure this network (.onnx, .cfg, zoo:NAME) on this machine, which must be the one of the rows, "
                            + "at the speed that it had then, and compare it with the sum over its layers. May be "
                            + "repeated: each network is then also predicted after a calibration by the others, and "
                            + "--out writes a model calibrated by all.")
    private List<String> checked = new ArrayList<>();

    @Option(
            names = "--check-seconds",
            paramLabel = "TIME",
            converter = Units.Seconds.class,
            description = "Seconds for each series of passes of a network at the most. Default: ${DEFAULT-VALUE}.")
    private double checkSeconds = 0.5;

    @Option(names = "--out", paramLabel = "MODEL.json", description = "Write the cost model, fitted to all rows.")
    private @Nullable Path out;

    @Option(names = "--plot", paramLabel = "FILE.svg", description = "Draw predicted against measured times.")
    private @Nullable Path plot;

    @Mixin
    private ReportOption html = new ReportOption();

    @Mixin
    private Output output = new Output();

    @Mixin
    private ModelArgument models = new ModelArgument();

    @Override
    public Integer call() {
        html.check(output);
        Stream.of(out, plot).filter(Objects::nonNull).forEach(output::check);
        ProfilerSettings passes = ProfilerSettings.withDefaults().withSeries(3, checkSeconds);
        Measurements measurements = rows();
        RegressionTrainer trainer = new RegressionTrainer(features, method, boosted);
        CrossValidation validation = trainer.crossValidate(measurements, folds, seed);
        LayerRegression regression = trainer.fit(measurements).withReport(validation.report());
        List<ModelMeasurement> networks = measured(measurements, passes);
        FitReport paper = RegressionTrainer.withDefaults()
                .withFeatures(LayerFeatures.PAPER_AS_PRINTED)
                .withMethod(FitMethod.ORDINARY)
                .crossValidate(measurements, folds, seed)
                .report();
        FitOutcome outcome = new FitOutcome(
                measurements,
                validation.report(),
                paper,
                networks.isEmpty() ? List.of() : regression.compare(networks),
                PowerModel.accuracy(validation));
        output.print(outcome::document, outcome::text);
        Path model = out;
        if (model != null) {
            LayerRegression whole = networks.isEmpty() ? regression : regression.calibrated(networks);
            output.write(model, target -> write(measurements, whole, target));
        }
        Path drawing = plot;
        if (drawing != null) {
            output.write(drawing, target -> draw(validation.heldOut(), target));
        }
        html.write(
                () -> AccuracyReport.of(
                        measurements, validation.report(), paper, outcome.networks(), validation.heldOut()),
                output);
        return CommandLine.ExitCode.OK;
    }

    private static void draw(List<HeldOut> predictions, Path drawing) {
        AccuracyReport.chart(predictions)
                .orElseThrow(
                        () -> new CodnnException("There is no prediction above zero to be drawn to '" + drawing + "'"))
                .write(drawing);
    }

    private Measurements rows() {
        Measurements measurements = Measurements.read(file);
        if (measurements.rows().isEmpty() && !measurements.rejected().isEmpty()) {
            throw new CodnnException(file + ": no row can be used. "
                    + measurements.rejected().stream()
                            .limit(MAX_REASONS)
                            .map(row -> "Line " + row.line() + ": " + row.reason())
                            .collect(Collectors.joining("; "))
                    + (measurements.rejected().size() > MAX_REASONS ? "; and so on" : ""));
        }
        if (measurements.rows().isEmpty()) {
            throw new CodnnException(file + ": there is a header, but no row");
        }
        return measurements;
    }

    private List<ModelMeasurement> measured(Measurements measurements, ProfilerSettings settings) {
        if (checked.isEmpty()) {
            return List.of();
        }
        List<LayerGraph> graphs =
                models.read(checked).stream().map(ImportedModel::graph).toList();
        return LayerProfiler.onnxRuntime(settings).measure(graphs, measurements);
    }

    private void write(Measurements measurements, LayerRegression regression, Path target) {
        RegressionCostModel model = RegressionCostModel.of(device, regression);
        boolean energy = measurements.rows().stream().map(Measurement::joules).anyMatch(joules -> joules.isPresent());
        (energy ? model.withPower(device, PowerModel.fit(measurements)) : model).write(target);
    }
}
