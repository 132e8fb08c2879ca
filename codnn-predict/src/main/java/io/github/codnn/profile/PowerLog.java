package io.github.codnn.profile;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.CsvLines;
import io.github.codnn.predict.Measurement;
import io.github.codnn.predict.Measurements;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The readings of a wattmeter over time, for machines that have no energy counter of their own: the meter writes its
 * log while {@link LayerProfiler} measures, and {@link #join} adds the joules afterwards.
 *
 * <p>The file is CSV in UTF-8 with a header and the columns {@code time}, as {@code 2026-01-31T12:00:00.5Z} or in
 * seconds since 1970, and {@code watts}; other columns are ignored. Times ascend, and are those of the clock of the
 * measuring machine.
 *
 * <p>Between two readings the power is a straight line. Immutable and thread-safe; a look-up among n readings takes
 * O(log n + readings in the span).
 */
public final class PowerLog {

    /** With fewer readings in a span, its mean power is mostly that of the neighbours. */
    private static final int LEAST_READINGS = 3;

    /** Readings further apart say nothing about the time between. */
    private static final double MAX_GAP_SECONDS = 10;

    private static final int MAX_READINGS = 20_000_000;

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,400}(\\.\\d{0,400})?([eE][+-]?\\d{1,9})?");

    private final double[] seconds;
    private final double[] watts;

    /**
     * Measurements with joules.
     *
     * @param measurements all rows, with joules where the log has enough readings
     * @param added how many rows have joules from the log
     * @param tooShort how many rows were measured for so short a time that fewer than three readings fall into it
     * @param outside how many rows lie outside the log, or in a gap of more than ten seconds, or have no span
     */
    public record Joined(Measurements measurements, int added, int tooShort, int outside) {

        /** Checks the components. */
        public Joined {
            Objects.requireNonNull(measurements, "measurements");
        }
    }

    PowerLog(double[] seconds, double[] watts) {
        this.seconds = seconds;
        this.watts = watts;
    }

    /**
     * Reads a log.
     *
     * @param file the file
     * @return the log
     * @throws CodnnException if the file cannot be read, lacks a column, or has a row that is wrong or out of order
     */
    public static PowerLog read(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(reader, "'" + file + "'");
        } catch (CharacterCodingException e) {
            throw new CodnnException("Cannot read power from '" + file + "': its text is not UTF-8", e);
        } catch (IOException e) {
            throw new CodnnException("Cannot read power from '" + file + "': " + WholeFiles.reason(e), e);
        }
    }

    static PowerLog read(Reader text, String source) throws IOException {
        CsvLines lines = new CsvLines(text);
        try {
            if (!lines.next()) {
                throw new IllegalArgumentException("the file is empty. It needs the columns time,watts");
            }
            return new Readings(lines.fields()).read(lines);
        } catch (IllegalArgumentException e) {
            throw new CodnnException(source + ", line " + lines.number() + ": " + e.getMessage(), e);
        }
    }

    /** Collects the readings. */
    private static final class Readings {
        private final List<String> columns;
        private double[] seconds = new double[1024];
        private double[] watts = new double[1024];
        private int size;

        Readings(List<String> columns) {
            this.columns = columns;
            for (String column : List.of("time", "watts")) {
                if (columns.stream().filter(column::equals).count() != 1) {
                    throw new IllegalArgumentException(
                            "the header must have one column '" + column + "', but has " + columns);
                }
            }
        }

        PowerLog read(CsvLines lines) throws IOException {
            while (lines.next()) {
                if (!lines.isBlank()) {
                    List<String> fields = lines.fields(columns.size());
                    add(
                            seconds(fields.get(columns.indexOf("time"))),
                            PowerLog.number(fields.get(columns.indexOf("watts")), "watts"));
                }
            }
            return new PowerLog(Arrays.copyOf(seconds, size), Arrays.copyOf(watts, size));
        }

        private void add(double time, double power) {
            if (size > 0 && time <= seconds[size - 1]) {
                throw new IllegalArgumentException("time must be later than in the line before");
            }
            if (size == MAX_READINGS) {
                throw new IllegalArgumentException("there are more than " + MAX_READINGS + " readings");
            }
            if (size == seconds.length) {
                seconds = Arrays.copyOf(seconds, 2 * size);
                watts = Arrays.copyOf(watts, 2 * size);
            }
            seconds[size] = time;
            watts[size++] = power;
        }

        private static double seconds(String text) {
            return text.indexOf('T') > 0 ? epochSeconds(instant(text)) : PowerLog.number(text, "time");
        }

        private static Instant instant(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "time must be such as 2026-01-31T12:00:00.5Z, or seconds since 1970, but is '" + text + "'", e);
            }
        }
    }

    private static double number(String text, String column) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(column + " must be a number of zero or greater, but is '" + text + "'");
        }
        return Checks.nonNegativeFinite(Double.parseDouble(text), column);
    }

    /**
     * Returns the mean power over a span.
     *
     * @param span the span
     * @return the watts, or empty if it reaches beyond the log, lies in a gap of more than ten seconds, or is empty
     */
    public OptionalDouble meanWatts(Measurement.Span span) {
        double from = epochSeconds(span.from());
        double until = epochSeconds(span.until());
        if (!covers(from, until)) {
            return OptionalDouble.empty();
        }
        double joules = 0;
        for (int right = after(from); right < seconds.length && seconds[right - 1] < until; right++) {
            double begin = Math.max(from, seconds[right - 1]);
            double end = Math.min(until, seconds[right]);
            joules += (end - begin) * (at(begin, right) + at(end, right)) / 2;
        }
        return OptionalDouble.of(joules / (until - from));
    }

    /**
     * Adds joules to rows: the mean power while a row was measured, times its median seconds. Idle power is included.
     *
     * @param measurements the rows, which know when they were measured
     * @return the rows with joules
     */
    public Joined join(Measurements measurements) {
        List<Measurement> rows = new ArrayList<>();
        int added = 0;
        int tooShort = 0;
        for (Measurement row : measurements.rows()) {
            OptionalDouble power = row.span().map(this::meanWatts).orElse(OptionalDouble.empty());
            boolean known = power.isPresent() && power.getAsDouble() > 0;
            boolean enough = known && row.span().map(this::readings).orElse(0) >= LEAST_READINGS;
            rows.add(enough ? row.withJoules(power.getAsDouble() * row.seconds()) : row);
            added += enough ? 1 : 0;
            tooShort += known && !enough ? 1 : 0;
        }
        return new Joined(
                new Measurements(rows, measurements.rejected()), added, tooShort, rows.size() - added - tooShort);
    }

    private int readings(Measurement.Span span) {
        return after(epochSeconds(span.until())) - after(epochSeconds(span.from()));
    }

    private boolean covers(double from, double until) {
        if (seconds.length == 0 || from < seconds[0] || until > seconds[seconds.length - 1] || from >= until) {
            return false;
        }
        for (int right = after(from); right < seconds.length && seconds[right - 1] < until; right++) {
            if (seconds[right] - seconds[right - 1] > MAX_GAP_SECONDS) {
                return false;
            }
        }
        return true;
    }

    /** Returns the first reading that is later than a time. */
    private int after(double time) {
        int found = Arrays.binarySearch(seconds, time);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private double at(double time, int right) {
        double width = seconds[right] - seconds[right - 1];
        double share = (time - seconds[right - 1]) / width;
        return watts[right - 1] + share * (watts[right] - watts[right - 1]);
    }

    private static double epochSeconds(Instant time) {
        return time.getEpochSecond() + time.getNano() * 1e-9;
    }
}
