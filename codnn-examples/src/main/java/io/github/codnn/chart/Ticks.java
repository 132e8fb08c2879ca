package io.github.codnn.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Round positions on an axis: multiples of 1, 2 or 5 times a power of ten.
 *
 * @param step the distance between two ticks
 * @param values the ticks, rising; the first is at or below the least value, the last at or above the greatest
 */
public record Ticks(double step, List<Double> values) {

    private static final String[] PREFIXES = {"n", "µ", "m", "", "k", "M", "G", "T", "P"};
    private static final int NO_PREFIX = 3;

    /** Copies the ticks. */
    public Ticks {
        values = List.copyOf(values);
    }

    /**
     * Chooses ticks that enclose a range.
     *
     * @param least the least value
     * @param most the greatest value; a range without extent is widened
     * @param count about how many steps are wanted, positive
     * @return the ticks
     */
    public static Ticks over(double least, double most, int count) {
        double width = most > least ? most - least : Math.max(Math.abs(most), 1e-9);
        double step = round(width / count);
        long first = (long) Math.floor(least / step + 1e-9);
        long last = (long) Math.ceil((most > least ? most : least + width) / step - 1e-9);
        List<Double> values = new ArrayList<>();
        for (long index = first; index <= Math.max(last, first + 1); index++) {
            values.add(index * step);
        }
        return new Ticks(step, values);
    }

    /** Returns the least round number that is not below a width. */
    private static double round(double width) {
        double power = Math.pow(10, Math.floor(Math.log10(width)));
        for (double factor : new double[] {1, 2, 5}) {
            if (width <= factor * power * (1 + 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** Returns the first tick. */
    double first() {
        return values.get(0);
    }

    /** Returns the last tick. */
    double last() {
        return values.get(values.size() - 1);
    }

    /**
     * Labels a tick with the unit of the axis. All ticks of an axis have the same prefix of the unit.
     *
     * @param value the tick
     * @param unit the unit, such as {@code s}; {@code %} for a share; empty for a number
     * @return the label, with as many digits as the step needs
     */
    public String label(double value, String unit) {
        if (unit.equals("%")) {
            return digits(value * 100, step * 100) + " %";
        }
        if (value == 0) {
            return "0";
        }
        int prefix = prefix(Math.max(Math.abs(first()), Math.abs(last())), unit);
        double scale = Math.pow(1000, prefix);
        return withUnit(digits(value / scale, step / scale), PREFIXES[prefix + NO_PREFIX] + unit);
    }

    /**
     * Labels a round value by itself.
     *
     * @param value the value
     * @param unit the unit as for {@link #label}
     * @return the label
     */
    static String shown(double value, String unit) {
        int prefix = prefix(Math.abs(value), unit);
        double scale = Math.pow(1000, prefix);
        double scaled = value / scale;
        String digits = String.format(Locale.ROOT, scaled >= 1 ? "%,.2f" : "%.3g", scaled);
        return withUnit(
                digits.replaceAll("(\\.\\d*?)0+$", "$1").replaceAll("\\.$", ""), PREFIXES[prefix + NO_PREFIX] + unit);
    }

    private static String withUnit(String digits, String unit) {
        return unit.isEmpty() ? digits : digits + " " + unit;
    }

    /** Returns the power of 1000 that keeps a value at 1 or above; seconds have none above 1, numbers none below. */
    private static int prefix(double greatest, String unit) {
        int prefix = greatest > 0 ? (int) Math.floor(Math.log10(greatest) / 3 + 1e-9) : 0;
        boolean isPlain = unit.isEmpty() ? prefix < 2 : unit.equals("s") && prefix > 0;
        return isPlain ? 0 : Math.max(-NO_PREFIX, Math.min(PREFIXES.length - 1 - NO_PREFIX, prefix));
    }

    private static String digits(double value, double step) {
        int places = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        String text = String.format(Locale.ROOT, "%,." + Math.min(places, 9) + "f", value);
        return text.matches("-0(\\.0+)?") ? text.substring(1) : text;
    }
}
