package io.github.codnn.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codnn.CodnnException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A value in a JSON document with its path, so that error messages can name it.
 *
 * @param document the name of the document
 * @param path the path to the value from the top, such as {@code tasks[0].layers[3].seconds.acc}; empty at the top
 * @param node the value
 */
public record JsonField(String document, String path, JsonNode node) {

    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");

    public CodnnException error(String problem) {
        return new CodnnException(document + ": " + (path.isEmpty() ? "" : path + " ") + problem);
    }

    /** Runs a factory and adds the path of the arguments to the message if it rejects them. */
    public <T> T make(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new CodnnException(document + ": " + (path.isEmpty() ? "" : path + ": ") + e.getMessage(), e);
        }
    }

    /** Checks that this is an object with known fields only: a misspelt field must not be ignored. */
    public JsonField only(List<String> known) {
        if (!node.isObject()) {
            throw error("must be an object, but is " + shown());
        }
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw error("has an unknown field '" + name + "'. Known fields: " + String.join(", ", known));
            }
        }
        return this;
    }

    /** Returns a field of this object, or nothing if it is missing or null. */
    public Optional<JsonField> find(String name) {
        JsonNode child = node.get(name);
        return child == null || child.isNull()
                ? Optional.empty()
                : Optional.of(new JsonField(document, path.isEmpty() ? name : path + "." + name, child));
    }

    /** Tells whether a field of this object is null, not missing. */
    public boolean isNull(String name) {
        JsonNode child = node.get(name);
        return child != null && child.isNull();
    }

    public JsonField get(String name) {
        return find(name).orElseThrow(() -> error("must have a field '" + name + "'"));
    }

    public List<JsonField> elements() {
        if (!node.isArray()) {
            throw error("must be an array, but is " + shown());
        }
        List<JsonField> elements = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            elements.add(new JsonField(document, path + "[" + elements.size() + "]", element));
        }
        return elements;
    }

    /** Returns the elements of an array, none if it is missing. */
    public List<JsonField> elements(String name) {
        return find(name).map(JsonField::elements).orElse(List.of());
    }

    /** Reads an object whose field names are data. */
    public <T> Map<String, T> entries(Function<JsonField, T> reader) {
        if (!node.isObject()) {
            throw error("must be an object, but is " + shown());
        }
        Map<String, T> entries = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> entries.put(
                        entry.getKey(),
                        reader.apply(new JsonField(document, path + "." + entry.getKey(), entry.getValue()))));
        return entries;
    }

    public String text() {
        String text = anyText();
        if (text.isBlank()) {
            throw error("must not be blank");
        }
        return text;
    }

    /** Reads a text that may be blank. */
    public String anyText() {
        if (!node.isTextual()) {
            throw error("must be a text, but is " + shown());
        }
        return node.textValue();
    }

    public boolean truth() {
        if (!node.isBoolean()) {
            throw error("must be true or false, but is " + shown());
        }
        return node.booleanValue();
    }

    public double number() {
        if (!node.isNumber()) {
            boolean comma =
                    node.isTextual() && DECIMAL_COMMA.matcher(node.textValue()).matches();
            throw error("must be a number, but is " + shown()
                    + (comma ? ". Write a point, not a decimal comma, and no quotes" : ""));
        }
        double value = node.doubleValue();
        if (!Double.isFinite(value)) {
            throw error("must be a finite number, but is " + shown());
        }
        return value;
    }

    public double nonNegative() {
        double value = number();
        if (value < 0) {
            throw error("must be zero or greater, but is " + shown());
        }
        return value;
    }

    public long integer() {
        double value = number();
        if (node.isIntegralNumber()
                ? !node.canConvertToLong()
                : value != Math.rint(value) || Math.abs(value) >= 0x1p63) {
            throw error("must be an integer below 2^63, but is " + shown());
        }
        return node.isIntegralNumber() ? node.longValue() : (long) value;
    }

    public <E extends Enum<E>> E choice(Class<E> type) {
        String text = text();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw error("must be one of " + Arrays.toString(type.getEnumConstants()) + ", but is '" + text + "'");
    }

    public String shown() {
        String text = node.toString();
        return switch (node.getNodeType()) {
            case NUMBER, BOOLEAN, NULL -> text.replace("\"", "");
            case STRING -> text.length() > 60 ? "a long text" : text;
            default -> "an " + node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }
}
