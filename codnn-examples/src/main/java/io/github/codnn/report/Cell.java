package io.github.codnn.report;

import io.github.codnn.text.Figures;
import io.github.codnn.text.PlanText;
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
    private static final double LEAST_SECONDS = 5e-9; // that two decimals of a microsecond show
    private static final int LONGEST_NAME = 60; // characters

    /** Tells whether the text is too long for one line of a table. */
    boolean isSentence() {
        return value.isEmpty() && text.length() > LONGEST_NAME;
    }

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

    /** Renders a time; only nothing is zero. */
    static String duration(double seconds) {
        if (seconds == 0) {
            return "0 s";
        }
        return seconds > 0 && seconds < LEAST_SECONDS
                ? "< 0.01 µs"
                : Figures.seconds(seconds).replace(" us", " µs");
    }

    static Cell joules(double joules, String pointer) {
        return figure(Figures.number(joules) + " J", joules, pointer);
    }

    static Cell number(double value, String pointer) {
        return figure(Figures.number(value), value, pointer);
    }

    /** Returns a figure with the unit of what is minimised, by its label. */
    static Cell value(String label, double value, String pointer) {
        return figure(PlanText.figure(label, value), value, pointer);
    }

    static Cell percent(double share, String pointer) {
        return figure(Figures.percent(share), share, pointer);
    }

    static Cell count(long count, String pointer) {
        return figure(Figures.count(count), (double) count, pointer);
    }

    static Cell bytes(long bytes) {
        return text(Figures.bytes(bytes));
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
}
