package io.github.codnn.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.JsonField;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The field {@code media} of platforms and problems, and what links take from it. */
final class MediaFields {

    private static final List<String> MEDIUM = List.of("name", "bytesPerSecond", "duplex");

    private MediaFields() {}

    /** Reads the media that a file describes, by name in the order of the file. */
    static Map<String, Medium> read(JsonField root) {
        Map<String, Medium> media = new LinkedHashMap<>();
        for (JsonField field : root.elements("media")) {
            Medium medium = readMedium(field.only(MEDIUM));
            if (media.put(medium.name(), medium) != null) {
                throw field.error("is a second medium named '" + medium.name() + "'");
            }
        }
        return media;
    }

    private static Medium readMedium(JsonField field) {
        String name = field.get("name").text();
        double rate = positive(field.get("bytesPerSecond"));
        Medium.Duplex duplex = field.get("duplex").choice(Medium.Duplex.class);
        return field.make(() -> new Medium(name, rate, duplex));
    }

    /** Returns the name of a link's medium: the one it names, else that of its preset unless the link says null. */
    static Optional<String> ofLink(JsonField link, Map<String, Medium> media, Optional<Link> preset) {
        Optional<JsonField> named = link.find("medium");
        Optional<String> ofPreset = preset.flatMap(Link::medium);
        if (named.isEmpty()) {
            return link.isNull("medium") ? Optional.empty() : ofPreset;
        }
        String name = named.get().text();
        boolean exists =
                media.containsKey(name) || ofPreset.filter(name::equals).isPresent();
        if (!exists) {
            List<String> names = new ArrayList<>(media.keySet());
            throw named.get()
                    .error("names medium '" + name + "', which does not exist. "
                            + (names.isEmpty()
                                    ? "Describe it in 'media' of the file."
                                    : "There are " + Checks.some(names, 8)));
        }
        return Optional.of(name);
    }

    /** Returns the rate of a link: its own, else that of its preset as far as the medium allows, else the medium's. */
    static double bytesPerSecond(JsonField link, Optional<Medium> medium, Optional<Link> preset) {
        Optional<JsonField> own = link.find("bytesPerSecond");
        double most = medium.map(Medium::bytesPerSecond).orElse(Double.POSITIVE_INFINITY);
        if (own.isEmpty() && (preset.isPresent() || medium.isPresent())) {
            return Math.min(most, preset.map(Link::bytesPerSecond).orElse(Double.POSITIVE_INFINITY));
        }
        JsonField field = own.orElseGet(() -> link.get("bytesPerSecond"));
        double rate = positive(field);
        if (rate > most) {
            throw field.error("must be at most " + most + ", the rate of the link's medium, but is " + field.shown());
        }
        return rate;
    }

    private static double positive(JsonField field) {
        double value = field.number();
        if (!(value > 0)) {
            throw field.error("must be greater than zero, but is " + field.shown());
        }
        return value;
    }

    static void write(List<Medium> media, ObjectNode root) {
        if (media.isEmpty()) {
            return;
        }
        ArrayNode array = root.putArray("media");
        media.forEach(medium -> array.addObject()
                .put("name", medium.name())
                .put("bytesPerSecond", medium.bytesPerSecond())
                .put("duplex", medium.duplex().name()));
    }
}
