package io.github.codnn.predict;

import io.github.codnn.internal.Checks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Factors on fitted times.
 *
 * @param calibration the ratio of the time of whole models to the sum of their layers
 * @param scale the ratio of the time of layers on this device to that on the fitted device
 * @param byKind the additional factors of single kinds of layer
 */
record Adjustment(double calibration, double scale, Map<String, Double> byKind) {

    static final Adjustment NONE = new Adjustment(1, 1, Map.of());

    /** With this many measurements, the factor of a kind has the same weight as the common factor. */
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
     * Computes the factors of another device: the geometric mean of all ratios, and for each kind the geometric mean of
     * its ratios, shrunk towards the common one if the kind has few measurements.
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
