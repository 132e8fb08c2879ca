package io.github.codnn.predict;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.graph.Layer;
import io.github.codnn.internal.CsvLines;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of measurements that is written row by row, so that an interruption loses none.
 *
 * <p>Opening it again continues where it ended; a last row that was cut off in the middle is removed. Not thread-safe,
 * and one process at a time may write.
 */
public final class MeasurementFile implements Closeable {

    private final Path file;
    // Not a channel: an interrupt of its thread closes a channel, and the current row would be lost.
    private final RandomAccessFile bytes;
    private final Set<String> described = new LinkedHashSet<>();
    private final List<String> optional;
    private final Measurements initial;
    private final List<Measurement> added = new ArrayList<>();

    private MeasurementFile(Path file, RandomAccessFile bytes, List<String> optional, Measurements initial) {
        this.file = file;
        this.bytes = bytes;
        this.optional = optional;
        this.initial = initial;
        initial.rows().forEach(row -> described.add(LayerRow.of(row.layer()).format()));
    }

    /**
     * Opens a file, or creates it.
     *
     * @param file the file; its columns must be in the order in which {@link Measurements#write} writes them
     * @return the open file
     * @throws CodnnException if it cannot be opened or has other content
     */
    public static MeasurementFile open(Path file) {
        RandomAccessFile bytes = null;
        try {
            boolean fresh = !Files.exists(file) || Files.size(file) == 0;
            List<String> optional = fresh ? MeasurementCsv.OPTIONAL : optionalColumns(file);
            bytes = new RandomAccessFile(file.toFile(), "rw");
            if (fresh) {
                write(bytes, MeasurementCsv.header(optional));
            } else {
                bytes.setLength(lengthInWholeRows(bytes));
                bytes.seek(bytes.length());
            }
            return new MeasurementFile(file, bytes, optional, Measurements.read(file));
        } catch (IOException e) {
            closeQuietly(bytes, e);
            throw new CodnnException("Cannot open measurements '" + file + "': " + WholeFiles.reason(e), e);
        } catch (RuntimeException e) {
            closeQuietly(bytes, e);
            throw e;
        }
    }

    /**
     * Returns the content of the file.
     *
     * @return its rows when it was opened, and the rows added since
     */
    public Measurements measurements() {
        return initial.plus(Measurements.of(added));
    }

    /**
     * Returns whether the file has a row for an equal layer of any name.
     *
     * @param layer the layer
     * @return whether there is such a row
     * @throws IllegalArgumentException if the layer does not fit the columns
     */
    public boolean contains(Layer layer) {
        return described.contains(LayerRow.of(layer).format());
    }

    /**
     * Appends a row and flushes it to the operating system.
     *
     * @param measurement the measurement
     * @throws CodnnException if it cannot be written, or if it has joules and an older file has no column for them
     * @throws IllegalArgumentException if the layer does not fit the columns
     */
    public void append(Measurement measurement) {
        if (measurement.joules().isPresent() && !optional.contains(MeasurementCsv.JOULES)) {
            throw new CodnnException("'" + file + "' was begun without the column '" + MeasurementCsv.JOULES
                    + "'. Choose another file to measure energy");
        }
        String row = MeasurementCsv.format(measurement, optional);
        try {
            write(bytes, row);
        } catch (IOException e) {
            throw new CodnnException("Cannot write to measurements '" + file + "': " + WholeFiles.reason(e), e);
        }
        described.add(LayerRow.of(measurement.layer()).format());
        added.add(measurement);
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            throw new CodnnException("Cannot close measurements '" + file + "': " + WholeFiles.reason(e), e);
        }
    }

    /** Returns the optional columns of a file, in its order. */
    private static List<String> optionalColumns(Path file) throws IOException {
        List<String> required = List.of(MeasurementCsv.HEADER.split(",", -1));
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            CsvLines header = new CsvLines(lines);
            List<String> columns = header.next() ? header.fields() : List.of();
            int size = Math.min(required.size(), columns.size());
            List<String> optional = columns.subList(size, columns.size());
            if (!columns.subList(0, size).equals(required)
                    || !MeasurementCsv.OPTIONAL.containsAll(optional)
                    || Set.copyOf(optional).size() < optional.size()) {
                throw new CodnnException("'" + file + "' is not empty and does not start with the columns "
                        + MeasurementCsv.HEADER + ". Maybe choose another file");
            }
            return List.copyOf(optional);
        }
    }

    private static long lengthInWholeRows(RandomAccessFile bytes) throws IOException {
        for (long length = bytes.length(); length > 0; length--) {
            bytes.seek(length - 1);
            if (bytes.read() == '\n') {
                return length;
            }
        }
        return 0;
    }

    private static void write(RandomAccessFile bytes, String row) throws IOException {
        bytes.write((row + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void closeQuietly(@Nullable RandomAccessFile bytes, Exception cause) {
        if (bytes != null) {
            try {
                bytes.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
