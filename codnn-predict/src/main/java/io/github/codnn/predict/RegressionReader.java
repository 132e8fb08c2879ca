package io.github.codnn.predict;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.JsonField;
import io.github.codnn.internal.JsonFiles;
import io.github.codnn.internal.Quantities;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@link RegressionCostModel} from JSON, as strictly as problems are read. */
final class RegressionReader {

    /** Factors beyond it, or below its inverse, and times beyond it are none that anybody fitted. */
    private static final double MAX_FACTOR = Quantities.MAX_SECONDS;

    private RegressionReader() {}

    static RegressionCostModel read(Path file) {
        JsonField root = JsonFiles.read(file).only(List.of("format", "devices"));
        JsonField format = root.get("format");
        if (!format.text().equals(RegressionJson.FORMAT)) {
            throw format.error("must be '" + RegressionJson.FORMAT + "', but is '" + format.text() + "'");
        }
        Map<String, LayerRegression> devices = new LinkedHashMap<>();
        Map<String, PowerModel> powers = new LinkedHashMap<>();
        for (JsonField device : root.get("devices").elements()) {
            device.only(List.of(
                    "kind",
                    "features",
                    "method",
                    "boosted",
                    "calibration",
                    "scale",
                    "scaleByKind",
                    "operators",
                    "general",
                    "report",
                    "power"));
            JsonField kind = device.get("kind");
            if (devices.put(kind.text(), readRegression(device)) != null) {
                throw kind.error("is a second kind '" + kind.text() + "'");
            }
            device.find("power").ifPresent(power -> powers.put(kind.text(), readPower(power)));
        }
        if (devices.isEmpty()) {
            throw root.get("devices").error("must have at least one device");
        }
        return root.make(() -> new RegressionCostModel(devices, powers));
    }

    private static LayerRegression readRegression(JsonField device) {
        LayerFeatures features = device.get("features").choice(LayerFeatures.class);
        FitMethod method = device.get("method").choice(FitMethod.class);
        RegressionTrainer trainer =
                new RegressionTrainer(features, method, device.get("boosted").truth());
        Adjustment adjustment = device.make(() -> new Adjustment(
                factor(device.get("calibration")),
                factor(device.get("scale")),
                device.get("scaleByKind").entries(RegressionReader::factor)));
        Map<String, KindRegression> regressions = new LinkedHashMap<>();
        for (JsonField operator : device.get("operators").elements()) {
            operator.only(List.of("operator", "secondsPerUnit", "range", "boost"));
            JsonField kind = operator.get("operator");
            KindRegression read = readKind(operator, features.of(OperatorFamily.of(kind.text())), method);
            if (regressions.put(kind.text(), read) != null) {
                throw kind.error("is a second operator '" + kind.text() + "'");
            }
        }
        JsonField rest = device.get("general").only(List.of("secondsPerUnit", "range", "boost"));
        KindRegression general = readKind(rest, GeneralFeatures.ALL, method);
        return device.make(() -> new LayerRegression(
                trainer, regressions, general, adjustment, device.find("report").map(RegressionReader::readReport)));
    }

    private static KindRegression readKind(JsonField field, List<Feature> features, FitMethod method) {
        List<String> names = features.stream().map(Feature::name).toList();
        Map<String, Double> perUnit =
                field.get("secondsPerUnit").only(names).entries(weight -> readWeight(weight, method));
        double[] weights = names.stream()
                .mapToDouble(name -> perUnit.getOrDefault(name, 0.0))
                .toArray();
        return new KindRegression(
                features,
                weights,
                readRange(field.get("range").only(WorkRange.QUANTITIES)),
                field.find("boost").map(RegressionReader::readTrees));
    }

    private static double readWeight(JsonField field, FitMethod method) {
        double weight = method == FitMethod.ORDINARY ? field.number() : field.nonNegative();
        if (Math.abs(weight) > Quantities.MAX_SECONDS) {
            throw field.error("must be at most " + Quantities.MAX_SECONDS + ", but is " + weight);
        }
        return weight;
    }

    /** Reads a factor; whether it is positive is for {@link Adjustment} to say. */
    private static double factor(JsonField field) {
        double factor = field.number();
        if (factor > MAX_FACTOR || (factor > 0 && factor < 1 / MAX_FACTOR)) {
            throw field.error("must be from " + 1 / MAX_FACTOR + " to " + MAX_FACTOR + ", but is " + factor);
        }
        return factor;
    }

    private static double amount(JsonField field) {
        return field.make(() -> Quantities.amount(field.nonNegative(), "the value"));
    }

    private static WorkRange readRange(JsonField field) {
        List<List<Double>> bounds = WorkRange.QUANTITIES.stream()
                .map(quantity -> readBounds(field.get(quantity)))
                .toList();
        return new WorkRange(
                bounds.stream().map(pair -> pair.get(0)).toList(),
                bounds.stream().map(pair -> pair.get(1)).toList());
    }

    private static List<Double> readBounds(JsonField field) {
        List<Double> bounds =
                field.elements().stream().map(JsonField::nonNegative).toList();
        if (bounds.size() != 2 || bounds.get(0) > bounds.get(1)) {
            throw field.error("must have the least and the greatest value, but is "
                    + Checks.some(bounds.stream().map(String::valueOf).toList(), 4));
        }
        return bounds;
    }

    private static BoostedTrees readTrees(JsonField field) {
        field.only(List.of("logarithmsOf", "trees"));
        JsonField inputs = field.get("logarithmsOf");
        List<String> names = inputs.elements().stream().map(JsonField::text).toList();
        if (!names.equals(BoostedTrees.INPUTS)) {
            throw inputs.error("must be " + BoostedTrees.INPUTS + ", but is "
                    + (names.isEmpty() ? "empty" : Checks.some(names, 12)));
        }
        return new BoostedTrees(field.get("trees").elements().stream()
                .map(RegressionReader::readTree)
                .toList());
    }

    private static BoostedTrees.Tree readTree(JsonField field) {
        field.only(List.of("input", "value"));
        List<JsonField> inputs = field.get("input").elements();
        List<JsonField> values = field.get("value").elements();
        if (inputs.isEmpty() || inputs.size() != values.size()) {
            throw field.error("must have at least one node and as many values as inputs, but has " + inputs.size()
                    + " inputs and " + values.size() + " values");
        }
        int[] input = new int[inputs.size()];
        double[] value = new double[inputs.size()];
        for (int node = 0; node < input.length; node++) {
            long compared = inputs.get(node).integer();
            boolean hasChildren = 2 * node + 2 < input.length;
            if (compared < -1 || compared >= BoostedTrees.INPUTS.size() || (compared >= 0 && !hasChildren)) {
                throw inputs.get(node)
                        .error("must be -1 for a leaf or the input that a node with two children compares, from 0 to "
                                + (BoostedTrees.INPUTS.size() - 1) + ", but is " + compared);
            }
            input[node] = (int) compared;
            value[node] = values.get(node).number();
        }
        return new BoostedTrees.Tree(input, value);
    }

    private static PowerModel readPower(JsonField field) {
        field.only(List.of("general", "byKind"));
        return field.make(() -> new PowerModel(
                readRates(field.get("general")), field.get("byKind").entries(RegressionReader::readRates)));
    }

    private static PowerModel.Rates readRates(JsonField field) {
        field.only(List.of("watts", "joulesPerMac", "joulesPerByte"));
        return field.make(() -> new PowerModel.Rates(
                amount(field.get("watts")), amount(field.get("joulesPerMac")), amount(field.get("joulesPerByte"))));
    }

    private static FitReport readReport(JsonField field) {
        field.only(List.of("features", "method", "boosted", "folds", "seed", "kinds"));
        return field.make(() -> new FitReport(
                field.get("features").choice(LayerFeatures.class),
                field.get("method").choice(FitMethod.class),
                field.get("boosted").truth(),
                count(field.get("folds")),
                field.get("seed").integer(),
                field.get("kinds").elements().stream()
                        .map(RegressionReader::readFit)
                        .toList()));
    }

    private static OperatorFit readFit(JsonField field) {
        field.only(List.of("operator", "n", "r2", "adjustedR2", "mape", "within10", "within20", "noiseFloor"));
        return field.make(() -> new OperatorFit(
                field.get("operator").text(),
                count(field.get("n")),
                field.find("r2").map(JsonField::number).orElse(Double.NaN),
                field.find("adjustedR2").map(JsonField::number).orElse(Double.NaN),
                field.find("mape").map(JsonField::nonNegative).orElse(Double.NaN),
                field.find("within10").map(JsonField::nonNegative).orElse(Double.NaN),
                field.find("within20").map(JsonField::nonNegative).orElse(Double.NaN),
                field.find("noiseFloor").map(JsonField::nonNegative).orElse(Double.NaN)));
    }

    private static int count(JsonField field) {
        long count = field.integer();
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw field.error("must be a count below 2^31, but is " + count);
        }
        return (int) count;
    }
}
