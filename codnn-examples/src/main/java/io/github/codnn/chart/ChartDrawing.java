package io.github.codnn.chart;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws a chart as SVG. */
final class ChartDrawing {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int LEFT = 78;
    private static final int RIGHT = 24;
    private static final int TOP = 56;
    private static final int BOTTOM = 56;
    private static final int FEW = 3; // lines
    private static final int LEGEND = 220;
    private static final int LEGEND_LINE = 20;
    private static final int COLUMNS = 3; // of a legend below the axes
    private static final int LEGEND_LETTERS = 26;
    private static final double LETTER = 6.6; // pixels
    private static final double MANY_DOTS = 60;
    private static final String[] COLOURS = {
        "#0072b2", "#c75000", "#007a5a", "#a3447f", "#7a6a00", "#4b5fc4", "#6b6b6b", "#00808f"
    };

    private final LineChart chart;
    private final Markup markup = new Markup();
    private final PlotAxis x;
    private final PlotAxis y;
    private final List<double[]> labels = new ArrayList<>(); // left, top, right, bottom
    private final List<double[]> corners = new ArrayList<>(); // of the lines: from left, top to left, top
    private boolean isLegendBelow;

    ChartDrawing(LineChart chart) {
        this.chart = chart;
        List<Double> widths = new ArrayList<>();
        List<Double> heights = new ArrayList<>();
        for (LineChart.Series line : chart.series()) {
            for (LineChart.Point point : line.points()) {
                widths.add(point.x());
                heights.addAll(List.of(point.y() - point.error(), point.y() + point.error()));
            }
        }
        x = new PlotAxis(chart.across(), widths, LEFT, WIDTH - RIGHT);
        y = new PlotAxis(chart.up(), heights, HEIGHT - BOTTOM, TOP);
    }

    String standalone() {
        int width = WIDTH + (hasLegend() ? LEGEND : 0);
        int height = Math.max(HEIGHT, TOP + LEGEND_LINE * chart.series().size() + 20);
        markup.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                width,
                "height",
                height,
                "viewBox",
                "0 0 " + width + " " + height,
                "font-family",
                "sans-serif",
                "font-size",
                13);
        markup.element("title", chart.title());
        markup.empty("rect", "width", "100%", "height", "100%", "fill", "white");
        markup.element("text", chart.title(), "x", LEFT, "y", 20, "font-size", 15, "font-weight", "bold");
        draw();
        return markup.close().toString();
    }

    /** In a page the names stand below the axes, so that they are in sight on a phone, too. */
    String inline() {
        isLegendBelow = true;
        int width = WIDTH;
        int rows = hasLegend() ? (chart.series().size() + COLUMNS - 1) / COLUMNS : 0;
        int height = HEIGHT + LEGEND_LINE * rows + (rows > 0 ? 8 : 0);
        markup.open(
                "svg",
                "class",
                "chart",
                "viewBox",
                "0 0 " + width + " " + height,
                "role",
                "img",
                "aria-label",
                chart.title());
        draw();
        return markup.close().toString();
    }

    /** Tells whether the names of the lines stand beside the axes; a few stand above them. */
    private boolean hasLegend() {
        return chart.series().size() > FEW;
    }

    private void draw() {
        grid();
        for (int index = 0; index < chart.series().size(); index++) {
            draw(index);
        }
        labels();
        if (hasLegend()) {
            legend();
        } else if (chart.series().size() > 1) {
            names();
        }
    }

    private void grid() {
        x.forEachTick((pixel, label) -> {
            line(pixel, TOP, pixel, HEIGHT - BOTTOM, "grid", "#dddddd");
            text(pixel, HEIGHT - BOTTOM + 18, "middle", label);
        });
        y.forEachTick((pixel, label) -> {
            line(LEFT, pixel, WIDTH - RIGHT, pixel, "grid", "#dddddd");
            text(LEFT - 8, pixel + 4, "end", label);
        });
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", chart.across().quantity());
        markup.element(
                "text",
                chart.up().quantity(),
                "transform",
                "translate(14 " + (TOP + HEIGHT - BOTTOM) / 2 + ") rotate(-90)",
                "text-anchor",
                "middle");
    }

    private void draw(int index) {
        LineChart.Series series = chart.series().get(index);
        List<LineChart.Point> points = series.points().stream()
                .filter(point -> x.has(point.x()) && y.has(point.y()))
                .toList();
        String colour = COLOURS[index % COLOURS.length];
        String kind = "s" + index % COLOURS.length;
        boolean isRule = series.style() == LineChart.Style.RULE;
        if (series.style() != LineChart.Style.DOTS) {
            markup.empty(
                    "polyline",
                    "class",
                    "line " + kind,
                    "points",
                    path(points, series.style()),
                    "fill",
                    "none",
                    "stroke",
                    colour,
                    "stroke-width",
                    isRule ? 1.5 : 2.0,
                    "stroke-dasharray",
                    isRule ? "6 4" : "none");
        }
        for (LineChart.Point point : points) {
            if (!isRule) {
                dot(x.at(point.x()), y.at(point.y()), points.size() > MANY_DOTS ? 2.2 : 3.5, kind, colour);
            }
            if (point.error() > 0) {
                double from = y.at(point.y() - point.error());
                line(x.at(point.x()), from, x.at(point.x()), y.at(point.y() + point.error()), "line " + kind, colour);
            }
        }
    }

    private String path(List<LineChart.Point> points, LineChart.Style style) {
        List<double[]> places = new ArrayList<>();
        for (LineChart.Point point : points) {
            if (style == LineChart.Style.STEPS && !places.isEmpty()) {
                places.add(new double[] {x.at(point.x()), places.get(places.size() - 1)[1]});
            }
            places.add(new double[] {x.at(point.x()), y.at(point.y())});
        }
        for (int index = 1; index < places.size(); index++) {
            double[] before = places.get(index - 1);
            double[] after = places.get(index);
            corners.add(new double[] {before[0], before[1], after[0], after[1]});
        }
        return places.stream().map(place -> corner(place[0], place[1])).collect(Collectors.joining(" "));
    }

    private static String corner(double left, double top) {
        return Markup.number(left) + "," + Markup.number(top);
    }

    /** Writes the labels of points where they cover neither one another nor a line nor the frame. */
    private void labels() {
        Set<String> written = new HashSet<>(); // Lines that end at one value need one label.
        for (LineChart.Series series : chart.series()) {
            List<LineChart.Point> points = series.points().stream()
                    .filter(point -> !point.label().isEmpty() && x.has(point.x()) && y.has(point.y()))
                    .collect(Collectors.toCollection(ArrayList::new));
            if (points.size() > 2) { // The ends matter most.
                points.add(1, points.remove(points.size() - 1));
            }
            points.stream().filter(point -> written.add(point.label())).forEach(this::label);
        }
    }

    private void label(LineChart.Point point) {
        double width = point.label().length() * LETTER;
        double at = x.at(point.x());
        double height = y.at(point.y());
        for (double base : new double[] {height - 7, height + 17}) {
            for (double left : new double[] {at + 8, at - 8 - width}) {
                double[] box = {left, base - 12, left + width, base + 3};
                if (left >= LEFT && box[2] <= WIDTH && box[3] < HEIGHT - BOTTOM + 5 && isFree(box)) {
                    labels.add(box);
                    text(left, base, "start", point.label());
                    return;
                }
            }
        }
    }

    private boolean isFree(double[] box) {
        return labels.stream()
                        .noneMatch(other ->
                                box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])
                && corners.stream().noneMatch(line -> crosses(line, box));
    }

    /** Tells whether a line has a point inside of a box: clips the line at its four sides. */
    private static boolean crosses(double[] line, double[] box) {
        double from = 0;
        double to = 1;
        for (int axis = 0; axis < 2; axis++) {
            double way = line[axis + 2] - line[axis];
            double low = box[axis] - line[axis];
            double high = box[axis + 2] - line[axis];
            if (way == 0 && (low > 0 || high < 0)) {
                return false;
            }
            if (way != 0) {
                from = Math.max(from, Math.min(low / way, high / way));
                to = Math.min(to, Math.max(low / way, high / way));
            }
        }
        return from <= to;
    }

    private void legend() {
        for (int index = 0; index < chart.series().size(); index++) {
            if (isLegendBelow) {
                double column = (double) (WIDTH - LEFT) / COLUMNS * (index % COLUMNS);
                entry(index, LEFT + column, HEIGHT + 8.0 + LEGEND_LINE * (index / COLUMNS));
            } else {
                entry(index, WIDTH, TOP + 6 + (double) (LEGEND_LINE * index));
            }
        }
    }

    private void names() {
        double left = LEFT + 8;
        for (int index = 0; index < chart.series().size(); index++) {
            entry(index, left, TOP - 16);
            left += 40
                    + LETTER
                            * Math.min(
                                    LEGEND_LETTERS,
                                    chart.series().get(index).name().length());
        }
    }

    private void entry(int index, double left, double top) {
        LineChart.Series series = chart.series().get(index);
        String colour = COLOURS[index % COLOURS.length];
        String kind = "s" + index % COLOURS.length;
        if (series.style() == LineChart.Style.RULE) {
            line(left - 6, top, left + 6, top, "line " + kind, colour);
        } else {
            dot(left, top, 5, kind, colour);
        }
        String name = series.name();
        boolean fits = name.codePointCount(0, name.length()) <= LEGEND_LETTERS;
        String shown = fits ? name : name.substring(0, name.offsetByCodePoints(0, LEGEND_LETTERS - 1)) + "…";
        text(left + 14, top + 4, "start", shown);
    }

    private void dot(double left, double top, double radius, String kind, String colour) {
        markup.empty("circle", "class", "dot " + kind, "cx", left, "cy", top, "r", radius, "fill", colour);
    }

    private void line(double left, double top, double right, double bottom, String kind, String colour) {
        markup.empty("line", "class", kind, "x1", left, "y1", top, "x2", right, "y2", bottom, "stroke", colour);
    }

    private void text(double left, double base, String anchor, String words) {
        markup.element("text", words, "x", left, "y", base, "text-anchor", anchor);
    }
}
