package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.predict.HeldOut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws predicted against measured times as SVG, on logarithmic axes, one colour for each kind of layer. Written by hand: the
 * SVG output of charting libraries needs fonts on the machine or an optional library under another licence.
 */
final class AccuracyPlot {

    private static final int SIZE = 800;
    private static final int MARGIN = 70;
    private static final int LEGEND = 180;

    private final StringBuilder svg = new StringBuilder();
    private final int firstDecade;
    private final int lastDecade;

    private AccuracyPlot(List<HeldOut> drawn) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (HeldOut row : drawn) {
            least = Math.min(least, Math.min(row.measuredSeconds(), row.predictedSeconds()));
            most = Math.max(most, Math.max(row.measuredSeconds(), row.predictedSeconds()));
        }
        firstDecade = (int) Math.floor(Math.log10(least));
        lastDecade = Math.max(firstDecade + 1, (int) Math.ceil(Math.log10(most)));
    }

    /** Writes the plot; predictions of zero have no place on it. */
    static void write(List<HeldOut> predictions, Path file) {
        List<HeldOut> drawn =
                predictions.stream().filter(row -> row.predictedSeconds() > 0).toList();
        if (drawn.isEmpty()) {
            throw new CodnnException("There is no prediction above zero to be drawn to '" + file + "'");
        }
        try {
            Files.writeString(file, new AccuracyPlot(drawn).draw(drawn), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CodnnException("Cannot draw to '" + file + "': " + e, e);
        }
    }

    private String draw(List<HeldOut> drawn) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">",
                SIZE + LEGEND, SIZE);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        for (int decade = firstDecade; decade <= lastDecade; decade++) {
            double at = Math.pow(10, decade);
            line(at, Math.pow(10, firstDecade), at, Math.pow(10, lastDecade), "#dddddd");
            line(Math.pow(10, firstDecade), at, Math.pow(10, lastDecade), at, "#dddddd");
            text(x(at), SIZE - MARGIN + 20, "middle", Figures.seconds(at));
            text(MARGIN - 8, y(at) + 4, "end", Figures.seconds(at));
        }
        double first = Math.pow(10, firstDecade);
        double last = Math.pow(10, lastDecade);
        line(first, first, last, last, "black");
        text(SIZE / 2.0, SIZE - 20, "middle", "measured");
        text(
                SIZE / 2.0,
                30,
                "middle",
                "Layers held out: predicted (upwards) against measured; on the line both are equal");
        Map<String, String> colours = new LinkedHashMap<>();
        drawn.forEach(row -> colours.computeIfAbsent(row.measurement().kind(), any -> colour(colours.size())));
        for (HeldOut row : drawn) {
            add(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\" fill-opacity=\"0.6\"/>",
                    x(row.measuredSeconds()),
                    y(row.predictedSeconds()),
                    colours.getOrDefault(row.measurement().kind(), "black"));
        }
        int row = 0;
        for (Map.Entry<String, String> kind : colours.entrySet()) {
            double height = MARGIN + 20.0 * row++;
            add("<circle cx=\"%d\" cy=\"%.1f\" r=\"5\" fill=\"%s\"/>", SIZE, height, kind.getValue());
            text(SIZE + 12, height + 4, "start", kind.getKey());
        }
        add("</svg>");
        return svg.toString();
    }

    // Steps of the golden angle keep neighbouring colours apart, however many there are.
    private static String colour(int index) {
        return String.format(Locale.ROOT, "hsl(%d,70%%,42%%)", Math.round(index * 137.508) % 360);
    }

    private double x(double seconds) {
        return MARGIN + share(seconds) * (SIZE - 2 * MARGIN);
    }

    private double y(double seconds) {
        return SIZE - MARGIN - share(seconds) * (SIZE - 2 * MARGIN);
    }

    private double share(double seconds) {
        return (Math.log10(seconds) - firstDecade) / (lastDecade - firstDecade);
    }

    private void line(double fromX, double fromY, double toX, double toY, String colour) {
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
                x(fromX), y(fromY), x(toX), y(toY), colour);
    }

    // Kinds are operator names that the reader of the measurements has checked, so that nothing needs escaping.
    private void text(double atX, double atY, String anchor, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", atX, atY, anchor, text);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
