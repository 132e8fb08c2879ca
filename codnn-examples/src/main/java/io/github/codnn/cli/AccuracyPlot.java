package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.chart.Svg;
import io.github.codnn.predict.HeldOut;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws predicted against measured times as SVG, on logarithmic axes, one colour for each kind of layer. */
final class AccuracyPlot {

    private static final int SIZE = 800;
    private static final int MARGIN = 70;
    private static final int LEGEND = 180;

    private final Svg svg = new Svg(SIZE + LEGEND, SIZE);
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
        new AccuracyPlot(drawn).draw(drawn).write(file);
    }

    private Svg draw(List<HeldOut> drawn) {
        double first = Math.pow(10, firstDecade);
        double last = Math.pow(10, lastDecade);
        for (int decade = firstDecade; decade <= lastDecade; decade++) {
            double at = Math.pow(10, decade);
            svg.line(List.of(x(at), y(first), x(at), y(last)), "#dddddd");
            svg.line(List.of(x(first), y(at), x(last), y(at)), "#dddddd");
            svg.text(x(at), SIZE - MARGIN + 20, "middle", Figures.seconds(at));
            svg.text(MARGIN - 8, y(at) + 4, "end", Figures.seconds(at));
        }
        svg.line(List.of(x(first), y(first), x(last), y(last)), "black");
        svg.text(SIZE / 2.0, SIZE - 20, "middle", "measured");
        svg.text(
                SIZE / 2.0,
                30,
                "middle",
                "Layers held out: predicted (upwards) against measured; on the line both are equal");
        Map<String, String> colours = new LinkedHashMap<>();
        drawn.forEach(row -> colours.computeIfAbsent(row.measurement().kind(), any -> Svg.colour(colours.size())));
        for (HeldOut row : drawn) {
            String colour = colours.getOrDefault(row.measurement().kind(), "black");
            svg.dot(x(row.measuredSeconds()), y(row.predictedSeconds()), 2.5, colour);
        }
        double height = MARGIN;
        for (Map.Entry<String, String> kind : colours.entrySet()) {
            svg.dot(SIZE, height, 5, kind.getValue());
            svg.text(SIZE + 12, height + 4, "start", kind.getKey());
            height += 20;
        }
        return svg;
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
}
