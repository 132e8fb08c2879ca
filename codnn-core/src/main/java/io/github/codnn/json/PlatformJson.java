package io.github.codnn.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.cost.Roofline;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.JsonField;
import io.github.codnn.internal.JsonFiles;
import io.github.codnn.platform.Platform;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Platform files: the devices that may take part and the links between them.
 *
 * <p>A device has a {@code name} and either a {@code preset}, one of
 * {@link io.github.codnn.platform.DevicePresets#names()}, or a {@code kind}; in addition, each optional and with
 * precedence over the preset, {@code tier} (TERMINAL, EDGE or CLOUD, default EDGE), {@code memoryBytes} (default
 * unlimited), {@code activeWatts}, {@code idleWatts}, {@code pricePerSecond} and {@code switchOnJoules} (default 0).
 * Its speed comes from its preset or kind, or from {@code roofline: {macsPerSecond, weightBytesPerSecond,
 * secondsPerKernel}}, or from {@code costModel}, the file of a fitted model, relative to the platform file. Devices of
 * one kind have one speed: it is enough to state it once.
 *
 * <p>A link has {@code from} and {@code to}, names of devices or {@code "*"} for every device, and either
 * {@code bytesPerSecond} or a {@code preset}, one of {@link io.github.codnn.platform.LinkPresets#names()}; in addition
 * {@code latencySeconds} (default 0), {@code wireBytesPerByte}, the factor of compression (default 1), and the powers
 * {@code transmit} and {@code receive} of the interfaces, each {@code
 * {wattsPerMegabitPerSecond, baseWatts}} (default 0). A preset goes up from a terminal and down to one; where not
 * exactly one end is a device of tier TERMINAL and the preset differs by direction, {@code direction} must say UP or
 * DOWN. {@code medium} names the medium that the link shares: one of {@code media}, each {@code {name, bytesPerSecond,
 * duplex}} with HALF or FULL. A link without a rate of its own is as fast as its medium; none is faster. A preset of a
 * radio is on a medium of the preset's name, which need not be described; {@code null} gives the link a way of its own.
 *
 * <p>Fields that are unknown or missing, numbers out of range, names that do not exist: each is one
 * {@link CodnnException} of one line with the file and the path to the field.
 */
public final class PlatformJson {

    /** The format that this class writes; optional on reading. */
    private static final String FORMAT = "codnn-platform/1";

    private static final List<String> DEVICE = Stream.concat(
                    PlatformFields.DEVICE.stream(), Stream.of("roofline", "costModel"))
            .toList();

    private PlatformJson() {}

    /**
     * The content of a platform file.
     *
     * @param platform the devices and links
     * @param costModel the speeds of the presets and of the kinds that the file gives a roofline
     * @param costModelFiles for kinds whose speed is in a file of its own that file, as the platform file names it
     */
    public record Document(Platform platform, RooflineCostModel costModel, Map<String, String> costModelFiles) {

        /** Copies the components. */
        public Document {
            Objects.requireNonNull(platform, "platform");
            Objects.requireNonNull(costModel, "costModel");
            costModelFiles = Checks.copyInOrder(costModelFiles);
        }
    }

    /**
     * Reads a platform file of at most 64 MiB.
     *
     * @param file the file
     * @return its content
     * @throws CodnnException if the file cannot be read or its content cannot be used
     */
    public static Document read(Path file) {
        return read(JsonFiles.read(file));
    }

    /**
     * Reads a platform from text.
     *
     * @param json the content of a platform file
     * @return its content
     * @throws CodnnException if the content cannot be used
     */
    public static Document parse(String json) {
        return read(JsonFiles.parse("platform", json));
    }

    private static Document read(JsonField root) {
        root.only(List.of("format", "name", "notes", "devices", "links", "media"));
        root.find("format").ifPresent(format -> {
            if (!format.text().equals(FORMAT)) {
                throw format.error("must be '" + FORMAT + "', but is '" + format.text() + "'");
            }
        });
        Platform platform = PlatformFields.read(root, DEVICE);
        RooflineCostModel rooflines = RooflineCostModel.withPresets();
        Map<String, Roofline> ownRooflines = new LinkedHashMap<>();
        Map<String, String> files = new LinkedHashMap<>();
        int index = 0;
        for (JsonField device : root.get("devices").elements()) {
            String kind = platform.devices().get(index++).kind();
            device.find("roofline").ifPresent(field -> same(field, kind, ownRooflines, readRoofline(field)));
            device.find("costModel").ifPresent(field -> same(field, kind, files, fileName(field)));
            if (ownRooflines.containsKey(kind) && files.containsKey(kind)) {
                throw device.error("must have either 'roofline' or 'costModel', but its kind '" + kind + "' has both");
            }
        }
        for (Map.Entry<String, Roofline> entry : ownRooflines.entrySet()) {
            rooflines = rooflines.with(entry.getKey(), entry.getValue());
        }
        return new Document(platform, rooflines, files);
    }

    private static String fileName(JsonField field) {
        String name = field.text();
        return field.make(() -> Path.of(name)).toString();
    }

    private static <T> void same(JsonField field, String kind, Map<String, T> known, T value) {
        T other = known.putIfAbsent(kind, value);
        if (other != null && !other.equals(value)) {
            throw field.error(
                    "differs from that of another device of kind '" + kind + "'. Maybe give it a kind of its own.");
        }
    }

    private static Roofline readRoofline(JsonField field) {
        field.only(List.of("macsPerSecond", "weightBytesPerSecond", "secondsPerKernel"));
        return field.make(() -> new Roofline(
                field.get("macsPerSecond").number(),
                field.find("weightBytesPerSecond").map(JsonField::number).orElse(Double.POSITIVE_INFINITY),
                field.find("secondsPerKernel").map(JsonField::nonNegative).orElse(0.0)));
    }

    /**
     * Writes a platform as text, with every figure explicit; {@link #parse} gives an equal platform.
     *
     * @param platform the platform
     * @return the content of a platform file
     */
    public static String render(Platform platform) {
        return JsonFiles.text(tree(platform));
    }

    /**
     * Writes a platform file, whole or not at all.
     *
     * @param platform the platform
     * @param file the file, replaced if it exists
     * @throws CodnnException if the file cannot be written
     */
    public static void write(Platform platform, Path file) {
        JsonFiles.write(tree(platform), file);
    }

    private static ObjectNode tree(Platform platform) {
        ObjectNode root = JsonFiles.object().put("format", FORMAT);
        PlatformFields.write(platform, root);
        return root;
    }
}
