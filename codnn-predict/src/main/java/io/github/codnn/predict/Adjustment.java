package io.github.codnn.predict;

import io.github.codnn.internal.Checks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Factors on fitted times.
 *
 * @param calibration the time of whole models over the sum of their layers
 * @param scale the time of layers on this device over that on the device that was fitted
 * @param byKind what single kinds of layer take on top of that
 */
record Adjustment(double calibration, double scale, Map<String, Double> byKind) {

    static final Adjustment NONE = new Adjustment(1, 1, Map.of());

    /** A kind's own factor counts as much as the common one when it rests on this many measurements. */
    private static final double PRIOR_MEASUREMENTS = 1;

    Adjustment {
        Checks.positiveFinite(calibration, "calibration");
        Checks.positiveFinite(scale, "scale");
        byKind = Checks.copyInOrder(byKind);
        byKind.forEach((kind, factor) -> Checks.positiveFinite(factor, "the factor of " + kind));
    }

    double of(String kind) {
        return calibration * scale * byKind.getOrDefault(kind, 1.0);
    }

    Adjustment withCalibration(double newCalibration) {
        return new Adjustment(newCalibration, scale, byKind);
    }

    /**
     * Finds the factors of another device: the geometric mean of all ratios, and for each kind the geometric mean of
     * its own, drawn towards the common one where it rests on few.
     */
    Adjustment adapted(Map<String, List<Double>> logRatiosByKind) {
        List<Double> all = new ArrayList<>();
        logRatiosByKind.values().forEach(all::addAll);
        double common = mean(all);
        Map<String, Double> factors = new LinkedHashMap<>();
        logRatiosByKind.forEach((kind, ratios) -> {
            double trust = ratios.size() / (ratios.size() + PRIOR_MEASUREMENTS);
            factors.put(kind, Math.exp(trust * (mean(ratios) - common)));
        });
        return new Adjustment(calibration, Math.exp(common), factors);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }
}
