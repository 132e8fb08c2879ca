package io.github.codnn.report;

import io.github.codnn.chart.Markup;
import io.github.codnn.chart.Ticks;
import java.util.stream.IntStream;

/** Renders a timeline. */
final class TimelineSvg {

    private static final double WIDTH = 1100;
    private static final double NAMES = 190;
    private static final double BUSY = 76;
    private static final double ROW = 30;
    private static final double BAR = 20;
    private static final double TOP = 28;
    private static final double LETTER = 7;
    private static final int NAME_LETTERS = 24;
    private static final double PLOT = WIDTH - NAMES - BUSY;

    private final Timeline timeline;
    private final Markup page;
    private final Ticks ticks;

    private TimelineSvg(Timeline timeline, Markup page) {
        this.timeline = timeline;
        this.page = page;
        ticks = Ticks.over(0, timeline.endSeconds(), 8);
    }

    static void add(Timeline timeline, Markup page) {
        new TimelineSvg(timeline, page).draw();
    }

    private double x(double seconds) {
        return NAMES + seconds / timeline.endSeconds() * PLOT;
    }

    private void draw() {
        double height = TOP + ROW * timeline.rows().size() + 6;
        page.open("div", "class", "scroll", "tabindex", 0, "role", "group", "aria-label", "Timeline");
        page.open("svg", "class", "gantt", "viewBox", "0 0 " + Markup.number(WIDTH) + " " + Markup.number(height));
        for (double tick : ticks.values()) {
            if (tick <= timeline.endSeconds() * (1 + 1e-9)) {
                page.empty("line", "class", "grid", "x1", x(tick), "y1", TOP - 6, "x2", x(tick), "y2", height);
                page.element("text", ticks.label(tick, "s"), "x", x(tick), "y", 14, "text-anchor", "middle");
            }
        }
        page.element("text", "busy", "x", WIDTH - 4, "y", 14, "text-anchor", "end");
        IntStream.range(0, timeline.rows().size()).forEach(this::row);
        page.close().close();
        page.element("p", "Point at a bar to read about it.", "class", "info", "aria-live", "polite");
    }

    private void row(int index) {
        Timeline.Row row = timeline.rows().get(index);
        double top = TOP + ROW * index;
        String colour = row.colour() < 0 ? "plain" : Palette.cssClass(row.colour());
        page.open("g", "class", (row.bottleneck() ? "row bottleneck " : "row ") + colour);
        page.empty("rect", "class", "lane", "x", 0, "y", top, "width", WIDTH, "height", ROW - 2);
        String name = row.bottleneck() ? "▶ " + row.name() : row.name();
        page.element("text", shortened(name), "class", "name", "x", 6, "y", top + 19);
        for (Timeline.Bar bar : row.bars()) {
            bar(row, bar, top + (ROW - 2 - BAR) / 2);
        }
        double share = row.busySeconds() / timeline.endSeconds();
        page.element(
                "text",
                Math.round(share * 100) + " %",
                "class",
                "name",
                "x",
                WIDTH - 6,
                "y",
                top + 19,
                "text-anchor",
                "end");
        page.close();
    }

    private void bar(Timeline.Row row, Timeline.Bar bar, double top) {
        double left = x(bar.startSeconds());
        double width = Math.max(0.75, x(bar.endSeconds()) - left);
        String task = timeline.tasks().get(bar.task());
        String number = timeline.tasks().size() == 1 ? "" + bar.frame() : letter(bar.task()) + bar.frame();
        String detail = "Frame " + bar.frame() + " of " + task + " on " + row.name() + ": " + bar.detail() + ", from "
                + Cell.duration(bar.startSeconds()) + " to " + Cell.duration(bar.endSeconds());
        page.open(
                "g",
                "class",
                bar.frame() % 2 == 0 ? "busy even" : "busy",
                "data-frame",
                number,
                "aria-label",
                detail,
                "role",
                "img");
        page.empty("rect", "x", left, "y", top, "width", width, "height", BAR, "rx", Math.min(2, width / 3));
        if (width >= number.length() * LETTER + 4) {
            page.element("text", number, "x", left + width / 2, "y", top + 14.5, "text-anchor", "middle");
        }
        page.close();
    }

    /** Returns A to Z, then AA and so on. */
    static String letter(int index) {
        String last = String.valueOf((char) ('A' + index % 26));
        return index < 26 ? last : letter(index / 26 - 1) + last;
    }

    private static String shortened(String name) {
        int length = name.codePointCount(0, name.length());
        return length <= NAME_LETTERS ? name : name.substring(0, name.offsetByCodePoints(0, NAME_LETTERS - 1)) + "…";
    }
}
