package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.predict.CrossValidation;
import io.github.codnn.predict.FitMethod;
import io.github.codnn.predict.FitReport;
import io.github.codnn.predict.LayerFeatures;
import io.github.codnn.predict.LayerRegression;
import io.github.codnn.predict.Measurement;
import io.github.codnn.predict.Measurements;
import io.github.codnn.predict.OperatorFit;
import io.github.codnn.predict.PowerModel;
import io.github.codnn.predict.RegressionCostModel;
import io.github.codnn.predict.RegressionTrainer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code codnn fit FILE.csv}: a cost model from measured layers, and how accurate it is on layers held out. */
@Command(
        name = "fit",
        description =
                "Fits a cost model to measured layers and shows its accuracy on layers held out, beside that of the "
                        + "paper's features on the same folds.",
        mixinStandardHelpOptions = true)
final class FitCommand implements Callable<Integer> {

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

    @Option(names = "--out", paramLabel = "MODEL.json", description = "Write the cost model, fitted to all rows.")
    private @Nullable Path out;

    @Option(names = "--plot", paramLabel = "FILE.svg", description = "Draw predicted against measured times.")
    private @Nullable Path plot;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        Measurements measurements = Measurements.read(file);
        RegressionTrainer trainer = new RegressionTrainer(features, method, boosted);
        CrossValidation validation = trainer.crossValidate(measurements, folds, seed);
        FitReport paper = RegressionTrainer.withDefaults()
                .withFeatures(LayerFeatures.PAPER_AS_PRINTED)
                .withMethod(FitMethod.ORDINARY)
                .crossValidate(measurements, folds, seed)
                .report();
        if (out != null) {
            write(measurements, trainer.fit(measurements).withReport(validation.report()), out);
        }
        if (plot != null) {
            AccuracyPlot.write(validation.heldOut(), plot);
        }
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? JsonOutput.render(document(measurements, validation.report(), paper))
                                : text(measurements, validation.report(), paper));
        return CommandLine.ExitCode.OK;
    }

    private void write(Measurements measurements, LayerRegression regression, Path target) {
        RegressionCostModel model = RegressionCostModel.of(device, regression);
        boolean energy = measurements.rows().stream().map(Measurement::joules).anyMatch(joules -> joules.isPresent());
        (energy ? model.withPower(device, PowerModel.fit(measurements)) : model).write(target);
    }

    private static ObjectNode document(Measurements measurements, FitReport report, FitReport paper) {
        ObjectNode document = JsonOutput.object();
        document.put("rows", measurements.rows().size());
        ArrayNode rejected = document.putArray("rejected");
        for (Measurements.Rejected row : measurements.rejected()) {
            rejected.addObject().put("line", row.line()).put("reason", row.reason());
        }
        addReport(document, report);
        addReport(document.putObject("paperAsPrinted"), paper);
        return document;
    }

    private static void addReport(ObjectNode node, FitReport report) {
        node.put("features", report.features().name());
        node.put("method", report.method().name());
        node.put("boosted", report.boosted());
        node.put("folds", report.folds());
        node.put("seed", report.seed());
        ArrayNode kinds = node.putArray("kinds");
        for (OperatorFit fit : report.operators()) {
            ObjectNode kind = kinds.addObject();
            kind.put("operator", fit.operator());
            kind.put("n", fit.n());
            putFinite(kind, "r2", fit.r2());
            putFinite(kind, "adjustedR2", fit.adjustedR2());
            kind.put("mape", fit.mape());
            kind.put("within10", fit.within10());
            kind.put("within20", fit.within20());
            kind.put("noiseFloor", fit.noiseFloor());
        }
    }

    private static void putFinite(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }

    private static String text(Measurements measurements, FitReport report, FitReport paper) {
        TextTable table = new TextTable(
                "operator", "n", "R2", "adj. R2", "MAPE", "in 10 %", "in 20 %", "noise", "paper's R2", "paper's MAPE");
        for (OperatorFit fit : report.operators()) {
            Optional<OperatorFit> printed = paper.operator(fit.operator());
            table.row(
                    fit.operator(),
                    Figures.count(fit.n()),
                    Figures.number(fit.r2()),
                    Figures.number(fit.adjustedR2()),
                    Figures.percent(fit.mape()),
                    Figures.percent(fit.within10()),
                    Figures.percent(fit.within20()),
                    Figures.percent(fit.noiseFloor()),
                    printed.map(p -> Figures.number(p.r2())).orElse("-"),
                    printed.map(p -> Figures.percent(p.mape())).orElse("-"));
        }
        StringBuilder text = new StringBuilder(table.toString());
        text.append(String.format(
                "%n%s rows, %d folds, features %s, %s%s; every figure on rows held out. The paper's: as printed, %s.",
                Figures.count(measurements.rows().size()),
                report.folds(),
                report.features(),
                report.method(),
                report.boosted() ? ", boosted" : "",
                paper.method()));
        measurements
                .rejected()
                .forEach(row -> text.append(String.format("%nleft out line %d: %s", row.line(), row.reason())));
        return text.toString();
    }
}
