package io.github.codnn.report;

import io.github.codnn.chart.LineChart;
import io.github.codnn.predict.FitReport;
import io.github.codnn.predict.HeldOut;
import io.github.codnn.predict.Measurements;
import io.github.codnn.predict.NetworkFit;
import io.github.codnn.predict.OperatorFit;
import io.github.codnn.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports how accurate fitted times are on layers held out, and on whole networks. */
public final class AccuracyReport {

    private AccuracyReport() {}

    /**
     * Reports a fit.
     *
     * @param measurements the measured layers
     * @param report the accuracy on layers held out
     * @param paper the same for the features of the paper
     * @param networks the accuracy on whole networks; may be empty
     * @param heldOut the predictions of layers held out
     * @return the report; its figures are those of the JSON document
     */
    public static Report of(
            Measurements measurements,
            FitReport report,
            FitReport paper,
            List<NetworkFit> networks,
            List<HeldOut> heldOut) {
        List<Section> sections = new ArrayList<>();
        chart(heldOut)
                .ifPresent(chart -> sections.add(new Section.Chart(
                        "Predicted against measured",
                        "Each dot is a layer that the model had not seen. On the broken line both times are equal.",
                        chart,
                        true)));
        sections.add(operators(report, paper));
        if (!networks.isEmpty()) {
            sections.add(networks(networks));
        }
        List<String> rejected = measurements.rejected().stream()
                .map(row -> "Line " + row.line() + " is left out: " + row.reason())
                .toList();
        if (!rejected.isEmpty()) {
            sections.add(new Section.Sentences("Notices", "What the figures rest on.", rejected));
        }
        String summary = Figures.count(measurements.rows().size()) + " measured layers, " + report.folds()
                + " folds, features " + report.features() + ", " + report.method()
                + (report.boosted() ? ", boosted" : "") + ". Every figure is of layers held out.";
        return new Report("Accuracy of fitted layer times", summary, sections);
    }

    /**
     * Draws predicted against measured times on logarithmic axes, a colour for each kind of layer.
     *
     * @param predictions predictions of layers held out; those of zero have no place on the chart
     * @return the chart; empty if no prediction is above zero
     */
    public static Optional<LineChart> chart(List<HeldOut> predictions) {
        Map<String, List<LineChart.Point>> byKind = new LinkedHashMap<>();
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (HeldOut row : predictions) {
            if (row.predictedSeconds() > 0) {
                byKind.computeIfAbsent(row.measurement().kind(), any -> new ArrayList<>())
                        .add(new LineChart.Point(row.measuredSeconds(), row.predictedSeconds(), 0));
                least = Math.min(least, Math.min(row.measuredSeconds(), row.predictedSeconds()));
                most = Math.max(most, Math.max(row.measuredSeconds(), row.predictedSeconds()));
            }
        }
        if (byKind.isEmpty()) {
            return Optional.empty();
        }
        List<LineChart.Series> series = new ArrayList<>();
        byKind.forEach((kind, points) -> series.add(new LineChart.Series(kind, LineChart.Style.DOTS, points)));
        series.add(new LineChart.Series(
                "predicted = measured",
                LineChart.Style.RULE,
                List.of(new LineChart.Point(least, least, 0), new LineChart.Point(most, most, 0))));
        return Optional.of(new LineChart(
                "Layers held out: predicted against measured",
                new LineChart.Axis("measured", "s", LineChart.Scale.LOGARITHMIC),
                new LineChart.Axis("predicted", "s", LineChart.Scale.LOGARITHMIC),
                series));
    }

    private static Section operators(FitReport report, FitReport paper) {
        List<List<Cell>> rows = new ArrayList<>();
        for (OperatorFit fit : report.operators()) {
            String root = "/kinds/" + rows.size() + "/";
            Optional<OperatorFit> printed = paper.operator(fit.operator());
            rows.add(List.of(
                    Cell.text(fit.operator()),
                    Cell.count(fit.n(), root + "n"),
                    Cell.number(fit.r2(), root + "r2"),
                    Cell.percent(fit.mape(), root + "mape"),
                    Cell.percent(fit.within10(), root + "within10").withBar(fit.within10(), -1),
                    Cell.percent(fit.within20(), root + "within20").withBar(fit.within20(), -1),
                    Cell.percent(fit.noiseFloor(), root + "noiseFloor"),
                    printed.map(other -> Cell.percent(other.mape(), "")).orElse(Cell.text("–"))));
        }
        return new Section.Table(
                "Kinds of layers",
                "MAPE is the mean of the errors without sign. Noise is the spread of repeated measurements.",
                List.of("Operator", "Layers", "R²", "MAPE", "Within 10 %", "Within 20 %", "Noise", "MAPE of the paper"),
                rows);
    }

    private static Section networks(List<NetworkFit> networks) {
        List<List<Cell>> rows = new ArrayList<>();
        for (NetworkFit fit : networks) {
            String root = "/networks/" + rows.size() + "/";
            rows.add(List.of(
                    Cell.text(fit.network()),
                    Cell.seconds(fit.measuredSeconds(), root + "measuredSeconds"),
                    Cell.seconds(fit.predictedSeconds(), root + "predictedSeconds"),
                    Cell.percent(fit.error(), root + "error"),
                    Cell.percent(fit.calibratedError(), root + "calibratedError"),
                    Cell.percent(fit.spread(), root + "noise")));
        }
        return new Section.Table(
                "Whole networks",
                "",
                List.of("Network", "Measured", "Predicted", "Error", "Calibrated by others", "Noise"),
                rows);
    }
}
