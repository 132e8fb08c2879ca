package io.github.codnn.cost;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.CsvLines;
import io.github.codnn.internal.Quantities;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The rows of a file of measured times. One wrong row refuses the file: a plan must not rest on the others alone. */
final class LayerTimeCsv {

    private static final List<String> REQUIRED = List.of("layer", "device", "seconds");
    private static final String JOULES = "joules";
    private static final String NULL = "null";
    private static final Pattern DECIMAL =
            Pattern.compile("(\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})([eE][+-]?\\d{1,9})?");

    private final List<String> columns;
    private final int joules;

    private LayerTimeCsv(List<String> columns) {
        this.columns = columns;
        this.joules = columns.indexOf(JOULES);
    }

    /** Passes every row on. What the receiver refuses is reported with the line, too. */
    static void read(Reader text, String source, Consumer<LayerTime> receiver) throws IOException {
        CsvLines lines = new CsvLines(text instanceof BufferedReader ? text : new BufferedReader(text));
        try {
            if (!lines.next()) {
                throw new IllegalArgumentException("the file is empty. It needs the columns " + REQUIRED);
            }
            LayerTimeCsv csv = withHeader(lines.fields());
            while (lines.next()) {
                if (!lines.isBlank()) {
                    receiver.accept(csv.parse(lines));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new CodnnException(source + ", line " + lines.number() + ": " + e.getMessage(), e);
        }
    }

    static String format(String device, Map<String, Double> secondsByLayer, Map<String, Double> joulesByLayer) {
        StringBuilder text = new StringBuilder(String.join(",", REQUIRED));
        text.append(joulesByLayer.isEmpty() ? "" : "," + JOULES).append('\n');
        secondsByLayer.forEach((layer, seconds) -> {
            text.append(quoted(layer)).append(',').append(quoted(device)).append(',');
            text.append(Double.isInfinite(seconds) ? NULL : seconds.toString());
            if (!joulesByLayer.isEmpty()) {
                Double joules = joulesByLayer.get(layer);
                text.append(',').append(joules == null ? "" : joules.toString());
            }
            text.append('\n');
        });
        return text.toString();
    }

    private static String quoted(String field) {
        return '"' + field.replace("\"", "\"\"") + '"';
    }

    private static LayerTimeCsv withHeader(List<String> columns) {
        for (String column : REQUIRED) {
            if (!columns.contains(column)) {
                boolean semicolons = columns.size() == 1 && columns.get(0).contains(";");
                throw new IllegalArgumentException("there is no column '" + column + "' in the header, but "
                        + (semicolons
                                ? "semicolons between the fields. Use commas, and write numbers with a point"
                                : columns));
            }
        }
        for (String column : columns) {
            if (columns.indexOf(column) != columns.lastIndexOf(column)) {
                throw new IllegalArgumentException("there are two columns '" + column + "'. Remove one");
            }
        }
        return new LayerTimeCsv(columns);
    }

    private LayerTime parse(CsvLines line) {
        List<String> fields = line.fields(columns.size());
        String seconds = fields.get(columns.indexOf("seconds"));
        boolean hasJoules = joules >= 0 && !fields.get(joules).isEmpty();
        Cost cost = Cost.IMPOSSIBLE;
        if (!seconds.equals(NULL)) {
            double used = hasJoules ? number(fields.get(joules), JOULES) : 0;
            cost = new Cost(seconds(seconds), Quantities.amount(used, JOULES));
        }
        return new LayerTime(name(fields, "layer"), name(fields, "device"), cost, hasJoules, line.number());
    }

    private String name(List<String> fields, String column) {
        String name = fields.get(columns.indexOf(column));
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the field '" + column + "' is empty");
        }
        return name;
    }

    private static double seconds(String text) {
        double value = number(text, "seconds");
        if (value > Quantities.MAX_SECONDS) {
            throw new IllegalArgumentException("seconds must be at most " + Quantities.MAX_SECONDS + ", but is " + text
                    + ". Write null if the layer cannot run there");
        }
        return value;
    }

    private static double number(String text, String column) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(column + " must be a number of zero or greater"
                    + (column.equals(JOULES) ? "" : ", or null where the layer cannot run") + ", but is '" + text
                    + "'");
        }
        return Double.parseDouble(text);
    }
}
