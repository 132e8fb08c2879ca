package io.github.codnn.predict;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.internal.JsonFiles;
import java.nio.file.Path;

/** Writes {@link RegressionCostModel} as JSON; {@link RegressionReader} reads it. */
final class RegressionJson {

    static final String FORMAT = "codnn-regression/1";

    private RegressionJson() {}

    static void write(RegressionCostModel model, Path file) {
        ObjectNode root = JsonFiles.object().put("format", FORMAT);
        ArrayNode devices = root.putArray("devices");
        model.regressions().forEach((kind, regression) -> {
            ObjectNode device = devices.addObject().put("kind", kind);
            writeRegression(regression, device);
            model.power(kind).ifPresent(power -> writePower(power, device.putObject("power")));
        });
        JsonFiles.write(root, file);
    }

    private static void writeRegression(LayerRegression regression, ObjectNode device) {
        RegressionTrainer trainer = regression.trainer();
        device.put("features", trainer.features().name())
                .put("method", trainer.method().name())
                .put("boosted", trainer.boosted());
        Adjustment adjustment = regression.adjustment();
        device.put("calibration", adjustment.calibration()).put("scale", adjustment.scale());
        ObjectNode factors = device.putObject("scaleByKind");
        adjustment.byKind().forEach(factors::put);
        ArrayNode operators = device.putArray("operators");
        regression
                .regressions()
                .forEach((kind, fitted) ->
                        writeKind(fitted, operators.addObject().put("operator", kind)));
        writeKind(regression.general(), device.putObject("general"));
        regression.report().ifPresent(report -> writeReport(report, device.putObject("report")));
    }

    private static void writeKind(KindRegression fitted, ObjectNode node) {
        ObjectNode weights = node.putObject("secondsPerUnit");
        fitted.weightsByName().forEach(weights::put);
        ObjectNode range = node.putObject("range");
        for (int index = 0; index < WorkRange.QUANTITIES.size(); index++) {
            range.putArray(WorkRange.QUANTITIES.get(index))
                    .add(fitted.range().least().get(index))
                    .add(fitted.range().greatest().get(index));
        }
        fitted.boost().ifPresent(boost -> writeTrees(boost, node.putObject("boost")));
    }

    private static void writeTrees(BoostedTrees boost, ObjectNode node) {
        ArrayNode inputs = node.putArray("logarithmsOf");
        BoostedTrees.INPUTS.forEach(inputs::add);
        ArrayNode trees = node.putArray("trees");
        for (BoostedTrees.Tree tree : boost.trees()) {
            ObjectNode out = trees.addObject();
            ArrayNode input = out.putArray("input");
            ArrayNode value = out.putArray("value");
            for (int index = 0; index < tree.nodes(); index++) {
                input.add(tree.input(index));
                value.add(tree.value(index));
            }
        }
    }

    private static void writePower(PowerModel power, ObjectNode node) {
        writeRates(power.general(), node.putObject("general"));
        ObjectNode kinds = node.putObject("byKind");
        power.byKind().forEach((kind, rates) -> writeRates(rates, kinds.putObject(kind)));
    }

    private static void writeRates(PowerModel.Rates rates, ObjectNode node) {
        node.put("watts", rates.watts())
                .put("joulesPerMac", rates.joulesPerMac())
                .put("joulesPerByte", rates.joulesPerByte());
    }

    private static void writeReport(FitReport report, ObjectNode node) {
        node.put("features", report.features().name())
                .put("method", report.method().name())
                .put("boosted", report.boosted())
                .put("folds", report.folds())
                .put("seed", report.seed());
        ArrayNode kinds = node.putArray("kinds");
        for (OperatorFit fit : report.operators()) {
            ObjectNode kind = kinds.addObject().put("operator", fit.operator()).put("n", fit.n());
            putFinite(kind, "r2", fit.r2());
            putFinite(kind, "adjustedR2", fit.adjustedR2());
            kind.put("mape", fit.mape())
                    .put("within10", fit.within10())
                    .put("within20", fit.within20())
                    .put("noiseFloor", fit.noiseFloor());
        }
    }

    // JSON has no NaN.
    private static void putFinite(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }
}
