package io.github.codnn.predict;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.CsvLines;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The text form of {@link Measurement}. */
final class MeasurementCsv {

    static final String HEADER = "op,cin,h,w,k,stride,pad,cout,group,s_in,s_out,n_inputs,out_h,out_w,"
            + "time_us,min_us,wall_min_us,kernel_min_us,repetitions,spread_pct";

    static final String JOULES = "joules";

    private static final String FROM = "from";
    private static final String UNTIL = "until";

    /** The optional columns. */
    static final List<String> OPTIONAL = List.of(JOULES, FROM, UNTIL);

    /** A measured layer takes less than 1e9 seconds. */
    private static final double MAX_MICROSECONDS = 1e15;

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(\\d+\\.?\\d*+([eE][+-]?\\d+)?|\\.\\d+([eE][+-]?\\d+)?|Infinity)|NaN");

    private final Map<String, Integer> columns;

    private MeasurementCsv(Map<String, Integer> columns) {
        this.columns = columns;
    }

    static MeasurementCsv withHeader(CsvLines header, String source) {
        Map<String, Integer> columns = new LinkedHashMap<>();
        try {
            for (String name : header.fields()) {
                String column = columns.containsKey(name) ? name + " again" : name;
                columns.put(column, columns.size());
                if (!column.equals(name) && (HEADER + "," + OPTIONAL).contains(name)) {
                    throw new CodnnException("'" + source + "' has two columns '" + name + "'. Remove one");
                }
            }
        } catch (IllegalArgumentException e) {
            throw new CodnnException("'" + source + "' has no header of columns: " + e.getMessage(), e);
        }
        List<String> missing = new ArrayList<>(List.of(HEADER.split(",", -1)));
        missing.removeAll(columns.keySet());
        if (!missing.isEmpty()) {
            boolean semicolons =
                    columns.size() == 1 && columns.keySet().stream().anyMatch(name -> name.contains(";"));
            throw new CodnnException("'" + source + "' lacks the columns " + missing
                    + (semicolons
                            ? ". Its fields are separated by semicolons. Separate them by commas, and write numbers"
                                    + " with a point"
                            : ". Maybe it is not a file of measurements"));
        }
        return new MeasurementCsv(columns);
    }

    Measurement parse(CsvLines line) {
        Row row = new Row(line.fields(columns.size()), columns);
        return new Measurement(
                LayerRow.parse(row).toLayer("line " + line.number()),
                row.microseconds("time_us"),
                row.microseconds("min_us"),
                row.microseconds("wall_min_us"),
                row.nonNegative("kernel_min_us") * 1e-6,
                (int) row.whole("repetitions", 1, Integer.MAX_VALUE),
                row.nonNegative("spread_pct") / 100,
                row.joules(),
                row.span());
    }

    /** Returns the header with these optional columns after the others. */
    static String header(List<String> optional) {
        return String.join(",", joined(HEADER, optional));
    }

    /** Returns the fields of {@link #header}. */
    static String format(Measurement m, List<String> optional) {
        return String.join(
                ",",
                joined(
                        format(m),
                        optional.stream().map(column -> field(m, column)).toList()));
    }

    /** Returns the optional columns for which a measurement has a value. */
    static List<String> columnsOf(Measurement m) {
        return OPTIONAL.stream().filter(column -> !field(m, column).isEmpty()).toList();
    }

    private static String field(Measurement m, String column) {
        OptionalDouble joules = m.joules();
        return switch (column) {
            case JOULES -> joules.isPresent() ? Double.toString(joules.getAsDouble()) : "";
            case FROM -> m.span().map(span -> span.from().toString()).orElse("");
            case UNTIL -> m.span().map(span -> span.until().toString()).orElse("");
            default -> throw new IllegalArgumentException("there is no column '" + column + "'");
        };
    }

    private static List<String> joined(String first, List<String> others) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return all;
    }

    private static String format(Measurement m) {
        return String.format(
                Locale.ROOT,
                "%s,%.3f,%.3f,%.3f,%.3f,%d,%.2f",
                LayerRow.of(m.layer()).format(),
                m.seconds() * 1e6,
                m.leastSeconds() * 1e6,
                m.leastWallSeconds() * 1e6,
                m.leastKernelSeconds() * 1e6,
                m.repetitions(),
                m.spread() * 100);
    }

    /** The fields of one line, by the names of their columns. */
    record Row(List<String> fields, Map<String, Integer> columns) {

        String text(String column) {
            Integer index = columns.get(column);
            if (index == null) {
                throw new IllegalArgumentException("there is no column '" + column + "'");
            }
            return fields.get(index);
        }

        long whole(String column, long least) {
            return whole(column, least, Long.MAX_VALUE);
        }

        long whole(String column, long least, long greatest) {
            String text = text(column);
            long value;
            try {
                value = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        column + " must be a whole number below 2^63, but is '" + text + "'", e);
            }
            if (value < least) {
                throw new IllegalArgumentException(column + " must be at least " + least + ", but is " + value);
            }
            if (value > greatest) {
                throw new IllegalArgumentException(column + " must be at most " + greatest + ", but is " + value);
            }
            return value;
        }

        double microseconds(String column) {
            double value = Checks.positiveFinite(number(column), column);
            if (value > MAX_MICROSECONDS) {
                throw new IllegalArgumentException(
                        column + " must be at most " + MAX_MICROSECONDS + ", but is " + value);
            }
            return value * 1e-6;
        }

        OptionalDouble joules() {
            return columns.containsKey(JOULES) && !text(JOULES).isEmpty()
                    ? OptionalDouble.of(Checks.positiveFinite(number(JOULES), JOULES))
                    : OptionalDouble.empty();
        }

        /** Returns when the passes ran, if both ends are given. */
        Optional<Measurement.Span> span() {
            Optional<Instant> from = instant(FROM);
            Optional<Instant> until = instant(UNTIL);
            return from.flatMap(begin -> until.map(end -> new Measurement.Span(begin, end)));
        }

        private Optional<Instant> instant(String column) {
            if (!columns.containsKey(column) || text(column).isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(Instant.parse(text(column)));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        column + " must be a time such as 2026-01-31T12:00:00.5Z, but is '" + text(column) + "'", e);
            }
        }

        double nonNegative(String column) {
            return Checks.nonNegativeFinite(number(column), column);
        }

        private double number(String column) {
            String text = text(column);
            if (!DECIMAL.matcher(text).matches()) {
                throw new IllegalArgumentException(column + " must be a number, but is '" + text + "'"
                        + (text.contains(",") ? ". Write a point, not a decimal comma" : ""));
            }
            return Double.parseDouble(text);
        }
    }
}
