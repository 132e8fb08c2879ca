package io.github.codnn.predict;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.internal.CsvLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Timed layers of one device, and the rows of their file that could not be used.
 *
 * <p>The file is CSV in UTF-8 with a header. Sizes are in elements, {@code batch} is implied by {@code s_in}:
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><th>column</th><th>meaning</th></tr>
 * <tr><td>{@code op}</td><td>kind of operator, by its ONNX name; {@code ConvGroup} is a grouped convolution</td></tr>
 * <tr><td>{@code cin h w}</td><td>channels and extents of the input (of each, if there are several); all 0 if it has no
 * such shape; for {@code MatMul} depth, rows and batch</td></tr>
 * <tr><td>{@code k stride pad}</td><td>window, or 0; {@code 1x7} where the axes differ, pads
 * {@code top x left x bottom x right}</td></tr>
 * <tr><td>{@code cout group}</td><td>output channels, groups</td></tr>
 * <tr><td>{@code s_in s_out n_inputs}</td><td>elements read and written, number of inputs</td></tr>
 * <tr><td>{@code out_h out_w}</td><td>extents of the output, or 0</td></tr>
 * <tr><td>{@code time_us min_us wall_min_us kernel_min_us}</td><td>median and least time, least wall time, least time
 * by the runtime's own profiler or 0 if that was not asked, in microseconds</td></tr>
 * <tr><td>{@code repetitions spread_pct}</td><td>passes timed; spread between series of passes in percent</td></tr>
 * <tr><td>{@code joules}</td><td>energy of one pass; the column is optional, and so are its values</td></tr>
 * <tr><td>{@code from until}</td><td>when the passes ran, as {@code 2026-01-31T12:00:00.5Z}; optional, too</td></tr>
 * </table>
 *
 * <p>Further columns are ignored, and the order of the columns does not matter.
 *
 * @param rows the measurements in the order of the file
 * @param rejected the rows left out, in the order of the file
 */
public record Measurements(List<Measurement> rows, List<Rejected> rejected) {

    /**
     * A row that could not be used.
     *
     * @param line its line in the file, the header being line 1
     * @param reason what is wrong with it
     */
    public record Rejected(long line, String reason) {

        /** Checks the components. */
        public Rejected {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Copies the components. */
    public Measurements {
        rows = List.copyOf(rows);
        rejected = List.copyOf(rejected);
    }

    /**
     * Makes measurements without a file.
     *
     * @param rows the measurements
     * @return the measurements
     */
    public static Measurements of(List<Measurement> rows) {
        return new Measurements(rows, List.of());
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @return all rows that can be used, and those that cannot with the reason
     * @throws CodnnException if the file cannot be read or its header lacks columns
     */
    public static Measurements read(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(reader, file.toString());
        } catch (CharacterCodingException e) {
            throw new CodnnException("Cannot read measurements from '" + file + "': its text is not UTF-8", e);
        } catch (IOException e) {
            throw new CodnnException("Cannot read measurements from '" + file + "': " + WholeFiles.reason(e), e);
        }
    }

    /**
     * Reads text.
     *
     * @param text the text, which stays open
     * @param source its origin, for messages
     * @return all rows that can be used, and those that cannot with the reason
     * @throws CodnnException if the header lacks columns
     * @throws IOException if reading fails
     */
    public static Measurements read(Reader text, String source) throws IOException {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(source, "source");
        CsvLines lines = new CsvLines(text instanceof BufferedReader ? text : new BufferedReader(text));
        if (!lines.next()) {
            throw new CodnnException("'" + source + "' is empty. It needs the columns " + MeasurementCsv.HEADER);
        }
        MeasurementCsv csv = MeasurementCsv.withHeader(lines, source);
        List<Measurement> rows = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        while (lines.next()) {
            if (!lines.isBlank()) {
                try {
                    rows.add(csv.parse(lines));
                } catch (IllegalArgumentException e) {
                    rejected.add(new Rejected(lines.number(), String.valueOf(e.getMessage())));
                } catch (ArithmeticException e) {
                    rejected.add(new Rejected(lines.number(), "a product of its sizes is not below 2^63"));
                }
            }
        }
        return new Measurements(rows, rejected);
    }

    /**
     * Writes the measurements; an existing file is replaced.
     *
     * @param file the file
     * @throws CodnnException if it cannot be written
     * @throws IllegalArgumentException if a layer does not fit the columns, such as one with a window over three axes
     */
    public void write(Path file) {
        List<String> used = rows.stream()
                .flatMap(row -> MeasurementCsv.columnsOf(row).stream())
                .distinct()
                .toList();
        List<String> optional =
                MeasurementCsv.OPTIONAL.stream().filter(used::contains).toList();
        List<String> lines = new ArrayList<>(rows.size() + 1);
        lines.add(MeasurementCsv.header(optional));
        rows.forEach(row -> lines.add(MeasurementCsv.format(row, optional)));
        try {
            WholeFiles.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CodnnException("Cannot write measurements to '" + file + "': " + WholeFiles.reason(e), e);
        }
    }

    /**
     * Finds the time of each layer of a network that was measured, under any name.
     *
     * @param graph the network; blocks are looked into
     * @return the seconds by name of layer, in the order of the network, without the layers that were not measured
     */
    public Map<String, Double> secondsByLayer(LayerGraph graph) {
        Map<String, Double> measured = new HashMap<>();
        rows.forEach(row -> measured.put(LayerRow.of(row.layer()).format(), row.seconds()));
        return byName(graph, measured);
    }

    /**
     * Finds the energy of a pass of each layer of a network for which it was measured, under any name.
     *
     * @param graph the network; blocks are looked into
     * @return the joules by name of layer, in the order of the network, without the layers of unknown energy
     */
    public Map<String, Double> joulesByLayer(LayerGraph graph) {
        Map<String, Double> measured = new HashMap<>();
        rows.forEach(row -> row.joules()
                .ifPresent(joules -> measured.put(LayerRow.of(row.layer()).format(), joules)));
        return byName(graph, measured);
    }

    private static Map<String, Double> byName(LayerGraph graph, Map<String, Double> measured) {
        Map<String, Double> byName = new LinkedHashMap<>();
        addByName(graph, measured, byName);
        return byName;
    }

    private static void addByName(LayerGraph graph, Map<String, Double> measured, Map<String, Double> byName) {
        for (Layer layer : graph.layers()) {
            if (layer.operator() instanceof Operator.Block block) {
                addByName(block.body(), measured, byName);
                continue;
            }
            try {
                Double value = measured.get(LayerRow.of(layer).format());
                if (value != null) {
                    byName.put(layer.name(), value);
                }
            } catch (IllegalArgumentException e) {
                // A layer that does not fit the columns, such as a convolution over three axes, has no row.
            }
        }
    }

    /**
     * Returns these measurements followed by others.
     *
     * @param others the others
     * @return the rows and rejected rows of both
     */
    public Measurements plus(Measurements others) {
        List<Measurement> allRows = new ArrayList<>(rows);
        allRows.addAll(others.rows);
        List<Rejected> allRejected = new ArrayList<>(rejected);
        allRejected.addAll(others.rejected);
        return new Measurements(allRows, allRejected);
    }
}
