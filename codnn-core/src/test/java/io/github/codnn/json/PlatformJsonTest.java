package io.github.codnn.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.Tier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformJsonTest {

    private static final String PLATFORM = """
            {"devices": [
              {"name": "drone", "preset": "raspberry-pi-4b"},
              {"name": "edge", "preset": "jetson-nano-gpu", "memoryBytes": 1024, "activeWatts": 7,
               "endpoint": "10.0.0.2:8001/first"},
              {"name": "own", "kind": "fpga", "tier": "CLOUD", "pricePerSecond": 0.25, "switchOnJoules": 12.5,
               "roofline": {"macsPerSecond": 1e9, "secondsPerKernel": 0.5}},
              {"name": "fitted", "kind": "phone", "costModel": "phone.json"}],
             "links": [
              {"from": "drone", "to": "edge", "preset": "wifi"},
              {"from": "edge", "to": "drone", "preset": "wifi", "latencySeconds": 0.125},
              {"from": "*", "to": "*", "preset": "ethernet-1g"},
              {"from": "*", "to": "own", "preset": "4g", "direction": "UP"}]}
            """;

    @Test
    void read_presetsAndOwnFigures_areResolved() {
        PlatformJson.Document document = PlatformJson.parse(PLATFORM);

        assertThat(document.platform().devices())
                .containsExactly(
                        DevicePresets.RASPBERRY_PI_4B.device("drone"),
                        DevicePresets.JETSON_NANO_GPU
                                .device("edge")
                                .withMemoryBytes(1024)
                                .withEndpoint("10.0.0.2:8001/first")
                                .withWatts(7, 1.9),
                        new Device("own", "fpga", Tier.CLOUD, Device.UNLIMITED_MEMORY, 0, 0, 0.25, 12.5),
                        Device.of("fitted", "phone"));
        Link down = LinkPresets.WIFI.downlink("edge", "drone");
        assertThat(document.platform().links())
                .containsExactly(
                        LinkPresets.WIFI.uplink("drone", "edge"),
                        Link.of("edge", "drone", down.bytesPerSecond(), 0.125)
                                .withPower(down.transmit(), down.receive())
                                .withMedium("wifi"),
                        LinkPresets.ETHERNET_1G.uplink("*", "*"),
                        LinkPresets.FOUR_G.uplink("*", "own"));
        assertThat(document.costModelFiles()).isEqualTo(Map.of("phone", "phone.json"));
    }

    @Test
    void read_roofline_isPartOfTheCostModel() {
        PlatformJson.Document document = PlatformJson.parse(PLATFORM);
        Layer layer = Layer.of("l", new Operator.MatMul(), List.of(), List.of()).withMacs(2_000_000_000L);

        assertThat(document.costModel()
                        .compute(layer, document.platform().devices().get(2)))
                .isEqualTo(new Cost(2.5, 0));
        assertThatThrownBy(() -> document.costModel()
                        .compute(layer, document.platform().devices().get(3)))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("device 'fitted' of kind 'phone'");
    }

    @Test
    void roundTrip_anyPlatform_givesAnEqualOne(@TempDir Path folder) {
        Platform platform = PlatformJson.parse(PLATFORM).platform();
        Path file = folder.resolve("platform.json");

        PlatformJson.write(platform, file);

        assertThat(PlatformJson.read(file).platform()).isEqualTo(platform);
        assertThat(PlatformJson.parse(PlatformJson.render(platform)).platform()).isEqualTo(platform);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "raspberry-pi-4b"      | "raspberry-pi-4"      | devices[0].preset: 'raspberry-pi-4' is no preset of devices. Did you mean 'raspberry-pi-4b' or
                    "preset": "raspberry-pi-4b" | "speed": 3       | devices[0] has an unknown field 'speed'
                    "preset": "raspberry-pi-4b" | "tier": "EDGE"   | devices[0] must have a field 'kind'
                    "kind": "fpga"         | "kind": "fpga", "preset": "pixel-2" | devices[2] must have either 'preset' or 'kind', but has both
                    "tier": "CLOUD"        | "tier": "SKY"         | devices[2].tier must be one of [TERMINAL, EDGE, CLOUD], but is 'SKY'
                    "activeWatts": 7       | "activeWatts": -7     | devices[1].activeWatts must be zero or greater, but is -7
                    "switchOnJoules": 12.5 | "switchOnJoules": -1  | devices[2].switchOnJoules must be zero or greater, but is -1
                    10.0.0.2:8001/first    | 10.0.0.2              | devices[1]: The endpoint of device 'edge' must be HOST:PORT or HOST:PORT/MODEL, but is '10.0.0.2'
                    "activeWatts": 7       | "activeWatts": NaN    | devices[1].activeWatts must be a finite number, but is NaN
                    "macsPerSecond": 1e9   | "macsPerSecond": 0    | devices[2].roofline: macsPerSecond must be positive and finite, but is 0.0
                    "macsPerSecond": 1e9,  | ''                    | devices[2].roofline must have a field 'macsPerSecond'
                    "costModel": "phone.json" | "costModel": "a", "roofline": {"macsPerSecond": 1} | devices[3] must have either 'roofline' or 'costModel'
                    "preset": "ethernet-1g" | "preset": "token-ring" | links[2].preset: 'token-ring' is no preset of links. There are cat1
                    , "direction": "UP"    | ''                    | links[3] must have a field 'direction', UP from the terminal or DOWN to it
                    "from": "drone", "to": "edge" | "from": "drone", "to": "cloud" | links[0].to names device 'cloud', which does not exist. There are drone, edge, fitted, own
                    "latencySeconds": 0.125 | "latencySeconds": -1 | links[1].latencySeconds must be zero or greater, but is -1
                    {"devices"             | {"format": "codnn-platform/2", "devices" | format must be 'codnn-platform/1', but is 'codnn-platform/2'
                    """)
    void read_badField_isNamed(String before, String after, String message) {
        assertThat(PLATFORM).contains(before);

        assertThatThrownBy(() -> PlatformJson.parse(PLATFORM.replace(before, after)))
                .isInstanceOf(CodnnException.class)
                .hasMessageStartingWith("platform: ")
                .hasMessageContaining(message);
    }

    @Test
    void read_devicesOfOneKindWithDifferentSpeeds_areRefused() {
        String device = "{\"name\": \"%s\", \"kind\": \"k\", \"roofline\": {\"macsPerSecond\": %s}}";
        String json = "{\"devices\": [" + device.formatted("a", 1) + "," + device.formatted("b", 2) + "]}";

        assertThatThrownBy(() -> PlatformJson.parse(json))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("devices[1].roofline differs from that of another device of kind 'k'");
    }
}
