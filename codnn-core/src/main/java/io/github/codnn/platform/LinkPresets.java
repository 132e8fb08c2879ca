package io.github.codnn.platform;

import io.github.codnn.NearestNames;
import io.github.codnn.platform.Medium.Duplex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Kinds of network with published rates and power. A terminal sends over {@link #uplink} and receives over
 * {@link #downlink}; energy is counted at the terminal's radio only.
 *
 * <p>A radio is a {@link Medium}: its links name one, by default of the preset's name, and share its time. Stations of
 * a Wi-Fi network take turns on one channel in both directions (IEEE 802.11, distributed coordination function): half
 * duplex. LTE and 3G are taken with paired bands, one for each direction (3GPP TS 36.101, frequency division duplex):
 * full duplex. A medium is as fast as the faster direction of its preset. Wired networks are switched and full duplex:
 * each of their links has a way of its own.
 *
 * <p>Rates: uplinks of CAT1, 3G, 4G and Wi-Fi as used by C. Hu et al. (DADS), INFOCOM 2019; downlinks as recalled from
 * JointDNN (A. E. Eshratifar et al.). Power: J. Huang et al., MobiSys 2012, measured on handsets of that year.
 */
public enum LinkPresets {
    /** LTE category 1, 0.13 Mbit/s up. The downlink is taken to be equal; power as for 4G. */
    CAT1(
            "cat1",
            0.13,
            0.13,
            0.050,
            0.43839,
            0.05197,
            1.28804,
            Optional.of(Duplex.FULL),
            "rate: Hu et al., INFOCOM 2019, downlink taken to be equal; power: Huang et al., MobiSys 2012"),
    /** 3G, 1.1 Mbit/s up and 2.03 Mbit/s down. */
    THREE_G(
            "3g",
            1.1,
            2.03,
            0.050,
            0.86898,
            0.12212,
            0.81788,
            Optional.of(Duplex.FULL),
            "rates: Hu et al., INFOCOM 2019, and JointDNN (downlink); power: Huang et al., MobiSys 2012"),
    /** LTE, 5.85 Mbit/s up and 13.76 Mbit/s down. */
    FOUR_G(
            "4g",
            5.85,
            13.76,
            0.025,
            0.43839,
            0.05197,
            1.28804,
            Optional.of(Duplex.FULL),
            "rates: Hu et al., INFOCOM 2019, and JointDNN (downlink); power: Huang et al., MobiSys 2012"),
    /** Wi-Fi, 18.88 Mbit/s up and 54.97 Mbit/s down. */
    WIFI(
            "wifi",
            18.88,
            54.97,
            0.002,
            0.28317,
            0.13701,
            0.13286,
            Optional.of(Duplex.HALF),
            "rates: Hu et al., INFOCOM 2019, and JointDNN (downlink); power: Huang et al., MobiSys 2012"),
    /**
     * Wi-Fi 5 (IEEE 802.11ac) with two antennas at each end, beside its access point: 600 Mbit/s in either
     * direction, as the guide to Wi-Fi speeds of duckware.com states it (September 2020). The latency is taken to be
     * that of Wi-Fi; energy is not counted, because no figure is published with that rate.
     */
    WIFI_5(
            "wifi-5",
            600,
            600,
            0.002,
            0,
            0,
            0,
            Optional.of(Duplex.HALF),
            "rate: duckware.com, September 2020; latency: that of wifi; no power figure"),
    /**
     * 5G, 21.08 Mbit/s up and 166.13 Mbit/s down: the medians of the world in the third quarter of 2021 (Ookla, Growing
     * and Slowing: The State of 5G Worldwide in 2021). One band carries both directions (3GPP TS 38.101, time division
     * duplex). The latency is taken to be that of LTE; energy is not counted, because no figure is published with those
     * rates.
     */
    FIVE_G(
            "5g",
            21.08,
            166.13,
            0.025,
            0,
            0,
            0,
            Optional.of(Duplex.HALF),
            "rates: Ookla, world medians of Q3 2021; latency: that of 4g; no power figure"),
    /** Wired Ethernet at 100 Mbit/s; its energy is part of the devices' power. */
    ETHERNET_100M("ethernet-100m", 100, 100, 0.001, 0, 0, 0, Optional.empty(), "nominal rate"),
    /** Wired Ethernet at 1 Gbit/s; its energy is part of the devices' power. */
    ETHERNET_1G("ethernet-1g", 1000, 1000, 0.0005, 0, 0, 0, Optional.empty(), "nominal rate"),
    /** A site's wide-area connection at 100 Mbit/s with 20 ms; an assumption. */
    WAN_100M("wan-100m", 100, 100, 0.020, 0, 0, 0, Optional.empty(), "an assumption");

    private static final double BYTES_PER_MEGABIT = 125_000;

    private final String preset;
    private final double uplinkMegabitsPerSecond;
    private final double downlinkMegabitsPerSecond;
    private final double latencySeconds;
    private final RadioPower transmit;
    private final RadioPower receive;
    private final Optional<Duplex> duplex; // of a radio
    private final String source;

    LinkPresets(
            String preset,
            double uplink,
            double downlink,
            double latencySeconds,
            double transmitSlope,
            double receiveSlope,
            double baseWatts,
            Optional<Duplex> duplex,
            String source) {
        this.preset = preset;
        this.uplinkMegabitsPerSecond = uplink;
        this.downlinkMegabitsPerSecond = downlink;
        this.latencySeconds = latencySeconds;
        this.transmit = new RadioPower(transmitSlope, baseWatts);
        this.receive = new RadioPower(receiveSlope, baseWatts);
        this.duplex = duplex;
        this.source = source;
    }

    /**
     * Returns the name of this preset in files and on the command line.
     *
     * @return the name, such as {@code wifi}
     */
    public String preset() {
        return preset;
    }

    /**
     * Returns where the figures of this preset are from.
     *
     * @return the sources of its rates and power, and which of them are assumptions
     */
    public String source() {
        return source;
    }

    /**
     * Returns the medium of one network of this kind.
     *
     * @return the medium, named like the preset; nothing if the preset is wired
     */
    public Optional<Medium> medium() {
        return medium(preset);
    }

    /**
     * Returns the medium of one of several networks of this kind.
     *
     * @param name its name
     * @return the medium; nothing if the preset is wired
     */
    public Optional<Medium> medium(String name) {
        double rate = Math.max(uplinkMegabitsPerSecond, downlinkMegabitsPerSecond) * BYTES_PER_MEGABIT;
        return duplex.map(known -> new Medium(name, rate, known));
    }

    /**
     * Adds the media of presets that links name and nobody described, as fast as the fastest of these links.
     *
     * @param media those described
     * @param links the links
     * @return the media described, then those of presets in the order of declaration
     */
    static List<Medium> withMedia(List<Medium> media, List<Link> links) {
        List<Medium> all = new ArrayList<>(media);
        for (LinkPresets known : values()) {
            boolean isDescribed =
                    media.stream().anyMatch(medium -> medium.name().equals(known.preset));
            double fastest = links.stream()
                    .filter(link -> link.medium().filter(known.preset::equals).isPresent())
                    .mapToDouble(Link::bytesPerSecond)
                    .max()
                    .orElse(0);
            if (!isDescribed && fastest > 0) {
                known.medium()
                        .map(medium ->
                                new Medium(medium.name(), Math.max(medium.bytesPerSecond(), fastest), medium.duplex()))
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    /**
     * Makes the link from a terminal.
     *
     * @param terminal the name of the sender, or {@link Link#ANY}
     * @param to the name of the receiver, or {@link Link#ANY}
     * @return the link, with the power of the sender's radio; that of a radio is on the medium named like the preset
     */
    public Link uplink(String terminal, String to) {
        Link link = Link.of(terminal, to, uplinkMegabitsPerSecond * BYTES_PER_MEGABIT, latencySeconds)
                .withPower(transmit, RadioPower.NONE);
        return duplex.isPresent() ? link.withMedium(preset) : link;
    }

    /**
     * Makes the link to a terminal.
     *
     * @param from the name of the sender, or {@link Link#ANY}
     * @param terminal the name of the receiver, or {@link Link#ANY}
     * @return the link, with the power of the receiver's radio; that of a radio is on the medium named like the preset
     */
    public Link downlink(String from, String terminal) {
        Link link = Link.of(from, terminal, downlinkMegabitsPerSecond * BYTES_PER_MEGABIT, latencySeconds)
                .withPower(RadioPower.NONE, receive);
        return duplex.isPresent() ? link.withMedium(preset) : link;
    }

    /**
     * Makes both links between a terminal and other devices.
     *
     * @param terminal the name of the device whose radio is counted, or {@link Link#ANY}
     * @param other the name of the device at the other end, or {@link Link#ANY}; not both {@link Link#ANY}
     * @return the uplink and the downlink; those of a radio are on the medium named like the preset
     */
    public List<Link> between(String terminal, String other) {
        return List.of(uplink(terminal, other), downlink(other, terminal));
    }

    /**
     * Makes both links between a terminal and other devices over one of several radio networks of this kind.
     *
     * @param terminal the name of the device whose radio is counted, or {@link Link#ANY}
     * @param other the name of the device at the other end, or {@link Link#ANY}; not both {@link Link#ANY}
     * @param medium the name of the network, to be described with {@link #medium(String)}
     * @return the uplink and the downlink, on that medium
     */
    public List<Link> between(String terminal, String other, String medium) {
        return List.of(
                uplink(terminal, other).withMedium(medium),
                downlink(other, terminal).withMedium(medium));
    }

    /**
     * Finds a preset by its name in files.
     *
     * @param preset the name, such as {@code wifi}
     * @return the preset
     * @throws IllegalArgumentException if there is none of that name; the message lists the names
     */
    public static LinkPresets named(String preset) {
        return Arrays.stream(values())
                .filter(value -> value.preset.equals(preset))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + preset + "' is no preset of links." + NearestNames.choice(preset, names())));
    }

    /**
     * Returns the names of all presets.
     *
     * @return the names in the order of declaration
     */
    public static List<String> names() {
        return Arrays.stream(values()).map(LinkPresets::preset).collect(Collectors.toUnmodifiableList());
    }
}
