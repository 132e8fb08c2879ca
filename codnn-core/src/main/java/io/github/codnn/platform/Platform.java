package io.github.codnn.platform;

import io.github.codnn.NearestNames;
import io.github.codnn.internal.Checks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The devices that a plan may use and the links between them. Without a link from one device to another, no tensor can
 * be sent from the first to the second.
 *
 * @param devices the devices, at least one, with unique names; results number devices in this order
 * @param links the links; if several links match a pair of devices, the one that names more of them wins, and a named
 *     sender outranks a named receiver
 * @param media the radio channels and buses that links share, with unique names
 */
public record Platform(List<Device> devices, List<Link> links, List<Medium> media) {

    /** Checks and copies the components. */
    public Platform {
        devices = Checks.notEmpty(devices, "device on a platform");
        links = List.copyOf(links);
        Map<String, Device> byName = new LinkedHashMap<>();
        for (Device device : devices) {
            if (byName.put(device.name(), device) != null) {
                throw new IllegalArgumentException("The platform has two devices named '" + device.name() + "'");
            }
        }
        List<String> pairs = new ArrayList<>();
        for (Link link : links) {
            checkEnd(link, link.from(), byName);
            checkEnd(link, link.to(), byName);
            pairs.add(link.from() + " -> " + link.to());
        }
        if (pairs.stream().distinct().count() < pairs.size()) {
            pairs.stream().distinct().toList().forEach(pairs::remove);
            throw new IllegalArgumentException("The platform has two links " + pairs.get(0));
        }
        media = List.copyOf(media);
        checkMedia(links, media);
    }

    /**
     * Makes a platform whose only media are those of {@link LinkPresets}, as far as links name them.
     *
     * @param devices the devices, at least one, with unique names
     * @param links the links
     */
    public Platform(List<Device> devices, List<Link> links) {
        this(devices, links, LinkPresets.withMedia(List.of(), links));
    }

    private static void checkMedia(List<Link> links, List<Medium> media) {
        Map<String, Medium> byName = new LinkedHashMap<>();
        for (Medium medium : media) {
            if (byName.put(medium.name(), medium) != null) {
                throw new IllegalArgumentException("The platform has two media named '" + medium.name() + "'");
            }
        }
        for (Link link : links) {
            link.medium().ifPresent(name -> checkMedium(link, name, byName));
        }
    }

    private static void checkMedium(Link link, String name, Map<String, Medium> media) {
        String which = "Link " + link.from() + " -> " + link.to();
        Medium medium = media.get(name);
        if (medium == null) {
            throw new IllegalArgumentException(
                    which + " names medium '" + name + "', which the platform does not have. "
                            + (media.isEmpty() ? "It has no media." : "It has " + Checks.some(media.keySet(), 8)));
        }
        if (link.bytesPerSecond() > medium.bytesPerSecond()) {
            throw new IllegalArgumentException(which + " sends " + link.bytesPerSecond()
                    + " bytes per second, but its medium '" + name + "' only " + medium.bytesPerSecond()
                    + ". Lower the link's rate or raise the medium's.");
        }
    }

    /**
     * Starts a platform.
     *
     * @return a builder without devices and links
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the position of a device in {@link #devices()}.
     *
     * @param device the name of the device
     * @return its index, from 0
     * @throws IllegalArgumentException if there is no such device
     */
    public int indexOf(String device) {
        for (int index = 0; index < devices.size(); index++) {
            if (devices.get(index).name().equals(device)) {
                return index;
            }
        }
        throw new IllegalArgumentException("The platform has no device '" + device + "'."
                + NearestNames.question(
                        device, devices.stream().map(Device::name).toList())
                + " It has " + names());
    }

    /**
     * Returns the link over which one device sends to another.
     *
     * @param from the name of the sender
     * @param to the name of the receiver
     * @return the link, or nothing if there is none or both are the same device
     */
    public Optional<Link> link(String from, String to) {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Link best = null;
        int bestRank = 0;
        for (Link link : links) {
            int rank = rank(link.from(), from, 3) * rank(link.to(), to, 2);
            if (rank > bestRank) {
                best = link;
                bestRank = rank;
            }
        }
        return from.equals(to) ? Optional.empty() : Optional.ofNullable(best);
    }

    /**
     * Returns what a transfer between two devices shares with the transfers of other links.
     *
     * @param from the name of the sender
     * @param to the name of the receiver
     * @return the name of the medium if it is half duplex; with {@code " up"} or {@code " down"} behind it if it is
     *     full duplex, whose directions are two resources; nothing if no link leads there or it has a way of its own
     */
    public Optional<String> sharedResource(String from, String to) {
        return link(from, to)
                .flatMap(Link::medium)
                .flatMap(name -> media.stream()
                        .filter(medium -> medium.name().equals(name))
                        .findFirst())
                .map(medium -> medium.duplex() == Medium.Duplex.HALF
                        ? medium.name()
                        : medium.name() + (isUp(indexOf(from), indexOf(to)) ? " up" : " down"));
    }

    /**
     * Returns this platform with other links between some devices, such as slower ones.
     *
     * @param from the name of the sender, or {@link Link#ANY}
     * @param to the name of the receiver, or {@link Link#ANY}
     * @param change what becomes of each link from such a sender to such a receiver; its ends are kept
     * @return the changed platform; where a link covers other devices, too, it has one more link for those named
     * @throws IllegalArgumentException if there is no such device, no link between them, or a changed link is faster
     *     than its medium
     */
    public Platform withLinks(String from, String to, UnaryOperator<Link> change) {
        return new Platform(devices, LinkEdit.of(this, from, to, change), media);
    }

    /**
     * Returns this platform with another rate of a medium. Its links change in proportion.
     *
     * @param name the name of the medium
     * @param bytesPerSecond the new rate, positive and finite
     * @return the changed platform
     * @throws IllegalArgumentException if there is no such medium
     */
    public Platform withMediumRate(String name, double bytesPerSecond) {
        Medium old = media.stream()
                .filter(medium -> medium.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The platform has no medium '" + name + "'. It has "
                        + Checks.some(media.stream().map(Medium::name).toList(), 8)));
        Medium changed = new Medium(name, bytesPerSecond, old.duplex());
        return new Platform(
                devices,
                links.stream()
                        .map(link -> link.medium().equals(Optional.of(name))
                                ? link.withBytesPerSecond(Math.min(
                                        bytesPerSecond, link.bytesPerSecond() / old.bytesPerSecond() * bytesPerSecond))
                                : link)
                        .toList(),
                media.stream()
                        .map(medium -> medium.equals(old) ? changed : medium)
                        .toList());
    }

    /**
     * Returns this platform in which another device replaces one, with the same links.
     *
     * @param device the changed device, with the name of the present one
     * @return the changed platform
     * @throws IllegalArgumentException if there is no device of that name
     */
    public Platform withDevice(Device device) {
        List<Device> changed = new ArrayList<>(devices);
        changed.set(indexOf(device.name()), device);
        return new Platform(changed, links, media);
    }

    /**
     * Returns this platform with one more device, linked to the others like one of them.
     *
     * @param name the name of the new device
     * @param like the name of the device whose figures and links it has. Between the two there is only a link that
     *     holds for any sender or any receiver
     * @return the changed platform
     * @throws IllegalArgumentException if there is no such device, or already one of the new name
     */
    public Platform withCopy(String name, String like) {
        List<Device> more = new ArrayList<>(devices);
        more.add(devices.get(indexOf(like)).withName(name));
        if (devices.stream().anyMatch(device -> device.name().equals(name))) {
            throw new IllegalArgumentException("The platform has a device '" + name + "' already");
        }
        List<Link> linked = new ArrayList<>(links);
        for (Link link : links) {
            if (link.from().equals(like)) {
                linked.add(link.withEnds(name, link.to()));
            } else if (link.to().equals(like)) {
                linked.add(link.withEnds(link.from(), name));
            }
        }
        return new Platform(more, linked, media);
    }

    /**
     * Returns this platform without a device and its links.
     *
     * @param name the name of the device
     * @return the changed platform
     * @throws IllegalArgumentException if there is no such device, or no other one
     */
    public Platform without(String name) {
        List<Device> fewer = new ArrayList<>(devices);
        fewer.remove(indexOf(name));
        return new Platform(
                fewer,
                links.stream()
                        .filter(link -> !link.from().equals(name) && !link.to().equals(name))
                        .toList(),
                media);
    }

    private boolean isUp(int from, int to) {
        int tiers = devices.get(to).tier().compareTo(devices.get(from).tier());
        return tiers == 0 ? from < to : tiers > 0;
    }

    // 0: no match; 1: matches any device; otherwise the weight of a named end, greater for the sender.
    private static int rank(String pattern, String device, int named) {
        if (pattern.equals(device)) {
            return named;
        }
        return pattern.equals(Link.ANY) ? 1 : 0;
    }

    private static void checkEnd(Link link, String end, Map<String, Device> byName) {
        if (!end.equals(Link.ANY) && !byName.containsKey(end)) {
            throw new IllegalArgumentException("Link " + link.from() + " -> " + link.to() + " names device '" + end
                    + "', which the platform does not have. It has " + Checks.some(byName.keySet(), 8));
        }
    }

    private String names() {
        return Checks.some(devices.stream().map(Device::name).toList(), 8);
    }

    /** Assembles a {@link Platform}. Not thread-safe. */
    public static final class Builder {

        private final List<Device> devices = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();
        private final List<Medium> media = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a device.
         *
         * @param device the device
         * @return this builder
         */
        public Builder device(Device device) {
            devices.add(Objects.requireNonNull(device, "device"));
            return this;
        }

        /**
         * Adds a device with the figures of a preset.
         *
         * @param name the name of the device
         * @param preset its figures
         * @return this builder
         */
        public Builder device(String name, DevicePresets preset) {
            return device(preset.device(name));
        }

        /**
         * Adds a medium. Those of {@link LinkPresets} need not be added if links name them.
         *
         * @param medium the medium
         * @return this builder
         */
        public Builder medium(Medium medium) {
            media.add(Objects.requireNonNull(medium, "medium"));
            return this;
        }

        /**
         * Adds a link in one direction.
         *
         * @param link the link
         * @return this builder
         */
        public Builder link(Link link) {
            links.add(Objects.requireNonNull(link, "link"));
            return this;
        }

        /**
         * Adds several links, such as those of {@link Link#symmetric}.
         *
         * @param more the links
         * @return this builder
         */
        public Builder links(List<Link> more) {
            links.addAll(List.copyOf(more));
            return this;
        }

        /**
         * Joins a device to every other device in both directions. Both share the medium of a radio.
         *
         * @param terminal the name of the device, which sends over the uplink of the preset
         * @param preset the kind of network
         * @return this builder
         */
        public Builder link(String terminal, LinkPresets preset) {
            return link(terminal, Link.ANY, preset);
        }

        /**
         * Joins two devices in both directions. Both share the medium of a radio.
         *
         * @param terminal the name of the device that sends over the uplink of the preset, or {@link Link#ANY}
         * @param other the name of the device that sends over the downlink of the preset, or {@link Link#ANY}
         * @param preset the kind of network
         * @return this builder
         */
        public Builder link(String terminal, String other, LinkPresets preset) {
            return links(preset.between(terminal, other));
        }

        /**
         * Checks the parts and makes the platform. The builder can be used on.
         *
         * @return the platform
         * @throws IllegalArgumentException if there is no device, a name is used twice, two links join the same pair,
         *     or a link names a device or a medium that was not added
         */
        public Platform build() {
            return new Platform(devices, links, LinkPresets.withMedia(media, links));
        }
    }
}
