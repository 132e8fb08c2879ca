package io.github.codnn.reproduce;

import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import java.util.List;

/**
 * The platform of the single-task experiments: a camera, three edge devices and a server in the cloud. The paper names
 * the tiers, but neither devices nor bandwidths nor prices. Ours are presets with published figures; the prices of the
 * edge devices are assumptions that increase with their power. The camera reaches the cloud over Wi-Fi and the
 * wide-area connection of the site.
 */
final class EdgePlatform {

    /** The terminal that produces the frames. */
    static final String CAMERA = "camera";

    private static final double SECONDS_PER_HOUR = 3600;

    private EdgePlatform() {}

    /** Returns the platform with Wi-Fi at its published rates. */
    static Platform withDefaults() {
        return withBandwidth(1);
    }

    /** Returns the platform with all bandwidths multiplied. */
    static Platform withBandwidth(double factor) {
        List<Device> devices = List.of(
                DevicePresets.RASPBERRY_PI_4B.device(CAMERA),
                DevicePresets.JETSON_NANO_GPU.device("nano").withPricePerSecond(0.05 / SECONDS_PER_HOUR),
                DevicePresets.JETSON_TX2_NX_GPU.device("tx2").withPricePerSecond(0.10 / SECONDS_PER_HOUR),
                DevicePresets.JETSON_AGX_XAVIER_CPU.device("xavier").withPricePerSecond(0.20 / SECONDS_PER_HOUR),
                DevicePresets.TESLA_T4_FP32.device("cloud"));
        List<Link> links = List.of(
                LinkPresets.WIFI.uplink(CAMERA, Link.ANY),
                LinkPresets.WIFI.downlink(Link.ANY, CAMERA),
                LinkPresets.ETHERNET_100M.uplink(Link.ANY, Link.ANY),
                LinkPresets.WAN_100M.uplink(Link.ANY, "cloud"),
                LinkPresets.WAN_100M.downlink("cloud", Link.ANY),
                behind(LinkPresets.WIFI.uplink(CAMERA, "cloud"), LinkPresets.WAN_100M.uplink(CAMERA, "cloud")),
                behind(LinkPresets.WIFI.downlink("cloud", CAMERA), LinkPresets.WAN_100M.downlink("cloud", CAMERA)));
        return new Platform(
                devices, links.stream().map(link -> scaled(link, factor)).toList());
    }

    private static Link behind(Link near, Link far) {
        return new Link(
                near.from(),
                near.to(),
                Math.min(near.bytesPerSecond(), far.bytesPerSecond()),
                near.latencySeconds() + far.latencySeconds(),
                near.transmit(),
                near.receive());
    }

    /** On no medium: the paper counts each link by itself. */
    private static Link scaled(Link link, double factor) {
        return new Link(
                link.from(),
                link.to(),
                link.bytesPerSecond() * factor,
                link.latencySeconds(),
                link.transmit(),
                link.receive());
    }
}
