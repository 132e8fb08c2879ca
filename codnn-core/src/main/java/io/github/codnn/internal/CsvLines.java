package io.github.codnn.internal;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Reads CSV line by line: fields between commas, in double quotes or not, lines that end in LF, CR or both. */
public final class CsvLines {

    /** Longer lines are no measurements. A limit bounds the memory of any file. */
    public static final int MAX_CHARS = 8_192;

    /** Text that has no line break for so long is no table, and may have no end. */
    private static final int MAX_SKIPPED = 1 << 24;

    private final Reader reader;
    private final StringBuilder line = new StringBuilder();
    private long number;
    private boolean afterReturn;
    private boolean tooLong;

    /**
     * Starts before the first line.
     *
     * @param reader the text, which stays open
     */
    public CsvLines(Reader reader) {
        this.reader = reader;
    }

    /**
     * Reads the next line.
     *
     * @return whether there is one
     * @throws IOException if reading fails or a line does not end
     */
    public boolean next() throws IOException {
        line.setLength(0);
        tooLong = false;
        number++;
        boolean any = false;
        int skipped = 0;
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            boolean completesBreak = c == '\n' && afterReturn && !any;
            afterReturn = c == '\r';
            if (completesBreak) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                return true;
            }
            any = true;
            if (line.length() < MAX_CHARS) {
                line.append((char) c);
            } else {
                tooLong = true;
                if (++skipped > MAX_SKIPPED) {
                    throw new IOException("line " + number + " has more than " + MAX_SKIPPED + " characters");
                }
            }
        }
        return any;
    }

    /**
     * Returns the number of the line.
     *
     * @return the number, from 1
     */
    public long number() {
        return number;
    }

    /**
     * Tells whether the line has no fields.
     *
     * @return whether it is empty or white space
     */
    public boolean isBlank() {
        return line.toString().isBlank();
    }

    /**
     * Returns the fields of the line, without quotes and white space around them.
     *
     * @return the fields, at least one
     * @throws IllegalArgumentException if the line is too long or its quotes do not match
     */
    public List<String> fields() {
        if (tooLong) {
            throw new IllegalArgumentException("the row is longer than " + MAX_CHARS + " characters");
        }
        String text = number == 1 && line.indexOf("\uFEFF") == 0 ? line.substring(1) : line.toString();
        List<String> fields = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int end = start;
            boolean quoted = false;
            while (end < text.length() && (quoted || text.charAt(end) != ',')) {
                quoted ^= text.charAt(end) == '"';
                end++;
            }
            if (quoted) {
                throw new IllegalArgumentException("the row has a quote that does not end");
            }
            fields.add(unquoted(text.substring(start, end).strip()));
            start = end + 1;
        }
        return fields;
    }

    /**
     * Returns the fields of a row below a header, without quotes and white space around them.
     *
     * @param columns how many columns the header has
     * @return as many fields
     * @throws IllegalArgumentException if there are more or fewer, the line is too long or its quotes do not match
     */
    public List<String> fields(int columns) {
        List<String> fields = fields();
        if (fields.size() != columns) {
            throw new IllegalArgumentException("the row has " + fields.size() + " fields, but the header has " + columns
                    + (fields.size() > columns ? ". Maybe it has decimal commas" : ""));
        }
        return fields;
    }

    private static String unquoted(String field) {
        if (!field.contains("\"")) {
            return field;
        }
        boolean whole = field.length() > 1 && field.startsWith("\"") && field.endsWith("\"");
        String inner = whole ? field.substring(1, field.length() - 1) : "\"";
        if (inner.replace("\"\"", "").contains("\"")) {
            throw new IllegalArgumentException("the row has quotes within the field '" + field + "'");
        }
        return inner.replace("\"\"", "\"").strip();
    }
}
