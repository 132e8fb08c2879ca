package io.github.codnn.report;

import com.google.common.base.Suppliers;
import io.github.codnn.chart.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** The HTML document around the sections of a report. */
final class Page {

    private static final int MOST_LINKS = 16;
    private static final Supplier<String> STYLE = Suppliers.memoize(() -> resource("report.css"));
    private static final Supplier<String> SCRIPT = Suppliers.memoize(() -> resource("report.js"));

    private Page() {}

    /** Renders a document. */
    static String of(String title, String summary, List<Section> sections) {
        Markup page = new Markup();
        page.raw("<!DOCTYPE html>\n").open("html", "lang", "en");
        head(page, title);
        page.open("body");
        page.raw("\n").open("header");
        page.element("h1", title).element("p", summary, "class", "summary");
        page.element("button", "Dark or light", "type", "button", "id", "theme", "hidden", "");
        contents(page, sections);
        page.close().raw("\n").open("main");
        int number = 1;
        for (Section section : sections) {
            page.raw("\n")
                    .open(
                            "section",
                            "id",
                            "s" + number,
                            "class",
                            section.isWide() ? "wide" : "half",
                            "aria-labelledby",
                            "h" + number);
            page.element("h2", section.title(), "id", "h" + number++);
            if (!section.note().isEmpty()) {
                page.element("p", section.note(), "class", "note");
            }
            SectionHtml.add(section, page);
            page.close();
        }
        page.close().raw("\n");
        page.element("footer", "Made by CoDNN. Times are in closed form unless a heading says otherwise.");
        page.raw("<script>" + SCRIPT.get() + "</script>\n");
        return page.close().close().raw("\n").toString();
    }

    private static void head(Markup page, String title) {
        page.raw("\n").open("head").raw("<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\"");
        page.raw(" content=\"default-src 'none'; style-src '" + digest(STYLE.get()) + "'; script-src '"
                + digest(SCRIPT.get()) + "'; base-uri 'none'; form-action 'none'\"/>\n");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        page.raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
        page.element("title", title + " – CoDNN");
        page.raw("\n<style>" + STYLE.get() + "</style>").close();
    }

    /** Links to the sections; of many, not to tables and charts, which follow the text that they belong to. */
    private static void contents(Markup page, List<Section> sections) {
        page.open("nav", "aria-label", "Sections").open("ul");
        int number = 1;
        boolean isLong = sections.size() > MOST_LINKS;
        for (Section section : sections) {
            boolean isDetail = section instanceof Section.Table || section instanceof Section.Chart;
            if (number == 1 || !isLong || !isDetail) {
                page.open("li")
                        .element("a", section.title(), "href", "#s" + number)
                        .close();
            }
            number++;
        }
        page.close().close();
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Reads a resource; a browser hashes it with the line breaks of a script, which are line feeds. */
    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
