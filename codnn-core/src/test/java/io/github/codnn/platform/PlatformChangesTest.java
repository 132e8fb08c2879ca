package io.github.codnn.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changed platforms differ where they should and nowhere else. */
class PlatformChangesTest {

    private static final List<String> NAMES = List.of("a", "b", "c");

    /** Links of all ranks: named at both ends, at one, at none; one pair on a medium. */
    private static final Platform PLATFORM = Platform.builder()
            .device(Device.of("a", "k").withTier(Tier.TERMINAL))
            .device(Device.of("b", "k"))
            .device(Device.of("c", "m").withTier(Tier.CLOUD))
            .medium(new Medium("radio", 100, Medium.Duplex.HALF))
            .link(Link.of("a", "b", 80, 0.5).withMedium("radio"))
            .link(Link.of("a", "*", 20, 0.25).withMedium("radio"))
            .link(Link.of("*", "a", 30, 0))
            .link(Link.of("*", "*", 40, 0))
            .build();

    @ParameterizedTest
    @CsvSource({"a,b", "a,*", "*,a", "*,b", "b,c", "c,*", "*,*", "b,*", "c,a"})
    void withLinks_anyPattern_changesExactlyTheMatchingPairs(String from, String to) {
        Platform changed = PLATFORM.withLinks(from, to, link -> link.withBytesPerSecond(link.bytesPerSecond() / 4));

        for (String sender : NAMES) {
            for (String receiver : NAMES) {
                boolean matches = (from.equals("*") || from.equals(sender)) && (to.equals("*") || to.equals(receiver));
                Optional<Double> expected = PLATFORM.link(sender, receiver)
                        .map(link -> matches ? link.bytesPerSecond() / 4 : link.bytesPerSecond());
                assertThat(changed.link(sender, receiver).map(Link::bytesPerSecond))
                        .as(sender + " -> " + receiver)
                        .isEqualTo(expected);
                assertThat(changed.sharedResource(sender, receiver))
                        .isEqualTo(PLATFORM.sharedResource(sender, receiver));
            }
        }
    }

    @Test
    void withLinks_noSuchLinkOrDevice_isRefused() {
        Platform apart = new Platform(PLATFORM.devices(), List.of(Link.of("a", "b", 1, 0)));

        assertThatThrownBy(() -> apart.withLinks("b", "*", link -> link)).hasMessageContaining("no link b -> *");
        assertThatThrownBy(() -> apart.withLinks("x", "*", link -> link)).hasMessageContaining("no device 'x'");
        assertThatThrownBy(() -> PLATFORM.withLinks("a", "b", link -> link.withBytesPerSecond(101)))
                .hasMessageContaining("raise the medium's");
        assertThatThrownBy(() -> new Platform(PLATFORM.devices(), List.of()).withLinks("*", "*", link -> link))
                .hasMessageContaining("no link");
    }

    @Test
    void withMediumRate_quarter_quartersItsLinksOnly() {
        Platform changed = PLATFORM.withMediumRate("radio", 25);

        assertThat(changed.link("a", "b").map(Link::bytesPerSecond)).contains(20.0);
        assertThat(changed.link("a", "c").map(Link::bytesPerSecond)).contains(5.0);
        assertThat(changed.link("b", "a").map(Link::bytesPerSecond)).contains(30.0);
        assertThat(changed.withMediumRate("radio", 100)).isEqualTo(PLATFORM);
        assertThatThrownBy(() -> PLATFORM.withMediumRate("wifi", 1)).hasMessageContaining("no medium 'wifi'");
    }

    @Test
    void withCopy_ofADevice_hasItsFiguresAndLinks() {
        Platform changed = PLATFORM.withCopy("d", "a");

        assertThat(changed.devices().get(3)).isEqualTo(PLATFORM.devices().get(0).withName("d"));
        assertThat(changed.link("d", "b").map(Link::latencySeconds)).contains(0.5);
        assertThat(changed.link("d", "c").map(Link::latencySeconds)).contains(0.25);
        assertThat(changed.link("b", "d").map(Link::bytesPerSecond)).contains(30.0);
        assertThat(changed.link("a", "b")).isEqualTo(PLATFORM.link("a", "b"));
        assertThatThrownBy(() -> PLATFORM.withCopy("b", "a")).hasMessageContaining("device 'b' already");
    }

    @Test
    void without_aDevice_hasNeitherItNorItsLinks() {
        Platform changed = PLATFORM.without("a");

        assertThat(changed.devices()).extracting(Device::name).containsExactly("b", "c");
        assertThat(changed.links()).containsExactly(Link.of("*", "*", 40, 0));
        assertThatThrownBy(() -> changed.without("a")).hasMessageContaining("no device 'a'");
        assertThatThrownBy(() -> changed.without("b").without("c")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withDevice_ofTheSameName_takesItsPlace() {
        Device next = Device.of("b", "other").withMemoryBytes(5);

        assertThat(PLATFORM.withDevice(next).devices().get(1)).isEqualTo(next);
        assertThat(PLATFORM.withDevice(next).links()).isEqualTo(PLATFORM.links());
    }
}
