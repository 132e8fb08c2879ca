package io.github.codnn.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.platform.Medium.Duplex;
import io.github.codnn.testing.Streams;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MediumTest {

    private static final List<Device> DEVICES = List.of(
            Device.of("phone", "k").withTier(Tier.TERMINAL),
            Device.of("tablet", "k").withTier(Tier.TERMINAL),
            Device.of("edge", "k"),
            Device.of("cloud", "k").withTier(Tier.CLOUD));

    private static Platform platform(Duplex duplex) {
        Link everywhere = Link.of("*", "*", 5, 0).withMedium("m");
        Link apart = Link.of("edge", "cloud", 50, 0);
        return new Platform(DEVICES, List.of(everywhere, apart), List.of(new Medium("m", 5, duplex)));
    }

    @Test
    void sharedResource_halfDuplex_isTheMediumInBothDirections() {
        Platform platform = platform(Duplex.HALF);

        assertThat(platform.sharedResource("phone", "edge")).contains("m");
        assertThat(platform.sharedResource("cloud", "tablet")).contains("m");
        assertThat(platform.sharedResource("edge", "cloud")).isEmpty();
        assertThat(platform.sharedResource("edge", "edge")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "phone, edge, m up",
        "edge, phone, m down",
        "phone, cloud, m up",
        "cloud, edge, m down",
        "phone, tablet, m up",
        "tablet, phone, m down"
    })
    void sharedResource_fullDuplex_dependsOnTierAndOrder(String from, String to, String shared) {
        assertThat(platform(Duplex.FULL).sharedResource(from, to)).contains(shared);
    }

    @Test
    void medium_badFigures_areRefused() {
        for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Medium("m", rate, Duplex.HALF))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("bytesPerSecond of medium 'm'");
        }
        assertThatThrownBy(() -> new Medium(" ", 1, Duplex.HALF)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Link.of("a", "b", 1, 0).withMedium(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The medium of link a -> b");
    }

    @Test
    void platform_mediaThatDoNotFit_areRefused() {
        Medium medium = new Medium("m", 5, Duplex.HALF);
        Link link = Link.of("phone", "edge", medium, 0.5);

        assertThat(link).isEqualTo(Link.of("phone", "edge", 5, 0.5).withMedium("m"));
        assertThatThrownBy(() -> new Platform(DEVICES, List.of(link.withMedium("n")), List.of(medium)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Link phone -> edge names medium 'n', which the platform does not have. It has m");
        assertThatThrownBy(() -> new Platform(DEVICES, List.of(link)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Link phone -> edge names medium 'm', which the platform does not have. It has no media.");
        assertThatThrownBy(() -> new Platform(DEVICES, List.of(), List.of(medium, medium)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The platform has two media named 'm'");
        Link faster = Link.of("phone", "edge", 6, 0).withMedium("m");
        assertThatThrownBy(() -> new Platform(DEVICES, List.of(faster), List.of(medium)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Link phone -> edge sends 6.0 bytes per second, but its medium 'm' only 5.0."
                        + " Lower the link's rate or raise the medium's.");
    }

    @Test
    void builder_radioPreset_putsBothDirectionsOnOneMedium() {
        Platform platform = Platform.builder()
                .device(DEVICES.get(0))
                .device(DEVICES.get(2))
                .device(DEVICES.get(3))
                .link("phone", LinkPresets.WIFI)
                .link("edge", "cloud", LinkPresets.WAN_100M)
                .build();

        assertThat(platform.media()).containsExactly(new Medium("wifi", 54.97 * 125_000, Duplex.HALF));
        assertThat(platform.sharedResource("phone", "cloud")).contains("wifi");
        assertThat(platform.sharedResource("edge", "phone")).contains("wifi");
        assertThat(platform.sharedResource("edge", "cloud")).isEmpty();
    }

    @Test
    void builder_twoNetworksOfOneKind_areTwoMedia() {
        Platform platform = Platform.builder()
                .device(DEVICES.get(0))
                .device(DEVICES.get(1))
                .device(DEVICES.get(2))
                .medium(LinkPresets.WIFI.medium("upstairs").orElseThrow())
                .links(LinkPresets.WIFI.between("phone", "edge", "upstairs"))
                .links(LinkPresets.WIFI.between("tablet", "edge"))
                .build();

        assertThat(platform.media().stream().map(Medium::name)).containsExactly("upstairs", "wifi");
        assertThat(platform.sharedResource("phone", "edge")).contains("upstairs");
        assertThat(platform.sharedResource("edge", "tablet")).contains("wifi");
    }

    @Test
    void builder_presetMediumDescribedByHand_staysAsDescribed() {
        Medium faster = new Medium("wifi", 1e9, Duplex.FULL);

        Platform platform = Platform.builder()
                .device(DEVICES.get(0))
                .device(DEVICES.get(2))
                .medium(faster)
                .link("phone", LinkPresets.WIFI)
                .build();

        assertThat(platform.media()).containsExactly(faster);
    }

    @ParameterizedTest
    @EnumSource(LinkPresets.class)
    void presets_radios_haveAMediumAndWiresNone(LinkPresets preset) {
        boolean radio = preset.compareTo(LinkPresets.FIVE_G) <= 0;
        List<LinkPresets> halfDuplex = List.of(LinkPresets.WIFI, LinkPresets.WIFI_5, LinkPresets.FIVE_G);

        assertThat(preset.medium().isPresent()).isEqualTo(radio);
        assertThat(preset.medium("other").map(Medium::name).isPresent()).isEqualTo(radio);
        assertThat(preset.uplink("a", "b").medium().isPresent()).isEqualTo(radio);
        assertThat(preset.downlink("b", "a").medium())
                .isEqualTo(preset.uplink("a", "b").medium());
        preset.medium()
                .ifPresent(medium ->
                        assertThat(medium.duplex()).isEqualTo(halfDuplex.contains(preset) ? Duplex.HALF : Duplex.FULL));
    }

    @Test
    void link_withMedium_arrivesAsItWas() throws Exception {
        Link link = LinkPresets.WIFI.uplink("a", "b");

        assertThat(Streams.<Link>copy(link)).isEqualTo(link);
    }

    @Test
    void link_changed_keepsItsMedium() {
        Link link = LinkPresets.WIFI.uplink("a", "b");

        assertThat(link.withPower(RadioPower.NONE, RadioPower.NONE).medium()).contains("wifi");
        assertThat(link.withoutMedium().medium()).isEmpty();
        assertThat(link.withoutMedium().withMedium("wifi")).isEqualTo(link);
    }
}
