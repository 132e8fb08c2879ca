package io.github.codnn.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class LinkMonitorTest {

    private static final Medium RADIO = new Medium("radio", 1e6, Medium.Duplex.HALF);
    private static final Platform PLATFORM = Platform.builder()
            .device("a", DevicePresets.RASPBERRY_PI_3B_PLUS)
            .device("b", DevicePresets.RASPBERRY_PI_3B_PLUS)
            .device("c", DevicePresets.RASPBERRY_PI_3B_PLUS)
            .medium(RADIO)
            .link(Link.of("a", "b", RADIO, 0.01))
            .link(Link.of("a", "c", RADIO, 0.01))
            .link(Link.of("b", "c", 1e7, 0.02))
            .build();

    private final LinkMonitor monitor = new LinkMonitor(PLATFORM);

    private static TransferSample transfer(long bytes, double seconds) {
        return new TransferSample("a", "b", 1, bytes, Math.round(seconds * 1e9));
    }

    private Link link(String from, String to) {
        return monitor.snapshot().platform().link(from, to).orElseThrow();
    }

    private void probe(String from, String to, double rate, double latency, double now) {
        LinkProbe probe = new LinkProbe(1_000, 2 * latency + 1_000 / rate, 101_000, 2 * latency + 101_000 / rate);
        assertThat(monitor.add(from, to, probe, now)).isTrue();
    }

    @Test
    void transfers_ofALinkThatDrops_showTheNewRateAfterAFew() {
        monitor.add(transfer(100_000, 0.11), 1);
        assertThat(link("a", "b").bytesPerSecond()).isCloseTo(1e6, Assertions.withinPercentage(1e-6));

        for (int frame = 0; frame < 8; frame++) {
            monitor.add(transfer(100_000, 0.41), 2);
        }

        assertThat(link("a", "b").bytesPerSecond()).isBetween(2.5e5, 2.6e5);
        assertThat(link("a", "b").medium()).contains("radio");
        assertThat(link("a", "c")).isEqualTo(PLATFORM.link("a", "c").orElseThrow());
    }

    @Test
    void transfers_thatAreTooShort_tellNothing() {
        assertThat(monitor.add(transfer(4_000, 0.2), 1)).isFalse();
        assertThat(monitor.add(new TransferSample("a", "nobody", 1, 1 << 20, 1), 1))
                .isFalse();

        assertThat(monitor.snapshot().links()).isEmpty();
    }

    @Test
    void transfers_thatAreShortButTakeMuchTooLong_tellAfterThree() {
        assertThat(monitor.add(transfer(4_000, 0.05), 1)).isFalse();
        assertThat(monitor.add(transfer(4_000, 0.05), 1)).isFalse();
        assertThat(monitor.add(transfer(4_000, 0.014), 1)).isFalse();
        assertThat(monitor.add(transfer(4_000, 0.05), 1)).isFalse();
        assertThat(monitor.add(transfer(4_000, 0.05), 1)).isFalse();
        assertThat(monitor.add(transfer(4_000, 0.05), 1)).isTrue();

        assertThat(link("a", "b").bytesPerSecond()).isCloseTo(1e5, Assertions.withinPercentage(1e-6));
    }

    @Test
    void probe_ofTwoSizes_givesRateAndLatency() {
        probe("b", "c", 2e6, 0.005, 1);

        assertThat(link("b", "c").bytesPerSecond()).isCloseTo(2e6, Assertions.withinPercentage(1e-6));
        assertThat(link("b", "c").latencySeconds()).isCloseTo(0.005, Assertions.within(1e-12));
    }

    @Test
    void probe_thatIsNotSlowerWithMoreBytes_leavesTheLinkAsDescribed() {
        assertThat(monitor.add("b", "c", new LinkProbe(1_000, 0.02, 101_000, 0.019), 1))
                .isFalse();
        assertThat(monitor.add("b", "c", new LinkProbe(1_000, 0.02, 101_000, 0.001), 1))
                .isFalse();

        assertThat(monitor.snapshot().links()).isEmpty();
        assertThat(monitor.due(Set.of("b", "c"), 2)).isEmpty();
    }

    @Test
    void due_linksWhereNothingFlows_areProbedOnceAndThenRarely() {
        monitor.add(transfer(100_000, 0.11), 1);
        assertThat(monitor.due(Set.of("a", "b", "c"), 1)).extracting(Link::to).containsExactly("c", "c");
        assertThat(monitor.due(Set.of("a", "b"), 1)).isEmpty();

        probe("a", "c", 1e6, 0.01, 1);
        probe("b", "c", 1e7, 0.02, 1);

        assertThat(monitor.due(Set.of("a", "b", "c"), 20)).isEmpty();
        assertThat(monitor.due(Set.of("a", "b", "c"), 40)).hasSize(3);
    }

    @Test
    void due_afterAnotherLinkOnTheMediumChanged_isProbedAgain() {
        probe("a", "c", 1e6, 0.01, 1);
        probe("b", "c", 1e7, 0.02, 1);
        monitor.add(transfer(100_000, 0.11), 4);
        assertThat(monitor.due(Set.of("a", "b", "c"), 4)).isEmpty();

        monitor.add(transfer(100_000, 0.41), 5);

        assertThat(monitor.due(Set.of("a", "b", "c"), 5)).singleElement().satisfies(link -> {
            assertThat(link.from()).isEqualTo("a");
            assertThat(link.to()).isEqualTo("c");
        });
        probe("a", "c", 2.5e5, 0.01, 5);
        assertThat(link("a", "c").bytesPerSecond()).isCloseTo(2.5e5, Assertions.withinPercentage(1e-6));
        assertThat(monitor.due(Set.of("a", "b", "c"), 6)).isEmpty();
    }
}
