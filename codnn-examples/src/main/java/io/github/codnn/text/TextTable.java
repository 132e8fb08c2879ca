package io.github.codnn.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for people: the first column is set left, all others right. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Starts a table.
     *
     * @param titles the titles of the columns
     */
    public TextTable(String... titles) {
        rows.add(List.of(titles));
    }

    /**
     * Adds a row; control characters become visible.
     *
     * @param cells one cell a column
     * @return this table
     * @throws IllegalArgumentException if there are more or fewer cells than titles
     */
    public TextTable row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    "A row must have " + rows.get(0).size() + " cells, but has " + cells.length);
        }
        rows.add(Arrays.stream(cells).map(ControlCharacters::shown).toList());
        return this;
    }

    @Override
    public String toString() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                String padding = " ".repeat(widths[column] - cell.length());
                line.append(column == 0 ? cell + padding : "  " + padding + cell);
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }
}
