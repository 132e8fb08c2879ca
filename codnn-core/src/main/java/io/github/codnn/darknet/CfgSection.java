package io.github.codnn.darknet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One section of a Darknet cfg file: its name, where it stands, and its options. Remembers which options were asked
 * for, so that those without effect can be told apart from misspelt ones.
 */
final class CfgSection {

    /** The longest part of the file that a message quotes. */
    private static final int QUOTED = 40;

    private final String type;
    private final int line;
    private final Map<String, Option> options = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final List<String> assumed = new ArrayList<>();

    /** The value of an option and where it stands. */
    private record Option(String value, int line) {}

    CfgSection(String type, int line) {
        this.type = type;
        this.line = line;
    }

    String type() {
        return type;
    }

    int line() {
        return line;
    }

    void put(String key, String value, int at) {
        // As in Darknet, the first of several equal keys counts.
        options.putIfAbsent(key, new Option(value, at));
    }

    boolean has(String key) {
        used.add(key);
        return options.containsKey(key);
    }

    String text(String key, String byDefault) {
        used.add(key);
        Option option = options.get(key);
        return option == null ? byDefault : option.value();
    }

    int integer(String key, int byDefault) {
        used.add(key);
        Option option = options.get(key);
        return option == null ? byDefault : integer(key, option.value());
    }

    int positive(String key, int byDefault) {
        return atLeast(key, byDefault, 1);
    }

    /**
     * Returns how many outputs a layer has, under any of the names that the forks of Darknet give to the option. Like
     * Darknet, takes 1 where there is none, and remembers that.
     */
    int outputs(String... names) {
        List<String> given = Stream.of(names).filter(this::has).toList();
        if (given.isEmpty()) {
            assumed.add(names[0]);
            return 1;
        }
        int value = positive(given.get(0), 1);
        for (String other : given) {
            if (positive(other, 1) != value) {
                throw new IllegalArgumentException("'" + given.get(0) + "' is " + value + ", but '" + other + "' is "
                        + positive(other, 1) + ". Both name the same number; leave one of them out");
            }
        }
        return value;
    }

    /** Returns the numbers of outputs that the section leaves out, by name. */
    List<String> assumed() {
        return List.copyOf(assumed);
    }

    int nonNegative(String key, int byDefault) {
        return atLeast(key, byDefault, 0);
    }

    private int atLeast(String key, int byDefault, int least) {
        int value = integer(key, byDefault);
        if (value < least) {
            throw new IllegalArgumentException("'" + key + "' must be at least " + least + ", but is " + value);
        }
        return value;
    }

    boolean flag(String key) {
        return integer(key, 0) != 0;
    }

    /** Returns a comma-separated list of integers; empty if the option is missing. */
    List<Integer> integers(String key) {
        String value = text(key, "");
        if (value.isEmpty()) {
            return List.of();
        }
        return List.of(value.split(",")).stream()
                .map(part -> integer(key, part))
                .toList();
    }

    /** Returns the keys that nothing has asked for, with the line of each. */
    Map<String, Integer> unused() {
        Map<String, Integer> unused = new LinkedHashMap<>();
        options.forEach((key, option) -> {
            if (!used.contains(key)) {
                unused.put(key, option.line());
            }
        });
        return unused;
    }

    private static int integer(String key, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + key + "' must be a 32-bit integer, but is '" + quoted(value) + "'", e);
        }
    }

    /** Makes a part of the file fit for a one-line message. */
    static String quoted(String text) {
        String shown = text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "...";
        return shown.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u0085]", "?");
    }
}
