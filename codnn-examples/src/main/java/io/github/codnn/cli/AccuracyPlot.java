package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.predict.HeldOut;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws predicted against measured times on logarithmic axes, one colour for each kind of layer. */
final class AccuracyPlot {

    private AccuracyPlot() {}

    /** Writes the plot of predictions as SVG. */
    static void write(List<HeldOut> predictions, Path file) {
        System.setProperty("java.awt.headless", "true");
        List<HeldOut> drawn =
                predictions.stream().filter(row -> row.predictedSeconds() > 0).toList();
        if (drawn.isEmpty()) {
            throw new CodnnException("There is no prediction above zero to be drawn to '" + file + "'");
        }
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(800)
                .title("Layers held out: predicted against measured")
                .xAxisTitle("measured, microseconds")
                .yAxisTitle("predicted, microseconds")
                .build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
        chart.getStyler().setMarkerSize(5);
        Map<String, List<HeldOut>> byKind = drawn.stream()
                .collect(Collectors.groupingBy(
                        row -> row.measurement().kind(), LinkedHashMap::new, Collectors.toList()));
        byKind.forEach((kind, rows) -> chart.addSeries(
                kind,
                rows.stream().mapToDouble(row -> row.measuredSeconds() * 1e6).toArray(),
                rows.stream().mapToDouble(row -> row.predictedSeconds() * 1e6).toArray()));
        addDiagonal(chart, drawn);
        try (OutputStream out = Files.newOutputStream(file)) {
            ChartEncoder.saveChart(chart, out, "svg");
        } catch (IOException e) {
            throw new CodnnException("Cannot draw to '" + file + "': " + e, e);
        }
    }

    private static void addDiagonal(XYChart chart, List<HeldOut> drawn) {
        double least =
                drawn.stream().mapToDouble(HeldOut::measuredSeconds).min().orElseThrow() * 1e6;
        double most = drawn.stream().mapToDouble(HeldOut::measuredSeconds).max().orElseThrow() * 1e6;
        XYSeries diagonal =
                chart.addSeries("predicted = measured", new double[] {least, most}, new double[] {least, most});
        diagonal.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        diagonal.setMarker(SeriesMarkers.NONE);
        diagonal.setLineColor(Color.BLACK);
    }
}
