package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers with units as people type them: {@code 18.88Mbit/s}, {@code 30ms}. */
final class Units {

    private static final Map<String, Double> BYTES_PER_SECOND = rates();
    private static final Map<String, Double> SECONDS =
            Map.of("us", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "h", 3600.0);

    private Units() {}

    private static Map<String, Double> rates() {
        Map<String, Double> rates = new LinkedHashMap<>();
        double prefix = 1;
        for (String name : new String[] {"", "k", "M", "G"}) {
            rates.put(name + "bit/s", prefix / 8);
            rates.put(name + "B/s", prefix);
            prefix *= 1000;
        }
        return rates;
    }

    /** Tells whether a text ends like a rate. */
    static boolean isRate(String text) {
        return text.endsWith("/s");
    }

    /** Returns a rate in bytes per second. */
    static double bytesPerSecond(String text) {
        return parse(text, BYTES_PER_SECOND, "a rate, as in 18.88Mbit/s or 2.5MB/s");
    }

    /** Returns a time in seconds. */
    static double seconds(String text) {
        return parse(text, SECONDS, "a time, as in 30ms or 0.5s");
    }

    private static double parse(String text, Map<String, Double> units, String what) {
        int end = 0;
        while (end < text.length() && "0123456789.eE+-".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        Double unit = units.get(text.substring(end).trim());
        if (unit == null) {
            throw new CodnnException("'" + text + "' is not " + what);
        }
        return number(text.substring(0, end), what) * unit;
    }

    /** Returns a number of zero or greater. */
    static double number(String text, String what) {
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new CodnnException("'" + text + "' is not " + what, e);
        }
        throw new CodnnException("'" + text + "' is not " + what);
    }
}
