package io.github.codnn.chart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over one horizontal axis, with a confidence interval for each point.
 *
 * @param title its title
 * @param across the quantity of the horizontal axis
 * @param up the quantity of the vertical axis, which begins at zero unless a value is less
 * @param series the lines, at least one
 */
public record LineChart(String title, String across, String up, List<Series> series) {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int MARGIN = 60;
    private static final int LEGEND = 220;
    private static final int GRID = 5;

    /**
     * One line.
     *
     * @param name its name in the legend
     * @param points its points from left to right
     */
    public record Series(String name, List<Point> points) {
        /** Copies the points. */
        public Series {
            points = List.copyOf(points);
        }
    }

    /**
     * One point.
     *
     * @param x its position on the horizontal axis
     * @param y its value
     * @param error half the width of the confidence interval, 0 if there is none
     */
    public record Point(double x, double y, double error) {}

    /** Copies the lines and checks that there are points. */
    public LineChart {
        series = List.copyOf(series);
        if (series.stream().allMatch(line -> line.points().isEmpty())) {
            throw new IllegalArgumentException("The chart '" + title + "' has no points");
        }
    }

    /**
     * Writes the chart as SVG.
     *
     * @param file the target file
     * @throws io.github.codnn.CodnnException if the file cannot be written
     */
    public void write(Path file) {
        Svg svg = new Svg(WIDTH + LEGEND, HEIGHT);
        Axis x = Axis.over(points().stream().map(Point::x).toList(), MARGIN, WIDTH - 20);
        List<Double> heights = new ArrayList<>(List.of(0.0));
        points().forEach(point -> heights.addAll(List.of(point.y() - point.error(), point.y() + point.error())));
        Axis y = Axis.over(heights, HEIGHT - MARGIN, 40);
        grid(svg, x, y);
        for (int index = 0; index < series.size(); index++) {
            draw(svg, index, x, y);
        }
        svg.write(file);
    }

    private List<Point> points() {
        return series.stream().flatMap(line -> line.points().stream()).toList();
    }

    private void grid(Svg svg, Axis x, Axis y) {
        for (int step = 0; step <= GRID; step++) {
            double across = x.least + (x.most - x.least) * step / GRID;
            double height = y.least + (y.most - y.least) * step / GRID;
            svg.line(List.of(x.at(across), y.at(y.least), x.at(across), y.at(y.most)), "#dddddd");
            svg.line(List.of(x.at(x.least), y.at(height), x.at(x.most), y.at(height)), "#dddddd");
            svg.text(x.at(across), HEIGHT - MARGIN + 18, "middle", number(across));
            svg.text(MARGIN - 6, y.at(height) + 4, "end", number(height));
        }
        svg.text(WIDTH / 2.0, 24, "middle", title);
        svg.text(WIDTH / 2.0, HEIGHT - 12, "middle", across);
        svg.text(8, 24, "start", up);
    }

    private void draw(Svg svg, int index, Axis x, Axis y) {
        Series line = series.get(index);
        String colour = Svg.colour(index);
        svg.path(
                line.points().stream()
                        .map(point -> new Svg.Point(x.at(point.x()), y.at(point.y())))
                        .toList(),
                colour);
        for (Point point : line.points()) {
            svg.dot(x.at(point.x()), y.at(point.y()), 3, colour);
            if (point.error() > 0) {
                double from = y.at(point.y() - point.error());
                svg.line(List.of(x.at(point.x()), from, x.at(point.x()), y.at(point.y() + point.error())), colour);
            }
        }
        double height = MARGIN + 20.0 * index;
        svg.dot(WIDTH, height, 5, colour);
        svg.text(WIDTH + 12, height + 4, "start", line.name());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    /** From values to pixels. */
    private record Axis(double least, double most, double from, double to) {
        static Axis over(List<Double> values, double from, double to) {
            double least =
                    values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
            double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            return new Axis(least, most > least ? most : least + 1, from, to);
        }

        double at(double value) {
            return from + (value - least) / (most - least) * (to - from);
        }
    }
}
