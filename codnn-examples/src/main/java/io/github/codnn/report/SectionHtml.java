package io.github.codnn.report;

import io.github.codnn.chart.Markup;
import java.util.List;

/** Renders sections. */
final class SectionHtml {

    private SectionHtml() {}

    static void add(Section section, Markup page) {
        if (section instanceof Section.Figures figures) {
            figures(figures, page);
        } else if (section instanceof Section.Table table) {
            table(table, page);
        } else if (section instanceof Section.Networks networks) {
            NetworkSvg.add(networks, page);
        } else if (section instanceof Section.Gantt gantt) {
            TimelineSvg.add(gantt.timeline(), page);
        } else if (section instanceof Section.Chart chart) {
            page.open("div", "class", "scroll", "tabindex", 0, "role", "group", "aria-label", chart.title());
            page.raw(chart.chart().svg()).close();
        } else if (section instanceof Section.Sentences sentences) {
            page.open("ul", "class", "sentences");
            sentences.lines().forEach(line -> page.element("li", line));
            page.close();
        }
    }

    private static void figures(Section.Figures figures, Markup page) {
        page.open("dl", "class", "figures");
        for (Section.Named named : figures.figures()) {
            page.open("div").element("dt", named.name()).open("dd");
            figure(named.cell(), page);
            if (!named.remark().isEmpty()) {
                page.element("small", named.remark());
            }
            page.close().close();
        }
        page.close();
    }

    private static void table(Section.Table table, Markup page) {
        page.open("div", "class", "scroll", "tabindex", 0, "role", "group", "aria-label", table.title());
        page.open("table").open("thead").open("tr");
        for (int column = 0; column < table.columns().size(); column++) {
            page.element("th", table.columns().get(column), "scope", "col", "class", kind(table, column));
        }
        page.close().close().open("tbody");
        for (List<Cell> row : table.rows()) {
            page.open("tr");
            for (int column = 0; column < row.size(); column++) {
                boolean isHead = column == 0;
                page.open(isHead ? "th" : "td", isHead ? "scope" : "class", isHead ? "row" : kind(table, column));
                cell(row.get(column), page);
                page.close();
            }
            page.close();
        }
        page.close().close().close();
    }

    /** Figures stand to the right, below one another; names to the left; sentences have several lines. */
    private static String kind(Section.Table table, int column) {
        boolean isFigure = table.rows().stream()
                .map(row -> row.get(column))
                .anyMatch(cell -> cell.value().isPresent());
        boolean isSentence = table.rows().stream().map(row -> row.get(column)).anyMatch(Cell::isSentence);
        return isFigure ? "figure" : isSentence ? "sentence" : "name";
    }

    private static void cell(Cell cell, Markup page) {
        if (cell.bar().isPresent()) {
            page.open(
                    "svg",
                    "class",
                    "bar",
                    "viewBox",
                    "0 0 100 10",
                    "preserveAspectRatio",
                    "none",
                    "aria-hidden",
                    "true");
            page.empty("rect", "class", "track", "width", 100, "height", 10);
            String fill = cell.colourClass().orElse("plain");
            page.empty(
                    "rect", "class", "fill " + fill, "width", 100 * cell.bar().getAsDouble(), "height", 10);
            page.close();
        } else {
            cell.colourClass().ifPresent(colour -> badge(cell.colour(), page));
        }
        figure(cell, page);
    }

    /** Adds the number of a device on its colour. */
    static void badge(int device, Markup page) {
        page.element("span", String.valueOf(device + 1), "class", "badge " + Palette.cssClass(device));
    }

    private static void figure(Cell cell, Markup page) {
        if (cell.value().isEmpty()) {
            page.element("span", cell.text());
        } else if (cell.pointer().isEmpty()) {
            page.element("data", cell.text(), "value", cell.value().getAsDouble() + "");
        } else {
            page.element("data", cell.text(), "value", cell.value().getAsDouble() + "", "data-json", cell.pointer());
        }
    }
}
