package io.github.codnn.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares the figures that a plan file states with those of its placement. */
final class StatedFigures {

    /** Files written by other versions may sum in another order. */
    private static final double TOLERANCE = 1e-6;

    private final List<String> contradictions = new ArrayList<>();

    private StatedFigures() {}

    /**
     * Lists what contradicts.
     *
     * @param stated the content of the file; fields that it lacks state nothing
     * @param computed what the file would be, written now
     * @return one text for each contradiction
     */
    static List<String> compare(JsonNode stated, JsonNode computed) {
        StatedFigures figures = new StatedFigures();
        for (String field :
                List.of("tasks", "links", "media", "unknownShare", "unknownLayers", "metrics", "gap", "blockGap")) {
            if (stated.has(field) && computed.has(field)) {
                figures.compare(field, stated.get(field), computed.get(field));
            }
        }
        return List.copyOf(figures.contradictions);
    }

    private void compare(String path, JsonNode stated, JsonNode computed) {
        if (computed.isObject() && stated.isObject()) {
            for (Map.Entry<String, JsonNode> field : computed.properties()) {
                // Messages are for people and change from version to version.
                if (stated.has(field.getKey()) && !field.getKey().equals("message")) {
                    compare(path + "." + field.getKey(), stated.get(field.getKey()), field.getValue());
                }
            }
        } else if (computed.isArray() && stated.isArray() && computed.size() == stated.size()) {
            for (int index = 0; index < computed.size(); index++) {
                compare(path + "[" + index + "]", stated.get(index), computed.get(index));
            }
        } else if (!isEqual(stated, computed)) {
            contradictions.add(path + " is " + shown(stated) + ", but the placement gives " + shown(computed));
        }
    }

    private static boolean isEqual(JsonNode stated, JsonNode computed) {
        if (stated.isNumber() && computed.isNumber()) {
            double first = stated.doubleValue();
            double second = computed.doubleValue();
            return Math.abs(first - second) <= TOLERANCE * Math.max(Math.abs(first), Math.abs(second));
        }
        return stated.equals(computed);
    }

    private static String shown(JsonNode node) {
        if (node.isArray()) {
            return "a list of " + node.size();
        }
        return node.isObject() ? "an object" : node.toString();
    }
}
