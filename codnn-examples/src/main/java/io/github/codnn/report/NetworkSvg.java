package io.github.codnn.report;

import io.github.codnn.chart.Markup;
import java.util.List;

/** Renders drawings of networks. The script of the page makes room when a block unfolds. */
final class NetworkSvg {

    private static final int NAME_LETTERS = 22;
    private static final int KIND_LETTERS = 22;
    private static final double BADGE = 15;
    private static final int MOST_BADGES = 4;

    private final Markup page;

    private NetworkSvg(Markup page) {
        this.page = page;
    }

    /** Adds the networks of all tasks and the names of the devices. */
    static void add(Section.Networks networks, Markup page) {
        legend(networks.devices(), page);
        tip(page);
        boolean isOne = networks.drawings().size() == 1;
        int task = 0;
        for (Drawing drawing : networks.drawings()) {
            if (isOne) {
                graph(drawing, page);
            } else {
                page.open("details", "class", "network").open("summary");
                page.element("span", TimelineSvg.letter(task++) + "  " + drawing.title(), "class", "task");
                strip(drawing, page);
                page.close();
                graph(drawing, page);
                page.close();
            }
        }
    }

    /** Adds a bar with the computing time of each device, to compare networks without unfolding them. */
    private static void strip(Drawing drawing, Markup page) {
        double all =
                drawing.shares().stream().mapToDouble(Drawing.Share::seconds).sum();
        page.open(
                "svg",
                "class",
                "strip",
                "viewBox",
                "0 0 1000 10",
                "preserveAspectRatio",
                "none",
                "aria-hidden",
                "true");
        double left = 0;
        for (Drawing.Share share : drawing.shares()) {
            double width = all > 0
                    ? 1000 * share.seconds() / all
                    : 1000.0 / drawing.shares().size();
            page.empty(
                    "rect",
                    "class",
                    "fill " + Palette.cssClass(share.device()),
                    "x",
                    left,
                    "width",
                    width,
                    "height",
                    10);
            left += width;
        }
        page.close();
    }

    private static void graph(Drawing drawing, Markup page) {
        page.open("div", "class", "graph");
        page.open("div", "class", "tools", "hidden", "");
        tool(page, "in", "+", "Zoom in");
        tool(page, "out", "−", "Zoom out");
        tool(page, "fit", "Fit", "Fit to the width");
        tool(page, "all", "Unfold all", "Unfold or fold all blocks");
        page.close();
        page.open("div", "class", "canvas", "tabindex", 0, "role", "group", "aria-label", "Network " + drawing.title());
        page.open(
                "svg",
                "class",
                "net",
                "width",
                drawing.width(),
                "height",
                drawing.height(),
                "viewBox",
                "0 0 " + Markup.number(drawing.width()) + " " + Markup.number(drawing.height()));
        new NetworkSvg(page).drawing(drawing);
        page.close().close();
        page.element(
                "p",
                "Point at a layer, or move to one by key, to read about it.",
                "class",
                "info",
                "aria-live",
                "polite");
        page.close();
    }

    /** Adds the arrow head of all wires once. */
    private static void tip(Markup page) {
        page.raw("<svg class=\"tip\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><marker id=\"tip\""
                + " viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\""
                + " markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
                + "<path d=\"M0 0.5L8 4L0 7.5z\"/></marker></defs></svg>");
    }

    private static void legend(List<String> devices, Markup page) {
        page.open("ul", "class", "legend");
        for (int device = 0; device < devices.size(); device++) {
            page.open("li");
            SectionHtml.badge(device, page);
            page.element("span", devices.get(device)).close();
        }
        page.close();
    }

    private static void tool(Markup page, String name, String sign, String what) {
        page.element("button", sign, "type", "button", "data-do", name, "aria-label", what, "title", what);
    }

    private void drawing(Drawing drawing) {
        page.open("g", "class", "drawing", "data-w", drawing.width(), "data-h", drawing.height());
        drawing.wires().forEach(this::wire);
        drawing.nodes().forEach(this::node);
        page.close();
    }

    private void wire(Drawing.Wire wire) {
        StringBuilder points = new StringBuilder();
        wire.points()
                .forEach(point -> points.append(points.length() == 0 ? "" : " ")
                        .append(Markup.number(point.x()))
                        .append(',')
                        .append(Markup.number(point.y())));
        page.empty(
                "polyline",
                "class",
                wire.leavesDevice() ? "wire far" : "wire",
                "points",
                points,
                "data-from",
                wire.from(),
                "data-to",
                wire.to(),
                "marker-end",
                "url(#tip)");
        if (wire.leavesDevice() && !wire.points().isEmpty()) {
            Drawing.Point at = wire.labelAt();
            page.element("text", wire.label(), "class", "size", "x", at.x(), "y", at.y(), "text-anchor", "end");
        }
    }

    private void node(Drawing.Node node) {
        boolean isBlock = node.inside().isPresent();
        boolean isOne = node.devices().size() == 1;
        page.open(
                "g",
                "class",
                (isBlock ? "node block " : "node ")
                        + (isOne ? Palette.cssClass(node.devices().get(0)) : "mixed"),
                "role",
                isBlock ? "button" : "img",
                "tabindex",
                -1,
                "aria-label",
                node.detail(),
                isBlock ? "aria-expanded" : "data-layer",
                isBlock ? "false" : "",
                "transform",
                "translate(" + Markup.number(node.at().x()) + " "
                        + Markup.number(node.at().y()) + ")");
        page.empty("rect", "class", "box", "width", Drawing.Node.WIDTH, "height", Drawing.Node.HEIGHT, "rx", 5);
        page.element(
                "text",
                shortened(
                        node.name(),
                        NAME_LETTERS - 2 * Math.min(MOST_BADGES, node.devices().size())),
                "class",
                "name",
                "x",
                9,
                "y",
                18);
        page.element(
                "text", shortened(node.kind(), KIND_LETTERS - node.time().length()), "class", "kind", "x", 9, "y", 36);
        badges(node.devices());
        page.element("text", node.time(), "class", "kind", "x", Drawing.Node.WIDTH - 9, "y", 36, "text-anchor", "end");
        node.inside().ifPresent(this::drawing);
        page.close();
    }

    private void badges(List<Integer> devices) {
        double left = Drawing.Node.WIDTH - BADGE * Math.min(MOST_BADGES, devices.size());
        for (int device : devices.subList(0, Math.min(MOST_BADGES, devices.size()))) {
            page.open("g", "class", "chip " + Palette.cssClass(device));
            page.empty("rect", "x", left, "width", BADGE, "height", BADGE, "rx", 3);
            page.element("text", String.valueOf(device + 1), "x", left + BADGE / 2, "y", 11.5, "text-anchor", "middle");
            page.close();
            left += BADGE;
        }
    }

    /** Leaves out the middle of a long name: what differs stands at its end mostly. */
    private static String shortened(String name, int letters) {
        int length = name.codePointCount(0, name.length());
        if (length <= letters) {
            return name;
        }
        int end = name.offsetByCodePoints(0, letters / 3);
        int begin = name.offsetByCodePoints(0, length - (letters - letters / 3 - 1));
        return name.substring(0, end) + "…" + name.substring(begin);
    }
}
