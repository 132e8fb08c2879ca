package io.github.codnn.chart;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A drawing under construction. Without a charting library, because their SVG output needs fonts on the machine or an
 * optional library under another licence. Not thread-safe.
 */
public final class Svg {

    private final StringBuilder text = new StringBuilder();

    /** A point of the drawing, from the upper left corner, in pixels. */
    record Point(double x, double y) {}

    /**
     * Starts a drawing on a white background.
     *
     * @param width its width in pixels
     * @param height its height in pixels
     */
    public Svg(int width, int height) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" "
                        + "font-size=\"13\">",
                width, height);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    }

    /**
     * Returns one of many colours that are easy to tell apart: consecutive hues differ by the golden angle.
     *
     * @param index the number of the colour
     * @return the colour
     */
    public static String colour(int index) {
        return String.format(Locale.ROOT, "hsl(%d,70%%,42%%)", Math.round(index * 137.508) % 360);
    }

    /**
     * Draws a straight line.
     *
     * @param ends x and y of its start, x and y of its end
     * @param colour its colour
     * @return this drawing
     */
    public Svg line(List<Double> ends, String colour) {
        return add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
                ends.get(0), ends.get(1), ends.get(2), ends.get(3), colour);
    }

    /** Joins points. */
    Svg path(List<Point> points, String colour) {
        StringBuilder joined = new StringBuilder();
        points.forEach(point -> joined.append(String.format(Locale.ROOT, "%.1f,%.1f ", point.x(), point.y())));
        return add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
                joined.toString().strip(), colour);
    }

    /**
     * Draws a dot.
     *
     * @param x its distance from the left
     * @param y its distance from the top
     * @param radius its radius
     * @param colour its colour
     * @return this drawing
     */
    public Svg dot(double x, double y, double radius, String colour) {
        return add(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" fill-opacity=\"0.7\"/>", x, y, radius, colour);
    }

    /**
     * Draws text.
     *
     * @param x the anchor, from the left
     * @param y the base line, from the top
     * @param anchor the part of the text at x: {@code start}, {@code middle} or {@code end}
     * @param words the text
     * @return this drawing
     */
    public Svg text(double x, double y, String anchor, String words) {
        String escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped);
    }

    /**
     * Writes the drawing, whole or not at all.
     *
     * @param file the target file
     * @throws CodnnException if the file cannot be written
     */
    public void write(Path file) {
        try {
            WholeFiles.write(file, (text + "</svg>\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CodnnException("Cannot draw to '" + file + "': " + WholeFiles.reason(e), e);
        }
    }

    private Svg add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }
}
