package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Numbers labels in the order of their first use while a graph is built. */
final class LabelRegister {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    int number(String label) {
        Objects.requireNonNull(label, "label");
        Integer known = numbers.putIfAbsent(label, names.size());
        if (known != null) {
            return known;
        }
        names.add(label);
        return names.size() - 1;
    }

    List<String> names() {
        return names;
    }

    /** For each number given here, the number of the same label in {@code labels}. */
    int[] renumbered(Labels labels) {
        return names.stream().mapToInt(labels::number).toArray();
    }
}
