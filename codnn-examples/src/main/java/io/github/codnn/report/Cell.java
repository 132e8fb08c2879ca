package io.github.codnn.report;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * A figure or a name in a report.
 *
 * @param text what is shown
 * @param value the figure without rounding, if it is one
 * @param pointer where the JSON document of the same command has it (RFC 6901); empty if it has none
 * @param bar how much of a bar beside it is filled, from 0 to 1, if there is one
 * @param colour the number of the colour of the bar or of a mark before the name; -1 for none
 */
record Cell(String text, OptionalDouble value, String pointer, OptionalDouble bar, int colour) {

    private static final int NO_COLOUR = -1;

    static Cell text(String words) {
        return new Cell(words, OptionalDouble.empty(), "", OptionalDouble.empty(), NO_COLOUR);
    }

    private static Cell figure(String shown, double value, String pointer) {
        return Double.isFinite(value)
                ? new Cell(shown, OptionalDouble.of(value), pointer, OptionalDouble.empty(), NO_COLOUR)
                : text("–");
    }

    static Cell seconds(double seconds, String pointer) {
        return figure(duration(seconds), seconds, pointer);
    }

    static Cell joules(double joules, String pointer) {
        return figure(number(joules) + " J", joules, pointer);
    }

    static Cell number(double value, String pointer) {
        return figure(number(value), value, pointer);
    }

    static Cell percent(double share, String pointer) {
        return figure(percent(share), share, pointer);
    }

    static Cell count(long count, String pointer) {
        return figure(count(count), count, pointer);
    }

    static Cell bytes(long bytes) {
        return text(size(bytes));
    }

    static Cell optional(OptionalDouble value, DoubleFunction<Cell> cell) {
        return value.isPresent() ? cell.apply(value.getAsDouble()) : text("–");
    }

    /** Returns this cell with a bar. */
    Cell withBar(double share, int colourOfBar) {
        double filled = Double.isNaN(share) ? 0 : Math.max(0, Math.min(1, share));
        return new Cell(text, value, pointer, OptionalDouble.of(filled), colourOfBar);
    }

    /** Returns this cell with a mark of a colour. */
    Cell withColour(int number) {
        return new Cell(text, value, pointer, bar, number);
    }

    Optional<String> colourClass() {
        return colour < 0 ? Optional.empty() : Optional.of(Palette.cssClass(colour));
    }

    static String duration(double seconds) {
        double size = Math.abs(seconds);
        if (!Double.isFinite(seconds)) {
            return "–";
        }
        if (size >= 1 || size == 0) {
            return format("%.3f s", seconds);
        }
        return size >= 1e-3 ? format("%.2f ms", seconds * 1e3) : format("%.2f µs", seconds * 1e6);
    }

    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1000) {
            return format("%,.0f", value);
        }
        return size == 0 || size >= 0.01 ? format("%.4g", value) : format("%.3e", value);
    }

    static String percent(double share) {
        return format("%.2f %%", share * 100);
    }

    static String count(long count) {
        return format("%,d", count);
    }

    static String size(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double value = bytes;
        int unit = 0;
        for (; value >= 1024 && unit < units.length - 1; unit++) {
            value /= 1024;
        }
        return unit == 0 ? bytes + " B" : format("%.1f %s", value, units[unit]);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
