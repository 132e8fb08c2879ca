package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.units.Units;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One task as the command line states it: {@code MODEL[,name=..][,source=..][,sink=..][,frames=..]
 * [,deadline=..][,input-bytes=..]}.
 *
 * @param model the network
 * @param settings what else is stated, as text by key
 */
record TaskArgument(String model, Map<String, String> settings) {

    private static final List<String> KEYS = List.of("name", "source", "sink", "frames", "deadline", "input-bytes");

    TaskArgument {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    static TaskArgument parse(String text) {
        String[] parts = text.split(",", -1);
        Map<String, String> settings = new LinkedHashMap<>();
        for (int index = 1; index < parts.length; index++) {
            int equals = parts[index].indexOf('=');
            String key = equals < 0 ? parts[index] : parts[index].substring(0, equals);
            if (equals < 0 || !KEYS.contains(key)) {
                throw new CodnnException(
                        "--task " + text + ": '" + parts[index] + "' is none of " + String.join("=.., ", KEYS) + "=..");
            }
            if (settings.put(key, parts[index].substring(equals + 1)) != null) {
                throw new CodnnException("--task " + text + ": '" + key + "' is stated twice. Remove one");
            }
        }
        return new TaskArgument(parts[0], settings);
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    Optional<Long> count(String key) {
        return text(key).map(text -> {
            try {
                return Units.count(text);
            } catch (CodnnException e) {
                throw new CodnnException(
                        "--task " + model + ": " + key + " must be a whole number, but is '" + text + "'", e);
            }
        });
    }

    Optional<Double> seconds(String key) {
        return text(key).map(text -> {
            try {
                return Units.seconds(text);
            } catch (CodnnException e) {
                throw new CodnnException(
                        "--task " + model + ": " + key + " must be a time, as in 30ms or 0.5s, but is '" + text + "'",
                        e);
            }
        });
    }
}
