package io.github.codnn.cli;

import static io.github.codnn.cli.CommandRunner.codnn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.testing.TestData;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Reports as a browser shows them. Skipped where there is no Chromium. */
@EnabledIf(value = "isInstalled", disabledReason = "chromium or chromedriver is not on the path")
class ReportBrowserTest {

    private static final String PLATFORM =
            TestData.root().resolve("docs/platform.json").toString();
    private static final String ARROW = "\ue014";
    private static final String ENTER = "\ue007";

    /** Lists elements that reach beyond the page, but for the content of what scrolls. */
    private static final String OVERFLOW = """
            const width = document.documentElement.clientWidth;
            const found = document.documentElement.scrollWidth > width ? ["page"] : [];
            for (const each of document.querySelectorAll("body *")) {
              const box = each.getBoundingClientRect();
              if (box.width > 0 && box.right > width + 1 && !each.closest(".scroll, .canvas")) {
                found.push(each.tagName + "." + each.getAttribute("class"));
              }
            }
            return found;""";

    /** Lists labels of layers that are wider than their boxes. */
    private static final String CUT_OFF = """
            return [...document.querySelectorAll(".node")].filter(node => {
              const box = node.querySelector(".box").getBoundingClientRect();
              return [...node.querySelectorAll(":scope > text")].some(text => {
                const place = text.getBoundingClientRect();
                return place.right > box.right || place.left < box.left;
              });
            }).map(node => node.getAttribute("aria-label"));""";

    private static Browser browser;
    private static Path page;
    private static String json = "";

    static boolean isInstalled() {
        return Browser.isInstalled();
    }

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        page = folder.resolve("plan.html");
        json = codnn(
                        "plan",
                        "zoo:GoogLeNet",
                        "--platform",
                        PLATFORM,
                        "--strategy",
                        "greedy",
                        "--frames",
                        "50",
                        "--json",
                        "--report",
                        page.toString())
                .out();
        browser = Browser.start(folder.resolve("profile"));
    }

    @AfterAll
    static void close() throws Exception {
        browser.close();
    }

    @Test
    void report_wideAndNarrow_overflowsNowhereAndWritesNothingToTheConsole() throws Exception {
        for (int width : List.of(1280, 390)) {
            browser.open(page, width);

            assertThat(browser.run("return document.documentElement.clientWidth")
                            .asInt())
                    .isEqualTo(width);
            assertThat(browser.run(OVERFLOW)).as("at %d", width).isEmpty();
            assertThat(browser.run(CUT_OFF)).as("at %d", width).isEmpty();
        }

        assertThat(browser.console()).isEmpty();
    }

    @Test
    void report_inBrowser_showsFiguresOfItsJson() throws Exception {
        browser.open(page, 1280);
        JsonNode document = new ObjectMapper().readTree(json);

        JsonNode figures = browser.run("""
                return [...document.querySelectorAll("data[data-json]")]
                    .map(each => [each.dataset.json, Number(each.value)]);""");

        assertThat(figures.size()).isGreaterThan(20);
        for (JsonNode figure : figures) {
            assertThat(figure.get(1).asDouble())
                    .as(figure.get(0).asText())
                    .isEqualTo(document.at(figure.get(0).asText()).asDouble());
        }
    }

    @Test
    void network_byKeys_tellsAboutLayersAndUnfoldsABlock() throws Exception {
        browser.open(page, 1280);
        browser.run("document.querySelector('.node').focus()");

        browser.press(ARROW);
        String second = browser.run("return document.querySelector('.info').textContent")
                .asText();
        browser.run("document.querySelector('.block').focus()");
        JsonNode before = browser.run("return document.querySelector('.net').getBoundingClientRect().height");
        browser.press(ENTER, ARROW);
        JsonNode after = browser.run("return document.querySelector('.net').getBoundingClientRect().height");
        String inner = browser.run("return document.activeElement.getAttribute('aria-label')")
                .asText();

        assertThat(second).contains("MACs", "drone");
        assertThat(after.asDouble()).isGreaterThan(before.asDouble());
        assertThat(inner).startsWith("inception_3a/");
        assertThat(browser.run("return document.querySelectorAll('.net [tabindex=\"0\"]').length")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void report_lightAndDark_hasNoFaultThatAxeFinds() throws Exception {
        browser.open(page, 1280);
        for (String theme : List.of("light", "dark")) {
            browser.run("document.documentElement.dataset.theme = '" + theme + "'");

            assertThat(violations()).as(theme).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void reports_ofManyNetworks_overflowNowhere(@TempDir Path folder) throws Exception {
        for (String network : List.of("darknet53", "vit-b-16", "densenet121", "yolov3", "mobilenet-v2")) {
            Path file = folder.resolve(network + ".html");
            codnn(
                    "plan",
                    "zoo:" + network,
                    "--platform",
                    PLATFORM,
                    "--strategy",
                    "greedy",
                    "--report",
                    file.toString());
            for (int width : List.of(1280, 390)) {
                browser.open(file, width);
                browser.run("document.querySelector('[data-do=all]').click()");

                assertThat(browser.run(OVERFLOW)).as("%s at %d", network, width).isEmpty();
                assertThat(browser.run(CUT_OFF)).as("%s at %d", network, width).isEmpty();
                assertThat(violations()).as("%s at %d", network, width).isEmpty();
            }
        }
        assertThat(browser.console()).isEmpty();
    }

    /** Lists the faults that axe-core finds, each with the first element. */
    private static JsonNode violations() throws Exception {
        try (InputStream axe = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"), "axe-core")) {
            browser.run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        JsonNode result = browser.await("axe.run().then(result => done({passes: result.passes.length, violations:"
                + " result.violations.map(each => each.id + ': ' + each.nodes.length + ' '"
                + " + each.nodes[0].html.slice(0, 150) + ' ' + each.nodes[0].failureSummary)}))");
        assertThat(result.path("passes").asInt()).isGreaterThan(15);
        return result.path("violations");
    }
}
