package io.github.codnn.text;

import java.util.Locale;

/** Figures for people: a few digits and a unit. */
public final class Figures {

    private Figures() {}

    /**
     * Renders a time with three to four digits in seconds, milliseconds or microseconds.
     *
     * @param seconds the time in s
     * @return the time with its unit, {@code -} if it is not finite
     */
    public static String seconds(double seconds) {
        if (!(Math.abs(seconds) < Double.POSITIVE_INFINITY)) {
            return "-";
        }
        if (seconds >= 1 || seconds == 0) {
            return format("%.3f s", seconds);
        }
        return seconds >= 1e-3 ? format("%.2f ms", seconds * 1e3) : format("%.2f us", seconds * 1e6);
    }

    /**
     * Renders a count with thousands separated.
     *
     * @param count the count
     * @return its digits
     */
    public static String count(long count) {
        return format("%,d", count);
    }

    /**
     * Renders how many there are of something.
     *
     * @param count the count
     * @param noun what is counted, in the singular; its plural ends in s
     * @return such as {@code 1 stage} or {@code 2 stages}
     */
    public static String counted(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /**
     * Renders a number of bytes in the largest unit that keeps it at 1 or above.
     *
     * @param bytes the number
     * @return the number with its unit, from B to EiB
     */
    public static String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double value = bytes;
        int unit = 0;
        for (; value >= 1024 && unit < units.length - 1; unit++) {
            value /= 1024;
        }
        return unit == 0 ? bytes + " B" : format("%.1f %s", value, units[unit]);
    }

    /**
     * Renders a share as a percentage.
     *
     * @param share the share, 1 for all
     * @return the percentage with two decimals, {@code -} if it is not finite
     */
    public static String percent(double share) {
        return share < Double.POSITIVE_INFINITY ? format("%.2f %%", share * 100) : "-";
    }

    /**
     * Renders a number with four digits; all of those before the point if it has five to nine.
     *
     * @param value the number
     * @return its digits, {@code -} if it is positive infinity or not a number
     */
    public static String number(double value) {
        if (Math.abs(value) >= 1e4 && Math.abs(value) < 1e9) {
            return format("%,.0f", value);
        }
        return value < Double.POSITIVE_INFINITY ? format("%.4g", value) : "-";
    }

    /**
     * Renders a number with all its digits, without trailing zeros.
     *
     * @param value the number
     * @return its digits, such as {@code 10} or {@code 0.25}
     */
    public static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? format("%.0f", value) : Double.toString(value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
