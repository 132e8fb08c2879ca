package io.github.codnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {

    private static final List<String> NAMES =
            List.of("local", "dads", "dbpso", "dblpso-md", "greedy", "raspberry-pi-3b", "raspberry-pi-4b");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dpso | dbpso",
                "DBPSO | dbpso",
                "greddy | greedy",
                "gredey | greedy",
                "locl | local",
                "dblpsomd | dblpso-md",
                "raspberry-pi-4 | raspberry-pi-4b raspberry-pi-3b",
                "rasp | raspberry-pi-3b raspberry-pi-4b"
            })
    void of_mistypedName_isTheNearest(String given, String nearest) {
        assertThat(NearestNames.of(given, NAMES)).containsExactly(nearest.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"xyz", "''", "' '", "--", "x"})
    void of_nothingNear_isNone(String given) {
        assertThat(NearestNames.of(given, NAMES)).isEmpty();
        assertThat(NearestNames.question(given, NAMES)).isEmpty();
    }

    @Test
    void of_textThatIsNoName_isNoneWithoutWork() {
        assertThat(NearestNames.of("a".repeat(1_000_000), NAMES)).isEmpty();
        assertThat(NearestNames.of("local", List.of("local".repeat(100_000)))).isEmpty();
    }

    @Test
    void question_twoNames_joinsThem() {
        assertThat(NearestNames.question("raspberry-pi-4", NAMES))
                .isEqualTo(" Did you mean 'raspberry-pi-4b' or 'raspberry-pi-3b'?");
    }
}
