package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.CodnnException;
import io.github.codnn.testing.TestData;
import io.github.codnn.units.Units;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

    private static final String PLATFORM =
            TestData.root().resolve("docs/platform.json").toString();

    @ParameterizedTest
    @CsvSource({"200ms, 0.2", "0.5, 0.5", "2 s, 2", "1.5min, 90", "1h, 3600", "250us, 2.5e-4", "1e-3s, 1e-3", "0, 0"})
    void seconds_asPeopleTypeThem_areRead(String text, double seconds) {
        assertThat(Units.seconds(text)).isCloseTo(seconds, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "18.88Mbit/s, 2.36e6",
        "2.5MB/s, 2.5e6",
        "8Mbps, 1e6",
        "1Gbit/s, 1.25e8",
        "1 KiB/s, 1024",
        "100mbit/s, 1.25e7",
        "8b/s, 1",
        "1kB/s, 1000",
        "1MiB/s, 1048576"
    })
    void rate_asPeopleTypeIt_isRead(String text, double bytesPerSecond) {
        assertThat(Units.bytesPerSecond(text)).isCloseTo(bytesPerSecond, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"512MiB, 536870912", "1.5MB, 1500000", "200000, 200000", "2GiB, 2147483648", "64kb, 64000", "7 B, 7"})
    void bytes_asPeopleTypeThem_areRead(String text, long bytes) {
        assertThat(Units.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "1e3, 1000", "-5, -5", "2.5e2, 250", "9223372036854775807, 9223372036854775807"})
    void count_wholeNumber_isRead(String text, long count) {
        assertThat(Units.count(text)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ms", "-1s", "1x", "1,5s", "NaN", "1e400s", "5 apples", "1e308d", "0x10"})
    void seconds_notATime_areRefused(String text) {
        assertThatThrownBy(() -> Units.seconds(text))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("is not a time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.5", "1e-1", "1e19", "1e999999999", "ten", "1 2"})
    void count_notAWholeNumber_isRefused(String text) {
        assertThatThrownBy(() -> Units.count(text))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("is not a whole number");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plan zoo:alexnet --platform P --deadline soon             | 'soon' is not a time, as in 30ms
            plan zoo:alexnet --platform P --frames many               | 'many' is not a whole number, as in 1000 or 1e3
            plan zoo:alexnet --platform P --budget often              | --budget must be a positive number of evaluations
            plan --task zoo:alexnet,deadline=soon --platform P        | deadline must be a time, as in 30ms or 0.5s
            serve x.onnx --max-request huge                           | 'huge' is not a size, as in 512MiB
            serve x.onnx --timeout 500ms                              | '500ms' is not a number of whole seconds
            """)
    void option_valueWithoutMeaning_isExplained(String line, String message) {
        CommandRunner.Outcome outcome =
                CommandRunner.codnn(line.replace(" P", " " + PLATFORM).split(" "));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
    }
}
