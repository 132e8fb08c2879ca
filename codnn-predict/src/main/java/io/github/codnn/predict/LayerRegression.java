package io.github.codnn.predict;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.OperatorKinds;
import io.github.codnn.internal.Checks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Predicts the times of layers on one kind of device; fitted by a {@link RegressionTrainer}.
 *
 * <p>No prediction is below zero. Kinds of layer without measurements are also predicted, and the
 * {@linkplain Prediction#basis() prediction states how}: by a similar kind; as zero, if the layer only reshapes; or by
 * a rough regression over all kinds. A block costs the sum of its inner layers.
 *
 * <p>Immutable and thread-safe. A prediction takes O(features) time, for a block for each inner layer.
 */
public final class LayerRegression {

    /**
     * The predicted time of one layer and the basis of the prediction.
     *
     * @param layer the name of the layer
     * @param seconds the time, zero or greater
     * @param basis the basis of the prediction
     * @param kind the fitted kind that was used, as of {@link LayerFeatures#kindOf}; the layer's own for
     *     {@link Basis#GENERAL} and {@link Basis#FREE}
     * @param extrapolated whether the MACs or the input, output or weight bytes of the layer are outside the range of
     *     the fitted layers of the kind
     */
    public record Prediction(String layer, double seconds, Basis basis, String kind, boolean extrapolated) {

        /** The basis of a prediction, from best to worst. */
        public enum Basis {
            /** Layers of the same kind were measured. */
            FITTED,
            /**
             * The kind has no measurements; the regression of a similar kind is used, such as one activation for
             * another.
             */
            RELATIVE,
            /** The kind has no measurements, but only renames or reshapes a tensor; its time is assumed to be zero. */
            FREE,
            /** The kind has no measurements; a regression over all kinds on MACs and bytes is used, which is rough. */
            GENERAL
        }

        /** Checks the components. */
        public Prediction {
            Checks.notBlank(layer, "A layer's name");
            Checks.nonNegativeFinite(seconds, "The predicted seconds of layer '" + layer + "'");
            Objects.requireNonNull(basis, "basis");
            Objects.requireNonNull(kind, "kind");
        }
    }

    private final RegressionTrainer trainer;
    private final Map<String, KindRegression> byKind;
    private final KindRegression general;
    private final Adjustment adjustment;
    private final Optional<FitReport> report;

    LayerRegression(
            RegressionTrainer trainer,
            Map<String, KindRegression> byKind,
            KindRegression general,
            Adjustment adjustment,
            Optional<FitReport> report) {
        this.trainer = trainer;
        this.byKind = Checks.copyInOrder(byKind);
        this.general = general;
        this.adjustment = adjustment;
        this.report = report;
    }

    /**
     * Predicts the time of one pass of a layer.
     *
     * @param layer the layer
     * @return the time and its basis; for a block the worst basis of any inner prediction
     */
    public Prediction predict(Layer layer) {
        if (layer.operator() instanceof Operator.Block block) {
            return predictBlock(layer, block);
        }
        String kind = LayerFeatures.kindOf(layer);
        String fitted = byKind.containsKey(kind) ? kind : OperatorFamily.standInFor(kind, byKind.keySet());
        KindRegression regression = byKind.get(fitted);
        if (regression != null) {
            Prediction.Basis basis = fitted.equals(kind) ? Prediction.Basis.FITTED : Prediction.Basis.RELATIVE;
            return prediction(layer, regression, basis, fitted);
        }
        if (OperatorKinds.RESHAPING.contains(kind)) {
            return new Prediction(layer.name(), 0, Prediction.Basis.FREE, kind, false);
        }
        return prediction(layer, general, Prediction.Basis.GENERAL, kind);
    }

    /** Returns why the prediction of a layer other than a block is a guess, if it is. */
    Optional<String> doubt(Layer layer) {
        Prediction prediction = predict(layer);
        String kind = LayerFeatures.kindOf(layer);
        return switch (prediction.basis()) {
            case FREE -> Optional.empty();
            case GENERAL -> Optional.of("no layer of kind '" + kind + "' was measured; a rough fit over all stands in");
            case RELATIVE ->
                Optional.of("no layer of kind '" + kind + "' was measured; kind '" + prediction.kind() + "' stands in");
            case FITTED ->
                prediction.extrapolated()
                        ? Optional.of("it is outside the sizes of '" + kind + "' that were measured")
                        : Optional.empty();
        };
    }

    /**
     * Predicts every layer of a network, with blocks replaced by their inner layers.
     *
     * @param graph the network
     * @return the predictions in the order of the layers
     */
    public List<Prediction> predict(LayerGraph graph) {
        List<Prediction> predictions = new ArrayList<>();
        for (Layer layer : graph.layers()) {
            if (layer.operator() instanceof Operator.Block block) {
                predictions.addAll(predict(block.body()));
            } else {
                predictions.add(predict(layer));
            }
        }
        return predictions;
    }

    /**
     * Predicts one pass of a network if this device runs all layers.
     *
     * @param graph the network
     * @return the sum over its layers, in seconds
     */
    public double seconds(LayerGraph graph) {
        double seconds = 0;
        for (Layer layer : graph.layers()) {
            seconds += predict(layer).seconds();
        }
        return seconds;
    }

    /**
     * Returns this regression with one factor on all times, fitted to the measured times of whole networks in relative
     * error. A layer alone takes a different time than in a network: its data are in the cache, and no other layers are
     * dispatched.
     *
     * @param models measured networks, at least one
     * @return the calibrated regression, without any previous calibration
     */
    public LayerRegression calibrated(List<ModelMeasurement> models) {
        Checks.notEmpty(models, "measured network");
        LayerRegression plain = with(adjustment.withCalibration(1));
        double sum = 0;
        double squares = 0;
        for (ModelMeasurement model : models) {
            double ratio = plain.seconds(model.graph()) / model.seconds();
            sum += ratio;
            squares += ratio * ratio;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("All measured networks are predicted to take no time at all");
        }
        return with(adjustment.withCalibration(sum / squares));
    }

    /**
     * Compares predictions with measured networks: without calibration, and with a calibration by all networks except
     * the predicted one.
     *
     * @param models measured networks, at least one
     * @return the comparisons in the same order
     */
    public List<NetworkFit> compare(List<ModelMeasurement> models) {
        Checks.notEmpty(models, "measured network");
        LayerRegression plain = with(adjustment.withCalibration(1));
        List<NetworkFit> fits = new ArrayList<>();
        for (int model = 0; model < models.size(); model++) {
            List<ModelMeasurement> others = new ArrayList<>(models);
            ModelMeasurement measured = others.remove(model);
            double predicted = plain.seconds(measured.graph());
            double calibrated =
                    others.isEmpty() ? predicted : plain.calibrated(others).seconds(measured.graph());
            fits.add(new NetworkFit(
                    measured.graph().name(), measured.seconds(), predicted, calibrated, measured.spread()));
        }
        return fits;
    }

    /**
     * Returns this regression for another device with few measured layers; ten layers of the most important kinds are a
     * good start. All kinds are scaled by the mean ratio of measured to predicted times, and each measured kind also by
     * its own ratio, weighted by its number of measurements. The result has no report, because the accuracy on the new
     * device is not known.
     *
     * @param measurements layers measured on the other device, at least one
     * @return the regression for the other device, without any previous adaptation
     */
    public LayerRegression adaptedTo(Measurements measurements) {
        Checks.notEmpty(measurements.rows(), "measurement on the other device");
        LayerRegression plain = with(Adjustment.NONE);
        Map<String, List<Double>> logRatios = new LinkedHashMap<>();
        for (Measurement row : measurements.rows()) {
            Prediction prediction = plain.predict(row.layer());
            if (prediction.seconds() > 0) {
                logRatios
                        .computeIfAbsent(prediction.kind(), any -> new ArrayList<>())
                        .add(Math.log(row.seconds() / prediction.seconds()));
            }
        }
        if (logRatios.isEmpty()) {
            throw new IllegalArgumentException(
                    "Every measured layer is predicted to take no time. Maybe measure layers "
                            + "that compute, such as Conv or Gemm");
        }
        return new LayerRegression(trainer, byKind, general, adjustment.adapted(logRatios), Optional.empty());
    }

    /**
     * Returns this regression with a report of its accuracy.
     *
     * @param newReport the report
     * @return the changed regression
     */
    public LayerRegression withReport(FitReport newReport) {
        return new LayerRegression(trainer, byKind, general, adjustment, Optional.of(newReport));
    }

    /**
     * Returns the accuracy on unseen layers of the fitted device.
     *
     * @return the report, if there is one
     */
    public Optional<FitReport> report() {
        return report;
    }

    /**
     * Returns the settings of the fit.
     *
     * @return the trainer that made this regression
     */
    public RegressionTrainer trainer() {
        return trainer;
    }

    /**
     * Returns the kinds of layer that were measured.
     *
     * @return the kinds, as of {@link LayerFeatures#kindOf}, in order of their first appearance
     */
    public List<String> kinds() {
        return List.copyOf(byKind.keySet());
    }

    /**
     * Returns the factor of {@link #calibrated}.
     *
     * @return the factor, 1 without calibration
     */
    public double calibration() {
        return adjustment.calibration();
    }

    /**
     * Returns the weights of one kind by feature.
     *
     * @param kind a fitted kind
     * @return the weights other than zero, in seconds per unit of the feature
     * @throws IllegalArgumentException if the kind has no measurements
     */
    public Map<String, Double> weights(String kind) {
        KindRegression regression = byKind.get(kind);
        if (regression == null) {
            throw new IllegalArgumentException("No layer of kind '" + kind + "' was measured, only " + kinds());
        }
        return regression.weightsByName();
    }

    Map<String, KindRegression> regressions() {
        return byKind;
    }

    KindRegression general() {
        return general;
    }

    Adjustment adjustment() {
        return adjustment;
    }

    private LayerRegression with(Adjustment newAdjustment) {
        return new LayerRegression(trainer, byKind, general, newAdjustment, report);
    }

    private Prediction prediction(Layer layer, KindRegression regression, Prediction.Basis basis, String kind) {
        LayerWork work = LayerWork.of(layer);
        double seconds = regression.seconds(work) * adjustment.of(kind);
        return new Prediction(
                layer.name(), seconds, basis, kind, !regression.range().contains(work));
    }

    private Prediction predictBlock(Layer layer, Operator.Block block) {
        double seconds = 0;
        Prediction.Basis basis = Prediction.Basis.FITTED;
        boolean extrapolated = false;
        for (Layer inner : block.body().layers()) {
            Prediction prediction = predict(inner);
            seconds += prediction.seconds();
            basis = prediction.basis().compareTo(basis) > 0 ? prediction.basis() : basis;
            extrapolated |= prediction.extrapolated();
        }
        return new Prediction(layer.name(), seconds, basis, LayerFeatures.kindOf(layer), extrapolated);
    }
}
