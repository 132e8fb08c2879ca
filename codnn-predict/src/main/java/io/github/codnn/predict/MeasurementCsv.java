package io.github.codnn.predict;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.Checks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The text form of {@link Measurement}. */
final class MeasurementCsv {

    static final String HEADER = "op,cin,h,w,k,stride,pad,cout,group,s_in,s_out,n_inputs,out_h,out_w,"
            + "time_us,min_us,wall_min_us,kernel_min_us,repetitions,spread_pct";

    /** The optional column. */
    static final String JOULES = "joules";

    private final Map<String, Integer> columns;

    private MeasurementCsv(Map<String, Integer> columns) {
        this.columns = columns;
    }

    static MeasurementCsv withHeader(String header, String source) {
        String text = header.startsWith("\uFEFF") ? header.substring(1) : header;
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (String name : text.split(",", -1)) {
            columns.put(name.strip(), columns.size());
        }
        List<String> missing = new ArrayList<>(List.of(HEADER.split(",", -1)));
        missing.removeAll(columns.keySet());
        if (!missing.isEmpty()) {
            throw new CodnnException(
                    "'" + source + "' lacks the columns " + missing + ". Maybe it is not a file of measurements");
        }
        return new MeasurementCsv(columns);
    }

    Measurement parse(String line, long number) {
        String[] fields = line.split(",", -1);
        if (fields.length < columns.size()) {
            throw new IllegalArgumentException(
                    "the row has " + fields.length + " columns, but the header has " + columns.size());
        }
        Row row = new Row(List.of(fields), columns);
        return new Measurement(
                LayerRow.parse(row).toLayer("line " + number),
                row.microseconds("time_us"),
                row.microseconds("min_us"),
                row.microseconds("wall_min_us"),
                row.nonNegative("kernel_min_us") * 1e-6,
                Math.toIntExact(row.whole("repetitions", 1)),
                row.nonNegative("spread_pct") / 100,
                row.joules());
    }

    static String formatWithJoules(Measurement m) {
        OptionalDouble joules = m.joules();
        return format(m) + "," + (joules.isPresent() ? joules.getAsDouble() : "");
    }

    static String format(Measurement m) {
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
            return fields.get(index).strip();
        }

        long whole(String column, long least) {
            String text = text(column);
            try {
                long value = Long.parseLong(text);
                if (value < least) {
                    throw new IllegalArgumentException(column + " must be at least " + least + ", but is " + value);
                }
                return value;
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(column + " must be a whole number, but is '" + text + "'", e);
            }
        }

        double microseconds(String column) {
            return Checks.positiveFinite(number(column), column) * 1e-6;
        }

        OptionalDouble joules() {
            return columns.containsKey(JOULES) && !text(JOULES).isEmpty()
                    ? OptionalDouble.of(Checks.positiveFinite(number(JOULES), JOULES))
                    : OptionalDouble.empty();
        }

        double nonNegative(String column) {
            return Checks.nonNegativeFinite(number(column), column);
        }

        private double number(String column) {
            String text = text(column);
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(column + " must be a number, but is '" + text + "'", e);
            }
        }
    }
}
