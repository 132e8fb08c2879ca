package io.github.codnn.platform;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Kinds of network with published rates and power. A terminal sends over {@link #uplink} and receives over
 * {@link #downlink}; energy is counted at the terminal's radio only.
 *
 * <p>Rates: uplinks of CAT1, 3G, 4G and Wi-Fi as used by C. Hu et al. (DADS), INFOCOM 2019; downlinks as recalled from
 * JointDNN (A. E. Eshratifar et al.). Power: J. Huang et al., MobiSys 2012, measured on handsets of that year.
 */
public enum LinkPresets {
    /** LTE category 1, 0.13 Mbit/s up. The downlink is taken to be equal; power as for 4G. */
    CAT1("cat1", 0.13, 0.13, 0.050, 0.43839, 0.05197, 1.28804),
    /** 3G, 1.1 Mbit/s up and 2.03 Mbit/s down. */
    THREE_G("3g", 1.1, 2.03, 0.050, 0.86898, 0.12212, 0.81788),
    /** LTE, 5.85 Mbit/s up and 13.76 Mbit/s down. */
    FOUR_G("4g", 5.85, 13.76, 0.025, 0.43839, 0.05197, 1.28804),
    /** Wi-Fi, 18.88 Mbit/s up and 54.97 Mbit/s down. */
    WIFI("wifi", 18.88, 54.97, 0.002, 0.28317, 0.13701, 0.13286),
    /** Wired Ethernet at 100 Mbit/s; its energy is part of the devices' power. */
    ETHERNET_100M("ethernet-100m", 100, 100, 0.001, 0, 0, 0),
    /** Wired Ethernet at 1 Gbit/s; its energy is part of the devices' power. */
    ETHERNET_1G("ethernet-1g", 1000, 1000, 0.0005, 0, 0, 0),
    /** A site's wide-area connection at 100 Mbit/s with 20 ms; an assumption. */
    WAN_100M("wan-100m", 100, 100, 0.020, 0, 0, 0);

    private static final double BYTES_PER_MEGABIT = 125_000;

    private final String preset;
    private final double uplinkMegabitsPerSecond;
    private final double downlinkMegabitsPerSecond;
    private final double latencySeconds;
    private final RadioPower transmit;
    private final RadioPower receive;

    LinkPresets(
            String preset,
            double uplink,
            double downlink,
            double latencySeconds,
            double transmitSlope,
            double receiveSlope,
            double baseWatts) {
        this.preset = preset;
        this.uplinkMegabitsPerSecond = uplink;
        this.downlinkMegabitsPerSecond = downlink;
        this.latencySeconds = latencySeconds;
        this.transmit = new RadioPower(transmitSlope, baseWatts);
        this.receive = new RadioPower(receiveSlope, baseWatts);
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
     * Makes the link from a terminal.
     *
     * @param terminal the name of the sender, or {@link Link#ANY}
     * @param to the name of the receiver, or {@link Link#ANY}
     * @return the link, with the power of the sender's radio
     */
    public Link uplink(String terminal, String to) {
        return Link.of(terminal, to, uplinkMegabitsPerSecond * BYTES_PER_MEGABIT, latencySeconds)
                .withPower(transmit, RadioPower.NONE);
    }

    /**
     * Makes the link to a terminal.
     *
     * @param from the name of the sender, or {@link Link#ANY}
     * @param terminal the name of the receiver, or {@link Link#ANY}
     * @return the link, with the power of the receiver's radio
     */
    public Link downlink(String from, String terminal) {
        return Link.of(from, terminal, downlinkMegabitsPerSecond * BYTES_PER_MEGABIT, latencySeconds)
                .withPower(RadioPower.NONE, receive);
    }

    /**
     * Makes both links between a terminal and other devices.
     *
     * @param terminal the name of the device whose radio is counted, or {@link Link#ANY}
     * @param other the name of the device at the other end, or {@link Link#ANY}; not both {@link Link#ANY}
     * @return the uplink and the downlink
     */
    public List<Link> between(String terminal, String other) {
        return List.of(uplink(terminal, other), downlink(other, terminal));
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
                        "'" + preset + "' is no preset of links. There are " + String.join(", ", names())));
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
