package io.github.codnn.report;

import io.github.codnn.chart.LineChart;
import java.util.List;

/** A part of a report with a heading. */
sealed interface Section {

    /** The most columns of a table that takes half of the width. */
    int MOST_NARROW = 4;

    /** Returns the heading. */
    String title();

    /** Returns what the reader must know to read the section; may be empty. */
    String note();

    /** Tells whether the section needs the whole width of a page, or half of it. */
    default boolean isWide() {
        return true;
    }

    /** A few figures in large type, each with its name. */
    record Figures(String title, String note, List<Named> figures) implements Section {
        public Figures {
            figures = List.copyOf(figures);
        }
    }

    /**
     * A figure with a name.
     *
     * @param name its name
     * @param cell the figure
     * @param remark what is said below it; may be empty
     */
    record Named(String name, Cell cell, String remark) {}

    /**
     * A table.
     *
     * @param columns the headings of the columns
     * @param rows the rows, each with a cell for each column
     */
    record Table(String title, String note, List<String> columns, List<List<Cell>> rows) implements Section {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<Cell> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("Table '" + title + "' has " + columns.size()
                            + " columns, but a row has " + row.size() + " cells");
                }
            }
        }

        @Override
        public boolean isWide() {
            return columns.size() > MOST_NARROW
                    || rows.stream().flatMap(List::stream).anyMatch(Cell::isSentence);
        }
    }

    /** A network for each task, coloured by device. */
    record Networks(String title, String note, List<String> devices, List<Drawing> drawings) implements Section {
        public Networks {
            devices = List.copyOf(devices);
            drawings = List.copyOf(drawings);
        }
    }

    /** What every device, link and medium does over time. */
    record Gantt(String title, String note, Timeline timeline) implements Section {}

    /** A chart. */
    record Chart(String title, String note, LineChart chart, boolean isWide) implements Section {}

    /** Sentences in a list. */
    record Sentences(String title, String note, List<String> lines) implements Section {
        public Sentences {
            lines = List.copyOf(lines);
        }
    }
}
