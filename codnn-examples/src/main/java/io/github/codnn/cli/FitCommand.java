package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.chart.Svg;
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
import io.github.codnn.text.Figures;
import io.github.codnn.units.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private Output output = new Output();

    @Mixin
    private ModelArgument models = new ModelArgument();

    @Override
    public Integer call() {
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
            output.write(drawing, target -> AccuracyPlot.write(validation.heldOut(), target));
        }
        return CommandLine.ExitCode.OK;
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

    /** Draws predicted against measured times as SVG, on logarithmic axes, one colour for each kind of layer. */
    static final class AccuracyPlot {

        private static final int SIZE = 800;
        private static final int MARGIN = 70;
        private static final int LEGEND = 180;

        private final Svg svg = new Svg(SIZE + LEGEND, SIZE);
        private final int firstDecade;
        private final int lastDecade;

        private AccuracyPlot(List<HeldOut> drawn) {
            double least = Double.POSITIVE_INFINITY;
            double most = 0;
            for (HeldOut row : drawn) {
                least = Math.min(least, Math.min(row.measuredSeconds(), row.predictedSeconds()));
                most = Math.max(most, Math.max(row.measuredSeconds(), row.predictedSeconds()));
            }
            firstDecade = (int) Math.floor(Math.log10(least));
            lastDecade = Math.max(firstDecade + 1, (int) Math.ceil(Math.log10(most)));
        }

        /** Writes the plot; predictions of zero have no place on it. */
        static void write(List<HeldOut> predictions, Path file) {
            List<HeldOut> drawn = predictions.stream()
                    .filter(row -> row.predictedSeconds() > 0)
                    .toList();
            if (drawn.isEmpty()) {
                throw new CodnnException("There is no prediction above zero to be drawn to '" + file + "'");
            }
            new AccuracyPlot(drawn).draw(drawn).write(file);
        }

        private Svg draw(List<HeldOut> drawn) {
            double first = Math.pow(10, firstDecade);
            double last = Math.pow(10, lastDecade);
            for (int decade = firstDecade; decade <= lastDecade; decade++) {
                double at = Math.pow(10, decade);
                svg.line(List.of(x(at), y(first), x(at), y(last)), "#dddddd");
                svg.line(List.of(x(first), y(at), x(last), y(at)), "#dddddd");
                svg.text(x(at), SIZE - MARGIN + 20, "middle", Figures.seconds(at));
                svg.text(MARGIN - 8, y(at) + 4, "end", Figures.seconds(at));
            }
            svg.line(List.of(x(first), y(first), x(last), y(last)), "black");
            svg.text(SIZE / 2.0, SIZE - 20, "middle", "measured");
            svg.text(
                    SIZE / 2.0,
                    30,
                    "middle",
                    "Layers held out: predicted (upwards) against measured; on the line both are equal");
            Map<String, String> colours = new LinkedHashMap<>();
            drawn.forEach(row -> colours.computeIfAbsent(row.measurement().kind(), any -> Svg.colour(colours.size())));
            for (HeldOut row : drawn) {
                String colour = colours.getOrDefault(row.measurement().kind(), "black");
                svg.dot(x(row.measuredSeconds()), y(row.predictedSeconds()), 2.5, colour);
            }
            double height = MARGIN;
            for (Map.Entry<String, String> kind : colours.entrySet()) {
                svg.dot(SIZE, height, 5, kind.getValue());
                svg.text(SIZE + 12, height + 4, "start", kind.getKey());
                height += 20;
            }
            return svg;
        }

        private double x(double seconds) {
            return MARGIN + share(seconds) * (SIZE - 2 * MARGIN);
        }

        private double y(double seconds) {
            return SIZE - MARGIN - share(seconds) * (SIZE - 2 * MARGIN);
        }

        private double share(double seconds) {
            return (Math.log10(seconds) - firstDecade) / (lastDecade - firstDecade);
        }
    }
}
