package io.github.codnn.units;

import io.github.codnn.CodnnException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers with units as people type them: {@code 200ms}, {@code 18.88Mbit/s}, {@code 512MiB}, {@code 1e3}. */
public final class Units {

    private static final Map<String, Double> BYTES = sizes();
    private static final Map<String, Double> BYTES_PER_SECOND = rates();
    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "h", 3600.0, "d", 86_400.0);

    private static final String A_TIME = "a time, as in 30ms, 0.5s or 2min";
    private static final String A_RATE = "a rate, as in 18.88Mbit/s or 2.5MB/s";
    private static final String A_SIZE = "a size, as in 512MiB, 1.5MB or 200000";
    private static final String A_COUNT = "a whole number, as in 1000 or 1e3";
    private static final int MAX_DIGITS = 40;

    private Units() {}

    private static Map<String, Double> sizes() {
        Map<String, Double> sizes = new LinkedHashMap<>();
        double decimal = 1;
        double binary = 1;
        for (String prefix : new String[] {"", "k", "m", "g", "t"}) {
            sizes.put(prefix + "b", decimal);
            sizes.put(prefix.isEmpty() ? "bytes" : prefix + "ib", binary);
            decimal *= 1000;
            binary *= 1024;
        }
        return sizes;
    }

    /** A capital B is a byte; a small one, or the word bit, is a bit. The case of prefixes makes no difference. */
    private static Map<String, Double> rates() {
        Map<String, Double> rates = new LinkedHashMap<>();
        double decimal = 1;
        double binary = 1;
        for (String prefix : new String[] {"", "k", "m", "g", "t"}) {
            for (String time : new String[] {"/s", "ps"}) {
                rates.put(prefix + "bit" + time, decimal / 8);
                rates.put(prefix + "b" + time, decimal / 8);
                rates.put(prefix + "B" + time, decimal);
                rates.put(prefix + "iB" + time, binary);
            }
            decimal *= 1000;
            binary *= 1024;
        }
        return rates;
    }

    /**
     * Tells whether a text ends like a rate.
     *
     * @param text the text
     * @return whether it ends in {@code /s} or {@code ps}
     */
    public static boolean isRate(String text) {
        return text.endsWith("/s") || text.endsWith("ps");
    }

    /**
     * Returns a rate.
     *
     * @param text a number with a unit, from {@code bit/s} to {@code TiB/s}
     * @return bytes per second, zero or greater
     * @throws CodnnException if the text is no rate
     */
    public static double bytesPerSecond(String text) {
        String unit = unit(text);
        int end = Math.max(0, unit.length() - 3); // before B/s, which is not b/s
        String key = unit.substring(0, end).toLowerCase(Locale.ROOT) + unit.substring(end);
        return parse(text, BYTES_PER_SECOND.get(key), A_RATE);
    }

    /**
     * Returns a time.
     *
     * @param text a number with a unit from {@code ns} to {@code d}; without a unit it is one of seconds
     * @return seconds, zero or greater
     * @throws CodnnException if the text is no time
     */
    public static double seconds(String text) {
        String unit = unit(text).toLowerCase(Locale.ROOT);
        return parse(text, unit.isEmpty() ? Double.valueOf(1) : SECONDS.get(unit), A_TIME);
    }

    /**
     * Tells whether a text has a unit of time at its end.
     *
     * @param text the text
     * @return whether it has
     */
    public static boolean isTime(String text) {
        return SECONDS.containsKey(unit(text).toLowerCase(Locale.ROOT));
    }

    /**
     * Returns a size.
     *
     * @param text a number with a unit from {@code B} to {@code TiB}; without a unit it is one of bytes
     * @return whole bytes, zero or greater
     * @throws CodnnException if the text is no size, or one above the greatest
     */
    public static long bytes(String text) {
        String unit = unit(text).toLowerCase(Locale.ROOT);
        double bytes = parse(text, unit.isEmpty() ? Double.valueOf(1) : BYTES.get(unit), A_SIZE);
        if (bytes >= Long.MAX_VALUE) {
            throw new CodnnException("'" + text + "' is above the greatest size, " + Long.MAX_VALUE + " bytes");
        }
        return Math.round(bytes);
    }

    /**
     * Returns a whole number.
     *
     * @param text the number, also one such as {@code 1e3}
     * @return the number
     * @throws CodnnException if the text is no whole number of 64 bits
     */
    public static long count(String text) {
        String digits = text.trim();
        try {
            if (!digits.isEmpty() && digits.length() <= MAX_DIGITS) {
                return new BigDecimal(digits).longValueExact();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new CodnnException("'" + text + "' is not " + A_COUNT, e);
        }
        throw new CodnnException("'" + text + "' is not " + A_COUNT);
    }

    private static int numberEnd(String text) {
        int end = 0;
        while (end < text.length() && "0123456789.eE+-".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    private static String unit(String text) {
        return text.substring(numberEnd(text)).trim();
    }

    private static double parse(String text, @Nullable Double unit, String what) {
        if (unit == null) {
            throw new CodnnException("'" + text + "' is not " + what);
        }
        double value = number(text.substring(0, numberEnd(text)), text, what) * unit;
        if (!(value < Double.POSITIVE_INFINITY)) {
            throw new CodnnException("'" + text + "' is not " + what);
        }
        return value;
    }

    /**
     * Returns a number of zero or greater.
     *
     * @param text its digits
     * @param what what the text is taken for, for the message
     * @return the number
     * @throws CodnnException if the text is no such number
     */
    public static double number(String text, String what) {
        return number(text, text, what);
    }

    private static double number(String digits, String whole, String what) {
        try {
            double value = Double.parseDouble(digits);
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new CodnnException("'" + whole + "' is not " + what, e);
        }
        throw new CodnnException("'" + whole + "' is not " + what);
    }

    /**
     * Lets all options of whole numbers take {@code 1e3}, too.
     *
     * @param line the command line
     */
    public static void register(CommandLine line) {
        line.registerConverter(Long.class, new Count());
        line.registerConverter(long.class, new Count());
        line.registerConverter(Integer.class, new SmallCount());
        line.registerConverter(int.class, new SmallCount());
    }

    /** Reads a whole number of an option. No lambda: JDK 17 cannot archive those of interfaces of Java 5. */
    private static final class Count implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return converted(text, Units::count);
        }
    }

    /** Reads a whole number of 32 bits of an option. */
    private static final class SmallCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            long count = converted(text, Units::count);
            if (count != (int) count) {
                throw new TypeConversionException("'" + text + "' is outside of -2147483648 to 2147483647");
            }
            return (int) count;
        }
    }

    private static <T> T converted(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (CodnnException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    /** Reads a time of an option. */
    public static final class Seconds implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return converted(text, Units::seconds);
        }
    }

    /** Reads a time of an option that counts whole seconds. */
    public static final class WholeSeconds implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            double seconds = converted(text, Units::seconds);
            if (seconds != Math.rint(seconds) || seconds > Integer.MAX_VALUE) {
                throw new TypeConversionException("'" + text + "' is not a number of whole seconds");
            }
            return (int) seconds;
        }
    }

    /** Reads a size of an option below 2 GiB. */
    public static final class SmallBytes implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            long bytes = converted(text, Units::bytes);
            if (bytes > Integer.MAX_VALUE) {
                throw new TypeConversionException("'" + text + "' is above " + Integer.MAX_VALUE + " bytes");
            }
            return (int) bytes;
        }
    }
}
