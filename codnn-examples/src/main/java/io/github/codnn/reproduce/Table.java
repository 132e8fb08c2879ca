package io.github.codnn.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Figures of an experiment.
 *
 * @param name the name of its file, without ending
 * @param columns the titles of the columns
 * @param rows the cells, one per column in each row
 */
public record Table(String name, List<String> columns, List<List<String>> rows) {

    /** Copies the components and checks that rows fit. */
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("A row of table '" + name + "' has " + row.size() + " cells for "
                        + columns.size() + " columns");
            }
        }
    }

    /** Starts a table without rows. */
    static Table of(String name, String... columns) {
        return new Table(name, List.of(columns), List.of());
    }

    /** Returns this table with one more row: numbers with four digits, other cells unchanged. */
    Table with(Object... cells) {
        List<List<String>> more = new ArrayList<>(rows);
        more.add(List.of(cells).stream().map(Table::cell).toList());
        return new Table(name, columns, more);
    }

    private static String cell(Object value) {
        return value instanceof Double number ? number(number) : value.toString();
    }

    /** Renders a number with four digits, without an exponent if that is short. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "-";
        }
        double size = Math.abs(value);
        if (size != 0 && (size >= 1e6 || size < 1e-3)) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        int whole = size < 1 ? 0 : (int) Math.log10(size);
        return String.format(Locale.ROOT, "%." + Math.max(0, 3 - whole) + "f", value);
    }

    /** Renders a share as a percentage with one decimal. */
    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", share * 100) : "-";
    }

    /** Renders a p-value. */
    static String probability(double value) {
        return value < 1e-4 ? "below 0.0001" : String.format(Locale.ROOT, "%.4f", value);
    }

    /**
     * Renders the table for Markdown.
     *
     * @return its lines
     */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(line(columns)).append(line(columns.stream().map(c -> "---").toList()));
        rows.forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /**
     * Renders the table as comma-separated values.
     *
     * @return its lines
     */
    public String csv() {
        StringBuilder text = new StringBuilder(csv(columns));
        rows.forEach(row -> text.append(csv(row)));
        return text.toString();
    }

    private static String csv(List<String> cells) {
        return cells.stream().map(Table::quoted).collect(Collectors.joining(",")) + "\n";
    }

    private static String quoted(String cell) {
        return cell.contains(",") || cell.contains("\"") ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }
}
