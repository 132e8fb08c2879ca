package io.github.codnn.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.JsonField;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.RadioPower;
import io.github.codnn.platform.Tier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The fields {@code devices}, {@code links} and {@code media}, which platforms and problems have in common. */
final class PlatformFields {

    static final List<String> DEVICE = List.of(
            "name",
            "kind",
            "preset",
            "tier",
            "memoryBytes",
            "activeWatts",
            "idleWatts",
            "pricePerSecond",
            "switchOnJoules",
            "endpoint");
    private static final List<String> LINK = List.of(
            "from",
            "to",
            "preset",
            "direction",
            "bytesPerSecond",
            "latencySeconds",
            "transmit",
            "receive",
            "medium",
            "wireBytesPerByte");

    private PlatformFields() {}

    /** Which way a link preset goes, seen from the terminal. */
    private enum Direction {
        UP,
        DOWN
    }

    static Platform read(JsonField root, List<String> knownOfDevice) {
        List<JsonField> deviceFields = root.get("devices").elements();
        List<Device> devices = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonField field : deviceFields) {
            Device device = readDevice(field.only(knownOfDevice));
            if (!names.add(device.name())) {
                throw field.error("is a second device named '" + device.name() + "'");
            }
            devices.add(device);
        }
        Map<String, Tier> tiers = devices.stream().collect(Collectors.toMap(Device::name, Device::tier));
        Map<String, Medium> media = MediaFields.read(root);
        List<Link> links = new ArrayList<>();
        Set<List<String>> pairs = new HashSet<>();
        for (JsonField field : root.elements("links")) {
            Link link = readLink(field.only(LINK), tiers, media);
            if (!pairs.add(List.of(link.from(), link.to()))) {
                throw field.error("is a second link " + link.from() + " -> " + link.to());
            }
            links.add(link);
        }
        return root.make(() -> platform(devices, links, media));
    }

    /** The builder adds the media of presets. */
    private static Platform platform(List<Device> devices, List<Link> links, Map<String, Medium> media) {
        Platform.Builder builder = Platform.builder().links(links);
        devices.forEach(builder::device);
        media.values().forEach(builder::medium);
        return builder.build();
    }

    private static Device readDevice(JsonField field) {
        String name = field.get("name").text();
        Device base = field.find("preset")
                .map(preset -> preset(field, preset, name))
                .orElseGet(
                        () -> field.make(() -> Device.of(name, field.get("kind").text())));
        return field.make(() -> new Device(
                base.name(),
                base.kind(),
                field.find("tier").map(tier -> tier.choice(Tier.class)).orElse(base.tier()),
                field.find("memoryBytes").map(JsonField::integer).orElse(base.memoryBytes()),
                field.find("activeWatts").map(JsonField::nonNegative).orElse(base.activeWatts()),
                field.find("idleWatts").map(JsonField::nonNegative).orElse(base.idleWatts()),
                field.find("pricePerSecond").map(JsonField::nonNegative).orElse(base.pricePerSecond()),
                field.find("switchOnJoules").map(JsonField::nonNegative).orElse(base.switchOnJoules()),
                field.find("endpoint").map(JsonField::text).orElse("")));
    }

    private static Device preset(JsonField field, JsonField preset, String name) {
        if (field.find("kind").isPresent()) {
            throw field.error("must have either 'preset' or 'kind', but has both");
        }
        return preset.make(() -> DevicePresets.named(preset.text()).device(name));
    }

    private static Link readLink(JsonField field, Map<String, Tier> tiers, Map<String, Medium> media) {
        String from = end(field.get("from"), tiers);
        String to = end(field.get("to"), tiers);
        Link base =
                field.find("preset").map(preset -> preset(field, preset, tiers)).orElse(null);
        Optional<String> medium = MediaFields.ofLink(field, media, Optional.ofNullable(base));
        double bandwidth = MediaFields.bytesPerSecond(field, medium.map(media::get), Optional.ofNullable(base));
        double latency = field.find("latencySeconds")
                .map(JsonField::nonNegative)
                .orElse(base == null ? 0 : base.latencySeconds());
        RadioPower transmit = field.find("transmit")
                .map(PlatformFields::readPower)
                .orElse(base == null ? RadioPower.NONE : base.transmit());
        RadioPower receive = field.find("receive")
                .map(PlatformFields::readPower)
                .orElse(base == null ? RadioPower.NONE : base.receive());
        double factor = field.find("wireBytesPerByte").map(JsonField::number).orElse(1.0);
        return field.make(() -> new Link(from, to, bandwidth, latency, transmit, receive, medium, factor));
    }

    private static String end(JsonField field, Map<String, Tier> tiers) {
        String name = field.text();
        if (!name.equals(Link.ANY) && !tiers.containsKey(name)) {
            throw field.error("names device '" + name + "', which does not exist. There are "
                    + Checks.some(tiers.keySet().stream().sorted().toList(), 8) + ", and '*' for every device");
        }
        return name;
    }

    private static Link preset(JsonField field, JsonField preset, Map<String, Tier> tiers) {
        LinkPresets known = preset.make(() -> LinkPresets.named(preset.text()));
        String from = field.get("from").text();
        String to = field.get("to").text();
        Link up = field.make(() -> known.uplink(from, to));
        Link down = field.make(() -> known.downlink(from, to));
        return direction(field, tiers, up.equals(down)) == Direction.UP ? up : down;
    }

    /** A link goes up from a terminal and down to one; where that does not tell, the file must. */
    private static Direction direction(JsonField field, Map<String, Tier> tiers, boolean same) {
        Optional<Direction> given = field.find("direction").map(direction -> direction.choice(Direction.class));
        boolean fromTerminal = tiers.get(field.get("from").text()) == Tier.TERMINAL;
        boolean toTerminal = tiers.get(field.get("to").text()) == Tier.TERMINAL;
        if (given.isPresent()) {
            return given.get();
        }
        if (fromTerminal == toTerminal && !same) {
            throw field.error(
                    "must have a field 'direction', UP from the terminal or DOWN to it, because not exactly one"
                            + " of its ends is a device of tier TERMINAL");
        }
        return toTerminal && !fromTerminal ? Direction.DOWN : Direction.UP;
    }

    private static RadioPower readPower(JsonField field) {
        field.only(List.of("wattsPerMegabitPerSecond", "baseWatts"));
        double perRate = field.find("wattsPerMegabitPerSecond")
                .map(JsonField::nonNegative)
                .orElse(0.0);
        double base = field.find("baseWatts").map(JsonField::nonNegative).orElse(0.0);
        return field.make(() -> new RadioPower(perRate, base));
    }

    static void write(Platform platform, ObjectNode root) {
        ArrayNode devices = root.putArray("devices");
        platform.devices().forEach(device -> writeDevice(device, devices.addObject()));
        ArrayNode links = root.putArray("links");
        platform.links().forEach(link -> writeLink(link, links.addObject()));
        MediaFields.write(platform.media(), root);
    }

    private static void writeDevice(Device device, ObjectNode node) {
        node.put("name", device.name())
                .put("kind", device.kind())
                .put("tier", device.tier().name());
        if (device.memoryBytes() == Device.UNLIMITED_MEMORY) {
            node.putNull("memoryBytes");
        } else {
            node.put("memoryBytes", device.memoryBytes());
        }
        node.put("activeWatts", device.activeWatts())
                .put("idleWatts", device.idleWatts())
                .put("pricePerSecond", device.pricePerSecond());
        if (device.switchOnJoules() > 0) {
            node.put("switchOnJoules", device.switchOnJoules());
        }
        if (!device.endpoint().isEmpty()) {
            node.put("endpoint", device.endpoint());
        }
    }

    private static void writeLink(Link link, ObjectNode node) {
        node.put("from", link.from())
                .put("to", link.to())
                .put("bytesPerSecond", link.bytesPerSecond())
                .put("latencySeconds", link.latencySeconds());
        writePower(link.transmit(), "transmit", node);
        writePower(link.receive(), "receive", node);
        link.medium().ifPresent(medium -> node.put("medium", medium));
        if (link.wireBytesPerByte() < 1) {
            node.put("wireBytesPerByte", link.wireBytesPerByte());
        }
    }

    private static void writePower(RadioPower power, String name, ObjectNode link) {
        if (!power.equals(RadioPower.NONE)) {
            link.putObject(name)
                    .put("wattsPerMegabitPerSecond", power.wattsPerMegabitPerSecond())
                    .put("baseWatts", power.baseWatts());
        }
    }
}
