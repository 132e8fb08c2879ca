package io.github.codnn.chart;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Lines, steps or dots over two axes with round ticks. Points may have a confidence interval and a label.
 *
 * @param title its title
 * @param across the horizontal axis
 * @param up the vertical axis
 * @param series the lines, at least one with a point
 */
public record LineChart(String title, Axis across, Axis up, List<Series> series) {

    /** How values lie on an axis. */
    public enum Scale {
        /** Evenly, with zero on the axis. */
        FROM_ZERO,
        /** Evenly, from about the least value. */
        LINEAR,
        /** By their logarithm; values that are not positive are not drawn. */
        LOGARITHMIC
    }

    /**
     * An axis.
     *
     * @param quantity what lies on it
     * @param unit its unit, such as {@code s}, {@code J} or {@code %} for a share; empty for a number
     * @param scale how values lie on it
     */
    public record Axis(String quantity, String unit, Scale scale) {
        /** Checks the components. */
        public Axis {
            Objects.requireNonNull(quantity, "quantity");
            Objects.requireNonNull(unit, "unit");
            Objects.requireNonNull(scale, "scale");
        }
    }

    /** How the points of a series are joined. */
    public enum Style {
        /** By straight lines. */
        LINE,
        /** By steps: the value of a point holds until the next one. */
        STEPS,
        /** Not at all. */
        DOTS,
        /** By a thin broken line without dots, such as a bound. */
        RULE
    }

    /**
     * One line.
     *
     * @param name its name in the legend
     * @param style how its points are joined
     * @param points its points from left to right
     */
    public record Series(String name, Style style, List<Point> points) {
        /** Copies the points. */
        public Series {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(style, "style");
            points = List.copyOf(points);
        }

        /**
         * Joins points by straight lines.
         *
         * @param name its name in the legend
         * @param points its points from left to right
         */
        public Series(String name, List<Point> points) {
            this(name, Style.LINE, points);
        }
    }

    /**
     * One point.
     *
     * @param x its position on the horizontal axis
     * @param y its value
     * @param error half the width of the confidence interval, 0 if there is none
     * @param label what is written beside it where there is room; may be empty
     */
    public record Point(double x, double y, double error, String label) {

        /**
         * Makes a point without a label.
         *
         * @param x its position on the horizontal axis
         * @param y its value
         * @param error half the width of the confidence interval, 0 if there is none
         */
        public Point(double x, double y, double error) {
            this(x, y, error, "");
        }
    }

    /** Copies the lines and checks that there are points. */
    public LineChart {
        series = List.copyOf(series);
        if (series.stream().allMatch(line -> line.points().isEmpty())) {
            throw new IllegalArgumentException("The chart '" + title + "' has no points");
        }
    }

    /**
     * Makes a chart of numbers without units; the vertical axis begins at zero unless a value is less.
     *
     * @param title its title
     * @param across the quantity of the horizontal axis
     * @param up the quantity of the vertical axis
     * @param series the lines, at least one with a point
     */
    public LineChart(String title, String across, String up, List<Series> series) {
        this(title, new Axis(across, "", Scale.LINEAR), new Axis(up, "", Scale.FROM_ZERO), series);
    }

    /**
     * Writes the chart as SVG, whole or not at all.
     *
     * @param file the target file
     * @throws CodnnException if the file cannot be written
     */
    public void write(Path file) {
        try {
            String document = new ChartDrawing(this).standalone();
            WholeFiles.write(file, (document + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CodnnException("Cannot draw to '" + file + "': " + WholeFiles.reason(e), e);
        }
    }

    /**
     * Returns the chart as an element of an HTML page: without title, with classes for style sheets.
     *
     * @return an SVG element
     */
    public String svg() {
        return new ChartDrawing(this).inline();
    }
}
