package io.github.codnn.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Argument checks whose messages name the argument and the value; NaN fails all of them. */
public final class Checks {

    private Checks() {}

    /**
     * Returns the value if it is greater than zero and finite.
     *
     * @param value the value
     * @param what the name of the value, for the message
     * @return the value
     */
    public static double positiveFinite(double value, String what) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + " must be positive and finite, but is " + value);
        }
        return value;
    }

    /**
     * Returns the value if it is zero or greater and finite.
     *
     * @param value the value
     * @param what the name of the value, for the message
     * @return the value
     */
    public static double nonNegativeFinite(double value, String what) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + " must be zero or greater and finite, but is " + value);
        }
        return value;
    }

    /**
     * Returns the value if it is in a closed range.
     *
     * @param value the value
     * @param min the least value allowed
     * @param max the greatest value allowed
     * @param what the name of the value, for the message
     * @return the value
     */
    public static double inRange(double value, double min, double max, String what) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(what + " must lie between " + min + " and " + max + ", but is " + value);
        }
        return value;
    }

    /**
     * Returns the value if it is zero or greater.
     *
     * @param value the value
     * @param what the name of the value, for the message
     * @return the value
     */
    public static long nonNegative(long value, String what) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " must be zero or greater, but is " + value);
        }
        return value;
    }

    /**
     * Returns the value if it is greater than zero.
     *
     * @param value the value
     * @param what the name of the value, for the message
     * @return the value
     */
    public static long positive(long value, String what) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " must be positive, but is " + value);
        }
        return value;
    }

    /**
     * Returns the value if it is greater than zero.
     *
     * @param value the value
     * @param what the name of the value, for the message
     * @return the value
     */
    public static int positive(int value, String what) {
        return (int) positive((long) value, what);
    }

    /**
     * Returns the text if it has a character that is not white space.
     *
     * @param value the text
     * @param what the name of the text, for the message
     * @return the text
     */
    public static String notBlank(String value, String what) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        return value;
    }

    /**
     * Copies a list into an immutable one that has at least one element.
     *
     * @param <T> the element type
     * @param values the elements
     * @param what the name of the elements, for the message
     * @return an immutable copy
     */
    public static <T> List<T> notEmpty(Collection<T> values, String what) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("There must be at least one " + what);
        }
        return List.copyOf(values);
    }

    /**
     * Copies a map into an immutable one that keeps the order of iteration.
     *
     * @param <K> the key type
     * @param <V> the value type
     * @param map the map
     * @return an immutable copy in the same order
     */
    public static <K, V> Map<K, V> copyInOrder(Map<? extends K, ? extends V> map) {
        for (Map.Entry<? extends K, ? extends V> entry : map.entrySet()) {
            if (entry.getKey() == null || entry.getValue() == null) {
                throw new NullPointerException("A map must not hold null: " + entry);
            }
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * Renders at most the first few of many names for a message.
     *
     * @param names the names
     * @param max the maximum number to show
     * @return the names, comma separated, with the number of omitted names
     */
    public static String some(Collection<String> names, int max) {
        List<String> all = new ArrayList<>(names);
        if (all.size() <= max) {
            return String.join(", ", all);
        }
        return String.join(", ", all.subList(0, max)) + " and " + (all.size() - max) + " more";
    }
}
