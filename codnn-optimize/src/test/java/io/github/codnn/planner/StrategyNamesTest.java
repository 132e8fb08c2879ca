package io.github.codnn.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StrategyNamesTest {

    private static final Pattern ROW =
            Pattern.compile("\\| `(?<name>[a-z-]+)` \\| `(?<type>\\w+)(\\.\\w+\\(\\))?` \\| (?<text>[^|]+) \\|.*");

    /** Name, class and description of a strategy. */
    private record Row(String name, String type, String text) {}

    @Test
    void all_inOrder_areTheTableOfTheGuide() throws IOException {
        List<Row> documented;
        try (Stream<String> lines = Files.lines(TestData.root().resolve("docs/strategies.md"))) {
            documented = lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(row -> new Row(row.group("name"), row.group("type"), row.group("text")))
                    .toList();
        }

        assertThat(Strategies.all())
                .extracting(entry ->
                        new Row(entry.name(), entry.strategy().getClass().getSimpleName(), entry.description()))
                .isEqualTo(documented);
    }

    @Test
    void named_eachName_isItsStrategy() {
        for (Strategies.Entry entry : Strategies.all()) {
            assertThat(Strategies.named(entry.name())).isSameAs(entry.strategy());
        }
    }

    @Test
    void named_unknown_listsTheNames() {
        assertThatThrownBy(() -> Strategies.named("magic"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("magic")
                .hasMessageContaining("dbpso");
    }
}
