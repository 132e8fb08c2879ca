package io.github.codnn.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.internal.JsonFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes and reads {@link RegressionCostModel} as JSON. */
final class RegressionJson {

    private static final String FORMAT = "codnn-regression/1";

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

    static RegressionCostModel read(Path file) {
        JsonNode root = JsonFiles.read(file).node();
        try {
            if (!root.path("format").asText().equals(FORMAT)) {
                throw new IllegalArgumentException(
                        "its format is '" + root.path("format").asText() + "', not " + FORMAT);
            }
            Map<String, LayerRegression> devices = new LinkedHashMap<>();
            Map<String, PowerModel> powers = new LinkedHashMap<>();
            for (JsonNode device : field(root, "devices")) {
                String kind = field(device, "kind").asText();
                devices.put(kind, readRegression(device));
                if (device.has("power")) {
                    powers.put(kind, readPower(device.get("power")));
                }
            }
            return new RegressionCostModel(devices, powers);
        } catch (IllegalArgumentException e) {
            throw new CodnnException("'" + file + "' is not a cost model: " + e.getMessage(), e);
        }
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

    private static LayerRegression readRegression(JsonNode device) {
        LayerFeatures features = LayerFeatures.valueOf(field(device, "features").asText());
        RegressionTrainer trainer = new RegressionTrainer(
                features,
                FitMethod.valueOf(field(device, "method").asText()),
                field(device, "boosted").asBoolean());
        Map<String, Double> byKind = new LinkedHashMap<>();
        field(device, "scaleByKind")
                .properties()
                .forEach(entry -> byKind.put(entry.getKey(), number(entry.getValue())));
        Adjustment adjustment =
                new Adjustment(number(field(device, "calibration")), number(field(device, "scale")), byKind);
        Map<String, KindRegression> regressions = new LinkedHashMap<>();
        for (JsonNode operator : field(device, "operators")) {
            String kind = field(operator, "operator").asText();
            regressions.put(kind, readKind(operator, features.of(OperatorFamily.of(kind))));
        }
        KindRegression general = readKind(field(device, "general"), GeneralFeatures.ALL);
        Optional<FitReport> report =
                device.has("report") ? Optional.of(readReport(device.get("report"))) : Optional.empty();
        return new LayerRegression(trainer, regressions, general, adjustment, report);
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

    private static KindRegression readKind(JsonNode node, List<Feature> features) {
        Map<String, Double> byName = new LinkedHashMap<>();
        field(node, "secondsPerUnit")
                .properties()
                .forEach(entry -> byName.put(entry.getKey(), number(entry.getValue())));
        double[] weights = new double[features.size()];
        for (int column = 0; column < weights.length; column++) {
            Double weight = byName.remove(features.get(column).name());
            weights[column] = weight == null ? 0 : weight;
        }
        if (!byName.isEmpty()) {
            throw new IllegalArgumentException("it has features that this version does not know: " + byName.keySet());
        }
        List<Double> least = new ArrayList<>();
        List<Double> greatest = new ArrayList<>();
        for (String quantity : WorkRange.QUANTITIES) {
            JsonNode bounds = field(field(node, "range"), quantity);
            least.add(number(element(bounds, 0)));
            greatest.add(number(element(bounds, 1)));
        }
        Optional<BoostedTrees> boost = node.has("boost") ? Optional.of(readTrees(node.get("boost"))) : Optional.empty();
        return new KindRegression(features, weights, new WorkRange(least, greatest), boost);
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

    private static BoostedTrees readTrees(JsonNode node) {
        List<BoostedTrees.Tree> trees = new ArrayList<>();
        for (JsonNode tree : field(node, "trees")) {
            JsonNode inputs = field(tree, "input");
            JsonNode values = field(tree, "value");
            int[] input = new int[inputs.size()];
            double[] value = new double[inputs.size()];
            for (int index = 0; index < input.length; index++) {
                input[index] = inputs.get(index).asInt();
                value[index] = number(element(values, index));
                boolean hasChildren = 2 * index + 2 < input.length;
                if (input[index] >= BoostedTrees.INPUTS.size() || (input[index] >= 0 && !hasChildren)) {
                    throw new IllegalArgumentException("a tree compares input " + input[index] + " at node " + index);
                }
            }
            trees.add(new BoostedTrees.Tree(input, value));
        }
        return new BoostedTrees(trees);
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

    private static PowerModel readPower(JsonNode node) {
        Map<String, PowerModel.Rates> byKind = new LinkedHashMap<>();
        field(node, "byKind").properties().forEach(entry -> byKind.put(entry.getKey(), readRates(entry.getValue())));
        return new PowerModel(readRates(field(node, "general")), byKind);
    }

    private static PowerModel.Rates readRates(JsonNode node) {
        return new PowerModel.Rates(
                number(field(node, "watts")),
                number(field(node, "joulesPerMac")),
                number(field(node, "joulesPerByte")));
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

    private static FitReport readReport(JsonNode node) {
        List<OperatorFit> fits = new ArrayList<>();
        for (JsonNode kind : field(node, "kinds")) {
            fits.add(new OperatorFit(
                    field(kind, "operator").asText(),
                    field(kind, "n").asInt(),
                    finiteOrNaN(kind, "r2"),
                    finiteOrNaN(kind, "adjustedR2"),
                    number(field(kind, "mape")),
                    number(field(kind, "within10")),
                    number(field(kind, "within20")),
                    number(field(kind, "noiseFloor"))));
        }
        return new FitReport(
                LayerFeatures.valueOf(field(node, "features").asText()),
                FitMethod.valueOf(field(node, "method").asText()),
                field(node, "boosted").asBoolean(),
                field(node, "folds").asInt(),
                field(node, "seed").asLong(),
                fits);
    }

    // JSON has no NaN.
    private static void putFinite(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }

    private static double finiteOrNaN(JsonNode node, String name) {
        JsonNode value = field(node, name);
        return value.isNull() ? Double.NaN : number(value);
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it lacks '" + name + "'");
        }
        return value;
    }

    private static JsonNode element(JsonNode array, int index) {
        JsonNode value = array.get(index);
        if (value == null) {
            throw new IllegalArgumentException("an array ends before element " + index);
        }
        return value;
    }

    private static double number(JsonNode node) {
        double value = node.asDouble(Double.NaN);
        if (!node.isNumber() || !Double.isFinite(value)) {
            throw new IllegalArgumentException("a number was expected, but found " + node);
        }
        return value;
    }
}
