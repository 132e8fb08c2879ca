package io.github.codnn.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlatformTest {

    private static final List<Device> DEVICES = List.of(Device.of("a", "k"), Device.of("b", "k"), Device.of("c", "k"));

    private static Link link(String from, String to) {
        return Link.of(from, to, 1, 0);
    }

    @Test
    void link_severalFit_theOneThatNamesMoreWins() {
        Link any = link("*", "*");
        Link toB = link("*", "b");
        Link fromA = link("a", "*");
        Link both = link("a", "b");

        assertThat(new Platform(DEVICES, List.of(any, toB, fromA, both)).link("a", "b"))
                .contains(both);
        assertThat(new Platform(DEVICES, List.of(any, toB, fromA)).link("a", "b"))
                .contains(fromA);
        assertThat(new Platform(DEVICES, List.of(fromA, toB, any)).link("a", "b"))
                .contains(fromA);
        assertThat(new Platform(DEVICES, List.of(any, toB)).link("a", "b")).contains(toB);
        assertThat(new Platform(DEVICES, List.of(any)).link("a", "b")).contains(any);
        assertThat(new Platform(DEVICES, List.of(any, toB, fromA, both)).link("c", "a"))
                .contains(any);
    }

    @Test
    void builder_devicesAndLinks_areThoseOfTheConstructor() {
        Platform built = Platform.builder()
                .device("a", DevicePresets.PIXEL_2)
                .device(Device.of("b", "k"))
                .device("c", DevicePresets.TESLA_V100)
                .link("a", LinkPresets.WIFI)
                .link("b", "c", LinkPresets.ETHERNET_1G)
                .link(link("a", "b"))
                .links(Link.symmetric("a", "c", 5, 0.5))
                .build();

        assertThat(built)
                .isEqualTo(new Platform(
                        List.of(
                                DevicePresets.PIXEL_2.device("a"),
                                Device.of("b", "k"),
                                DevicePresets.TESLA_V100.device("c")),
                        List.of(
                                LinkPresets.WIFI.uplink("a", Link.ANY),
                                LinkPresets.WIFI.downlink(Link.ANY, "a"),
                                LinkPresets.ETHERNET_1G.uplink("b", "c"),
                                LinkPresets.ETHERNET_1G.downlink("c", "b"),
                                link("a", "b"),
                                Link.of("a", "c", 5, 0.5),
                                Link.of("c", "a", 5, 0.5))));
    }

    @Test
    void builder_usedOn_leavesEarlierPlatformsAlone() {
        Platform.Builder builder = Platform.builder().device(DEVICES.get(0));
        Platform one = builder.build();

        builder.device(DEVICES.get(1));

        assertThat(one.devices()).containsExactly(DEVICES.get(0));
        assertThat(builder.build().devices()).containsExactly(DEVICES.get(0), DEVICES.get(1));
    }

    @Test
    void builder_linkToAnUnknownDevice_isRefused() {
        Platform.Builder builder = Platform.builder().device(DEVICES.get(0)).link("a", "nowhere", LinkPresets.WIFI);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names device 'nowhere'");
    }

    @Test
    void between_aTerminalAndAnyDevice_isUplinkAndDownlink() {
        assertThat(LinkPresets.FOUR_G.between("phone", Link.ANY))
                .containsExactly(
                        LinkPresets.FOUR_G.uplink("phone", Link.ANY), LinkPresets.FOUR_G.downlink(Link.ANY, "phone"));
    }

    @Test
    void link_noneFitsOrToItself_isEmpty() {
        Platform platform = new Platform(DEVICES, List.of(link("a", "b")));

        assertThat(platform.link("b", "a")).isEmpty();
        assertThat(platform.link("a", "c")).isEmpty();
        assertThat(new Platform(DEVICES, List.of(link("*", "*"))).link("a", "a"))
                .isEmpty();
    }

    @Test
    void platform_badParts_areRefused() {
        assertThatThrownBy(() -> new Platform(DEVICES, List.of(link("a", "d"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Link a -> d names device 'd', which the platform does not have. It has a, b, c");
        assertThatThrownBy(() -> new Platform(DEVICES, List.of(link("a", "b"), link("a", "b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The platform has two links a -> b");
        assertThatThrownBy(() -> new Platform(List.of(DEVICES.get(0), DEVICES.get(0)), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The platform has two devices named 'a'");
        assertThatThrownBy(() -> new Platform(List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There must be at least one device on a platform");
        assertThatThrownBy(() -> new Platform(DEVICES, List.of()).indexOf("d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The platform has no device 'd'. It has a, b, c");
    }

    @Test
    void link_badFigures_areRefused() {
        for (double value : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Link.of("a", "b", value, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("bytesPerSecond of link a -> b must be positive and finite, but is " + value);
        }
        for (double value : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Link.of("a", "b", 1, value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("latencySeconds of link a -> b");
        }
        assertThatThrownBy(() -> link("a", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void device_badFigures_areRefused() {
        Device device = Device.of("a", "k");
        assertThatThrownBy(() -> device.withMemoryBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> device.withWatts(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> device.withWatts(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> device.withPricePerSecond(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Device.of("*", "k")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Device.of("a", "")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Huang et al., MobiSys 2012: an LTE uplink of 5.85 Mbit/s takes 0.43839 * 5.85 + 1.28804 W. */
    @Test
    void joules_lteUplink_followsThePublishedModel() {
        Link link = LinkPresets.FOUR_G.uplink("phone", "*");
        double seconds = 0.025 + 1e6 / (5.85e6 / 8);

        assertThat(link.seconds(1_000_000)).isCloseTo(seconds, within(1e-12));
        assertThat(link.joules(1_000_000)).isCloseTo((0.43839 * 5.85 + 1.28804) * seconds, within(1e-9));
        assertThat(LinkPresets.FOUR_G.downlink("*", "phone").joules(1_000_000))
                .isCloseTo((0.05197 * 13.76 + 1.28804) * (0.025 + 1e6 / (13.76e6 / 8)), within(1e-9));
    }

    /** Below a bandwidth of base over slope the base power dominates, so that a slow link costs more per byte. */
    @Test
    void joulesPerByte_slowerLink_areMore() {
        RadioPower radio = new RadioPower(0.28317, 0.13286);
        double before = 0;
        for (double megabits : new double[] {100, 10, 1, 0.1}) {
            double joules = Link.of("a", "b", megabits * 125_000, 0)
                    .withPower(radio, RadioPower.NONE)
                    .joules(1000);
            assertThat(joules).isGreaterThan(before);
            before = joules;
        }
    }

    @ParameterizedTest
    @EnumSource(DevicePresets.class)
    void devicePresets_eachName_leadsBack(DevicePresets preset) {
        Device device = preset.device("x");

        assertThat(DevicePresets.named(preset.preset())).isEqualTo(preset);
        assertThat(device.kind()).isEqualTo(preset.preset());
        assertThat(device.activeWatts()).isGreaterThan(device.idleWatts());
        assertThat(preset.preset()).matches("[a-z0-9-]+");
    }

    @ParameterizedTest
    @EnumSource(LinkPresets.class)
    void linkPresets_eachName_leadsBack(LinkPresets preset) {
        assertThat(LinkPresets.named(preset.preset())).isEqualTo(preset);
        assertThat(preset.uplink("a", "b").receive()).isEqualTo(RadioPower.NONE);
        assertThat(preset.downlink("b", "a").transmit()).isEqualTo(RadioPower.NONE);
        assertThat(preset.downlink("b", "a").bytesPerSecond())
                .isGreaterThanOrEqualTo(preset.uplink("a", "b").bytesPerSecond());
    }

    @Test
    void presets_unknownName_areListed() {
        assertThatThrownBy(() -> DevicePresets.named("pdp-11"))
                .hasMessageContaining("pdp-11")
                .hasMessageContaining("raspberry-pi-4b");
        assertThatThrownBy(() -> LinkPresets.named("token-ring"))
                .hasMessageContaining("token-ring")
                .hasMessageContaining("wifi");
        assertThat(DevicePresets.names()).doesNotHaveDuplicates().contains("raspberry-pi-4b");
        assertThat(LinkPresets.names()).doesNotHaveDuplicates().contains("wifi");
    }
}
