package io.github.codnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.json.PlatformJson;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java block in the guides is a region of an example, which other tests run. */
class DocumentationTest {

    private static final Path ROOT = TestData.root();
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern JSON_BLOCK = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FENCED = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(((?!https?:|mailto:)[^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*?)\\s*$", Pattern.MULTILINE);
    private static final Pattern REGION =
            Pattern.compile("// region ([\\w-]+)\\n(.*?)\\n *// endregion", Pattern.DOTALL);

    static Stream<Path> guides() throws IOException {
        List<Path> guides = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(path -> path.toString().endsWith(".md")).sorted().forEach(guides::add);
        }
        return guides.stream();
    }

    @ParameterizedTest
    @MethodSource("guides")
    void javaBlock_inGuide_isRegionOfAnExample(Path guide) {
        List<String> regions = regions();

        for (MatchResult block : JAVA_BLOCK.matcher(read(guide)).results().toList()) {
            assertThat(regions).contains(normalised(block.group(1)));
        }
    }

    /** Links between files of the repository, and to headings in them. */
    @ParameterizedTest
    @MethodSource("guides")
    void link_inGuide_leadsSomewhere(Path guide) {
        String text = FENCED.matcher(read(guide)).replaceAll("");
        for (MatchResult link : LINK.matcher(text).results().toList()) {
            String[] parts = link.group(1).split("#", 2);
            Path target = parts[0].isEmpty() ? guide : guide.resolveSibling(parts[0]);
            assertThat(target).as(guide + ": " + link.group(1)).exists();
            if (parts.length == 2) {
                assertThat(headings(target)).as(guide + ": " + link.group(1)).contains(parts[1]);
            }
        }
    }

    /** Whoever copies a platform from a guide can plan with it. */
    @ParameterizedTest
    @MethodSource("guides")
    void platform_inGuide_isRead(Path guide, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("platform.json");
        for (MatchResult block : JSON_BLOCK.matcher(read(guide)).results().toList()) {
            if (block.group(1).contains("codnn-platform/1")) {
                Files.writeString(file, block.group(1));

                assertThat(PlatformJson.read(file).platform().devices())
                        .as(guide.toString())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void menuOfTheSite_hasEveryGuide() throws IOException {
        String menu = read(ROOT.resolve("docs/site.xml"));
        try (Stream<Path> guides = Files.list(ROOT.resolve("docs"))) {
            assertThat(guides.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".md")))
                    .allMatch(name -> menu.contains('"' + name.replace(".md", ".html") + '"'));
        }
    }

    /** Returns the anchors of the headings as the repository's web page makes them. */
    private static List<String> headings(Path guide) {
        return HEADING.matcher(FENCED.matcher(read(guide)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void readme_firstJavaBlock_isTheQuickstart() {
        assertThat(JAVA_BLOCK.matcher(read(ROOT.resolve("README.md"))).results())
                .hasSize(1);
    }

    /** Regions of one file belong together, in their order. */
    private static List<String> regions() {
        List<String> regions = new ArrayList<>();
        for (String sources : List.of("main", "test")) {
            Path examples = ROOT.resolve("codnn-examples/src/" + sources + "/java/io/github/codnn/examples");
            try (Stream<Path> files = Files.list(examples)) {
                files.sorted().forEach(file -> {
                    List<String> parts = REGION.matcher(read(file))
                            .results()
                            .map(region -> normalised(region.group(2)))
                            .toList();
                    regions.addAll(parts);
                    regions.add(String.join(" ", parts));
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return regions;
    }

    /** Takes away indentation, line breaks within statements and blank lines: layout is the formatter's business. */
    private static String normalised(String code) {
        return code.strip().replaceAll("\\s+", " ").replaceAll("\\( ", "(").replaceAll(" \\.", ".");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
