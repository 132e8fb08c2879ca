package io.github.codnn.reproduce;

import io.github.codnn.predict.FitMethod;
import io.github.codnn.predict.FitReport;
import io.github.codnn.predict.LayerFeatures;
import io.github.codnn.predict.Measurements;
import io.github.codnn.predict.OperatorFit;
import io.github.codnn.predict.RegressionTrainer;
import io.github.codnn.reproduce.Judgement.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The coefficients of determination of section 4.1. */
final class RegressionAccuracy implements Reproduction.Experiment {

    private static final int FOLDS = 5;
    private static final String TITLE = "Predicting the time of a layer (section 4.1)";
    private static final String CLAIM =
            "Linear regression on one feature a layer: R2 of 0.86 for convolution, 0.88 for pooling, 0.96 for fully "
                    + "connected layers, 0.99 for activations.";
    private static final List<Target> TARGETS = List.of(
            new Target("Conv", 0.86),
            new Target("MaxPool", 0.88),
            new Target("AveragePool", 0.88),
            new Target("Gemm", 0.96),
            new Target("Relu", 0.99),
            new Target("Sigmoid", 0.99),
            new Target("Tanh", 0.99));

    /** A kind of layer, and the claimed R2. */
    private record Target(String kind, double r2) {}

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Finding run(Effort effort, Cells cells) {
        return effort.measurements()
                .map(file -> compare(Measurements.read(file), effort.seeds(), cells))
                .orElseGet(() -> new Finding(
                        TITLE,
                        CLAIM,
                        "Needs measured layers: codnn profile --out FILE.csv, then --measurements FILE.csv.",
                        List.of(new Judgement(
                                "The features as printed reach the claimed R2.",
                                Rules.reachesText("R2 over fold seeds", "the claimed one"),
                                Verdict.NOT_TRIED,
                                "No measurements were given.")),
                        List.of(),
                        List.of()));
    }

    private static Finding compare(Measurements measurements, int seeds, Cells cells) {
        List<FitReport> printed =
                reports(measurements, seeds, LayerFeatures.PAPER_AS_PRINTED, FitMethod.ORDINARY, cells);
        List<FitReport> meant = reports(measurements, seeds, LayerFeatures.PAPER_AS_MEANT, FitMethod.ORDINARY, cells);
        List<FitReport> full = reports(measurements, seeds, LayerFeatures.FULL, FitMethod.RELATIVE_NON_NEGATIVE, cells);
        Table table = Table.of(
                "layer-times",
                "layer",
                "n",
                "paper's R2",
                "as printed: R2",
                "MAPE",
                "as meant: R2",
                "MAPE",
                "ours: R2",
                "MAPE",
                "within 20 %");
        List<Judgement> judgements = new ArrayList<>();
        for (Target target : TARGETS) {
            Optional<OperatorFit> first = full.get(0).operator(target.kind());
            if (first.isPresent()) {
                judgements.add(judgement(target, "printed", sample(printed, target.kind(), OperatorFit::r2)));
                judgements.add(judgement(target, "meant", sample(meant, target.kind(), OperatorFit::r2)));
                table = table.with(
                        target.kind(),
                        first.get().n(),
                        target.r2(),
                        range(sample(printed, target.kind(), OperatorFit::r2)),
                        percentages(sample(printed, target.kind(), OperatorFit::mape)),
                        range(sample(meant, target.kind(), OperatorFit::r2)),
                        percentages(sample(meant, target.kind(), OperatorFit::mape)),
                        range(sample(full, target.kind(), OperatorFit::r2)),
                        percentages(sample(full, target.kind(), OperatorFit::mape)),
                        percentages(sample(full, target.kind(), OperatorFit::within20)));
            }
        }
        return new Finding(
                TITLE,
                CLAIM,
                measurements.rows().size() + " measured layers, " + FOLDS + " folds drawn with " + seeds
                        + " seeds, every figure on layers held out: median over the seeds and, in brackets, the 5 % "
                        + "and the 95 % quantile. The paper's features as printed and as evidently meant, by ordinary "
                        + "least squares, beside this library's default. No rows chose the paper's features. This "
                        + "library's were chosen on a random half of the 1,356 rows of its own benchmark; if the file "
                        + "is that one, its accuracy here is flattered by that choice, though not its weights. R2 in "
                        + "seconds hides small layers: read it with the mean error beside it.",
                judgements,
                List.of(table),
                List.of());
    }

    private static Judgement judgement(Target target, String features, Sample r2) {
        return new Judgement(
                target.kind() + ": the features as " + features + " reach an R2 of " + target.r2() + ".",
                Rules.reachesText("R2 over fold seeds", "the claimed one"),
                Rules.reaches(r2, target.r2()),
                range(r2));
    }

    private static String range(Sample sample) {
        return Table.number(sample.median()) + " [" + Table.number(sample.quantile(0.05)) + ", "
                + Table.number(sample.quantile(0.95)) + "]";
    }

    private static String percentages(Sample sample) {
        return Table.percent(sample.median()) + " [" + Table.percent(sample.quantile(0.05)) + ", "
                + Table.percent(sample.quantile(0.95)) + "]";
    }

    private static Sample sample(List<FitReport> reports, String kind, ToDoubleFunction<OperatorFit> figure) {
        return new Sample(reports.stream()
                .mapToDouble(
                        report -> figure.applyAsDouble(report.operator(kind).orElseThrow()))
                .toArray());
    }

    private static List<FitReport> reports(
            Measurements measurements, int seeds, LayerFeatures features, FitMethod method, Cells cells) {
        RegressionTrainer trainer =
                RegressionTrainer.withDefaults().withFeatures(features).withMethod(method);
        return cells.map(
                seeds, seed -> trainer.crossValidate(measurements, FOLDS, seed).report());
    }
}
