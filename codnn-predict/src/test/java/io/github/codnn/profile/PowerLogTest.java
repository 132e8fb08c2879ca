package io.github.codnn.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.CodnnException;
import io.github.codnn.predict.Measurement;
import io.github.codnn.predict.Measurements;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerLogTest {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    private Path folder;

    private static PowerLog log(String rows) throws IOException {
        return PowerLog.read(new StringReader("time,volts,watts\n" + rows), "the log");
    }

    private static Measurement.Span span(double from, double until) {
        return new Measurement.Span(at(from), at(until));
    }

    private static Instant at(double seconds) {
        return START.plusNanos(Math.round(seconds * 1e9));
    }

    private static Measurement measured(double seconds, Measurement.Span span) {
        return new Measurement(
                SamplingPlan.withDefaults().layers(1, 1).get(0),
                seconds,
                seconds,
                seconds,
                seconds,
                1,
                0,
                OptionalDouble.empty(),
                Optional.of(span));
    }

    /** The power of a straight line has the mean of its middle, wherever the readings lie. */
    @Property(tries = 200, seed = "1")
    void meanWatts_powerThatRises_isThatOfTheMiddle(
            @ForAll @IntRange(min = 0, max = 900) int from, @ForAll @IntRange(min = 1, max = 100) int length) {
        double[] seconds = new double[101];
        double[] watts = new double[101];
        for (int reading = 0; reading <= 100; reading++) {
            seconds[reading] = START.getEpochSecond() + reading + (reading % 3) * 0.25;
            watts[reading] = 2 + 0.5 * (seconds[reading] - START.getEpochSecond());
        }
        double begin = from / 10.0;
        double end = Math.min(100, begin + length / 10.0);

        OptionalDouble mean = new PowerLog(seconds, watts).meanWatts(span(begin, end));

        assertThat(mean.getAsDouble()).isCloseTo(2 + 0.5 * (begin + end) / 2, within(1e-6));
    }

    @Test
    void meanWatts_stepsBetweenReadings_isTheAreaDividedByTheTime() throws IOException {
        PowerLog log = log("2026-01-31T12:00:00Z,230,4\n2026-01-31T14:00:02+02:00,230,8\n"
                + (START.getEpochSecond() + 3) + ",230,0\n");

        // 4 to 8 W in 2 s are 12 J, 8 to 0 W in 1 s are 4 J.
        assertThat(log.meanWatts(span(0, 3)).getAsDouble()).isCloseTo(16.0 / 3, within(1e-9));
        assertThat(log.meanWatts(span(1, 2)).getAsDouble()).isCloseTo(7, within(1e-9));
    }

    @Test
    void meanWatts_spanBeyondTheLogOrInAGap_isUnknown() throws IOException {
        long start = START.getEpochSecond();
        PowerLog log = log(
                start + ",230,4\n" + (start + 1) + ",230,4\n" + (start + 12) + ",230,4\n" + (start + 13) + ",230,4\n");

        assertThat(log.meanWatts(span(0.5, 1))).hasValue(4);
        assertThat(log.meanWatts(span(12, 13))).hasValue(4);
        assertThat(log.meanWatts(span(0.5, 1.5))).isEmpty();
        assertThat(log.meanWatts(span(2, 3))).isEmpty();
        assertThat(log.meanWatts(span(-1, 0.5))).isEmpty();
        assertThat(log.meanWatts(span(12, 14))).isEmpty();
        assertThat(log.meanWatts(span(0.5, 0.5))).isEmpty();
        assertThat(log("").meanWatts(span(0, 1))).isEmpty();
    }

    @Test
    void join_rows_haveMeanPowerTimesSecondsWhereReadingsSuffice() {
        double[] seconds = new double[21];
        double[] watts = new double[21];
        for (int reading = 0; reading <= 20; reading++) {
            seconds[reading] = START.getEpochSecond() + reading;
            watts[reading] = reading < 10 ? 3 : 5;
        }
        Measurements rows = Measurements.of(List.of(
                measured(0.5, span(2, 8)),
                measured(0.5, span(12, 18)),
                measured(0.5, span(12.1, 12.9)),
                measured(0.5, span(15, 25)),
                Measurement.of(SamplingPlan.withDefaults().layers(1, 1).get(0), 0.5)));

        PowerLog.Joined joined = new PowerLog(seconds, watts).join(rows);

        assertThat(joined.measurements().rows().stream().map(Measurement::joules))
                .containsExactly(
                        OptionalDouble.of(1.5),
                        OptionalDouble.of(2.5),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty());
        assertThat(joined.added()).isEqualTo(2);
        assertThat(joined.tooShort()).isEqualTo(1);
        assertThat(joined.outside()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the file is empty",
                "'time,power' | one column 'watts'",
                "'time,watts,watts' | one column 'watts'",
                "'time,watts\nyesterday,3' | time must be a number of zero or greater, but is 'yesterday'",
                "'time,watts\n2026-13-31T12:00:00Z,3' | seconds since 1970, but is '2026-13-31T12:00:00Z'",
                "'time,watts\n10,NaN' | watts must be a number",
                "'time,watts\n10,-3' | watts must be a number of zero or greater, but is '-3'",
                "'time,watts\n10,1e999' | watts must be",
                "'time,watts\n10,3\n10,3' | line 3: time must be later than in the line before",
                "'time,watts\n10' | the row has 1 fields"
            })
    void read_wrongFile_saysWhatIsWrong(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("log.csv"), text);

        assertThatThrownBy(() -> PowerLog.read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("log.csv")
                .hasMessageContaining(message);
    }

    @Test
    void read_missingFile_isNamed() {
        assertThatThrownBy(() -> PowerLog.read(folder.resolve("none.csv")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("none.csv");
    }
}
