package io.github.codnn.reproduce;

import io.github.codnn.predict.FitMethod;
import io.github.codnn.predict.FitReport;
import io.github.codnn.predict.LayerFeatures;
import io.github.codnn.predict.Measurements;
import io.github.codnn.predict.OperatorFit;
import io.github.codnn.predict.RegressionTrainer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The coefficients of determination of section 4.1. */
final class LayerTimes implements Experiment {

    private static final int FOLDS = 5;
    private static final long SEED = 1;
    private static final String TITLE = "Predicting the time of a layer (section 4.1)";
    private static final String CLAIM =
            "Linear regression on one feature a layer: R2 of 0.86 for convolution, 0.88 for pooling, 0.96 for fully "
                    + "connected layers, 0.99 for activations.";
    private static final String[] COLUMNS = {
        "layer", "n", "paper's R2", "as printed: R2", "MAPE", "as meant: R2", "MAPE", "ours: R2", "MAPE", "within 20 %"
    };
    private static final Map<String, Double> CLAIMED = claimed();

    private static Map<String, Double> claimed() {
        Map<String, Double> claimed = new LinkedHashMap<>();
        claimed.put("Conv", 0.86);
        claimed.put("MaxPool", 0.88);
        claimed.put("AveragePool", 0.88);
        claimed.put("Gemm", 0.96);
        claimed.put("Relu", 0.99);
        claimed.put("Sigmoid", 0.99);
        claimed.put("Tanh", 0.99);
        return claimed;
    }

    @Override
    public Finding run(Effort effort) {
        return effort.measurements()
                .map(LayerTimes::compare)
                .orElseGet(() -> new Finding(
                        TITLE,
                        CLAIM,
                        "Needs measured layers: codnn profile --out FILE.csv, then --measurements FILE.csv.",
                        Verdict.NOT_TRIED,
                        "No measurements were given.",
                        List.of(),
                        List.of()));
    }

    private static Finding compare(Path file) {
        Measurements measurements = Measurements.read(file);
        FitReport printed = report(measurements, LayerFeatures.PAPER_AS_PRINTED, FitMethod.ORDINARY);
        FitReport meant = report(measurements, LayerFeatures.PAPER_AS_MEANT, FitMethod.ORDINARY);
        FitReport full = report(measurements, LayerFeatures.FULL, FitMethod.RELATIVE_NON_NEGATIVE);
        Table table = Table.of("layer-times", COLUMNS);
        int reached = 0;
        for (Map.Entry<String, Double> kind : CLAIMED.entrySet()) {
            Optional<OperatorFit> ours = full.operator(kind.getKey());
            if (ours.isPresent()) {
                OperatorFit asPrinted = printed.operator(kind.getKey()).orElseThrow();
                OperatorFit asMeant = meant.operator(kind.getKey()).orElseThrow();
                reached += asPrinted.r2() >= kind.getValue() ? 1 : 0;
                table = table.with(
                        kind.getKey(),
                        ours.get().n(),
                        kind.getValue(),
                        asPrinted.r2(),
                        Table.percent(asPrinted.mape()),
                        asMeant.r2(),
                        Table.percent(asMeant.mape()),
                        ours.get().r2(),
                        Table.percent(ours.get().mape()),
                        Table.percent(ours.get().within20()));
            }
        }
        int tried = table.rows().size();
        return new Finding(
                TITLE,
                CLAIM,
                measurements.rows().size() + " measured layers, " + FOLDS
                        + " folds, every figure on layers held out; the paper's features as printed and as evidently "
                        + "meant, by ordinary least squares, beside this library's default.",
                reached == tried ? Verdict.REPRODUCED : reached > 0 ? Verdict.IN_PART : Verdict.REFUTED,
                "With the features as printed, " + reached + " of " + tried
                        + " kinds reach the claimed R2. R2 in seconds hides small layers: read it with the mean error "
                        + "beside it.",
                List.of(table),
                List.of());
    }

    private static FitReport report(Measurements measurements, LayerFeatures features, FitMethod method) {
        return RegressionTrainer.withDefaults()
                .withFeatures(features)
                .withMethod(method)
                .crossValidate(measurements, FOLDS, SEED)
                .report();
    }
}
