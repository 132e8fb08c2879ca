package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code --quick} prints is compared letter by letter with what the command printed when the document was made: a
 * change of any figure must be looked at. After a wanted change print it again: {@code codnn reproduce --quick}.
 */
class ReproduceCommandTest {

    @TempDir
    private Path folder;

    @Test
    void reproduce_quick_printsTheSameAsBefore() throws IOException {
        CommandRunner.Outcome outcome = CommandRunner.codnn("reproduce", "--quick", "--out", folder.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        Path expected = Path.of("src", "test", "resources", "reproduction-small.md");
        assertThat(outcome.out()).isEqualToNormalizingNewlines(Files.readString(expected));
        assertThat(Files.readString(Path.of("..", "docs", "reproduction.md")))
                .contains(section(outcome.out(), 2), section(outcome.out(), 3), section(outcome.out(), 5));
        assertThat(folder.resolve("reproduction.md")).content().isEqualToNormalizingNewlines(outcome.out());
        assertThat(folder.resolve("deadlines.csv")).content().startsWith("strategy,devices at 1.05,");
        assertThat(folder.resolve("deadlines.svg")).content().startsWith("<svg").endsWith("</svg>\n");
    }

    @Test
    void reproduce_measurementsThatAreNotThere_isRefused() {
        CommandRunner.Outcome outcome = CommandRunner.codnn("reproduce", "--quick", "--measurements", "nowhere.csv");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("nowhere.csv").hasLineCount(1);
    }

    /** What the effort has no part in stands letter by letter in the guide, too. */
    private static String section(String document, int number) {
        int start = document.indexOf("## " + number + ". ");
        return document.substring(start, document.indexOf("## " + (number + 1) + ". "));
    }
}
