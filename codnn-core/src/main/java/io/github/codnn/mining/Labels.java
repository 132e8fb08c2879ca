package io.github.codnn.mining;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Distinct labels, numbered in an order that depends on the labels alone: whole numbers by value, then all others as
 * text. The code of a pattern is therefore the same for every graph that contains it.
 */
final class Labels {

    private static final int LONGEST_NUMBER = 18;

    private static final Comparator<String> ORDER =
            Comparator.<String>comparingLong(Labels::numberOrLast).thenComparing(Comparator.naturalOrder());

    private final String[] names;
    private final Map<String, Integer> numbers;

    private Labels(String[] names) {
        this.names = names;
        this.numbers = new HashMap<>(names.length * 2);
        for (int i = 0; i < names.length; i++) {
            numbers.put(names[i], i);
        }
    }

    static Labels of(Collection<String> labels) {
        return new Labels(labels.stream().distinct().sorted(ORDER).toArray(String[]::new));
    }

    private static long numberOrLast(String label) {
        boolean number = !label.isEmpty()
                && label.length() <= LONGEST_NUMBER
                && label.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(label) : Long.MAX_VALUE;
    }

    int size() {
        return names.length;
    }

    String name(int number) {
        return names[number];
    }

    /** Number of a label, or -1 if it is not among them. */
    int number(String label) {
        return numbers.getOrDefault(label, -1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels that && Arrays.equals(names, that.names);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(names);
    }
}
