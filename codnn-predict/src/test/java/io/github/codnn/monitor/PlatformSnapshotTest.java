package io.github.codnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PlatformSnapshotTest {

    private static final Link WIFI = LinkPresets.WIFI.uplink(Link.ANY, Link.ANY);
    private static final Platform DESCRIBED = new Platform(
            List.of(
                    Device.of("a", "pi").withMemoryBytes(1_000),
                    Device.of("b", "pi"),
                    Device.of("c", "server").withMemoryBytes(1_000)),
            List.of(WIFI, Link.of("b", "c", 5, 0.5)));
    private static final BandwidthEstimate SLOW = new BandwidthEstimate(1_000, 0.25, 900, 1_100, 12);

    @Test
    void platform_nothingObserved_isAsDescribed() {
        assertThat(PlatformSnapshot.of(DESCRIBED).platform()).isEqualTo(DESCRIBED);
    }

    @Test
    void platform_observedLink_winsOverDescribedOneAndKeepsItsPower() {
        Platform updated = PlatformSnapshot.of(DESCRIBED)
                .withLink("a", "b", new BandwidthEstimate(7, 0, 7, 7, 2))
                .withLink("a", "b", SLOW)
                .withLink("b", "c", SLOW)
                .platform();

        Link wireless = updated.link("a", "b").orElseThrow();
        assertThat(wireless.bytesPerSecond()).isEqualTo(1_000);
        assertThat(wireless.latencySeconds()).isEqualTo(0.25);
        assertThat(wireless.transmit()).isEqualTo(WIFI.transmit());
        assertThat(updated.link("b", "c")).contains(Link.of("b", "c", 1_000, 0.25));
        assertThat(updated.link("b", "a")).contains(WIFI);
        assertThat(updated.links()).hasSize(3);
    }

    @Test
    void platform_linkThatWasNotDescribed_isAdded() {
        Platform bare = new Platform(DESCRIBED.devices(), List.of());

        assertThat(PlatformSnapshot.of(bare).withLink("c", "a", SLOW).platform().link("c", "a"))
                .contains(Link.of("c", "a", 1_000, 0.25));
    }

    @Test
    void platform_observedDevices_haveNoMoreMemoryThanIsFree() {
        Platform updated = PlatformSnapshot.of(DESCRIBED)
                .withResource("a", new ResourceSample(0.5, 400, 2_000, 0, 0))
                .withResource("b", new ResourceSample(0.5, 700, 2_000, 0, 0))
                .withResource("c", new ResourceSample(0.5, 5_000, 9_000, 0, 0))
                .platform();

        assertThat(updated.devices()).extracting(Device::memoryBytes).containsExactly(400L, 700L, 1_000L);
    }

    @Test
    void loaded_busyDevice_isSlowerButTakesNoMoreEnergy() {
        CostModel idle = (layer, device) -> new Cost(2, 3);
        CostModel now = PlatformSnapshot.of(DESCRIBED)
                .withResource("a", new ResourceSample(0.75, 1, 1, 0, 0))
                .withResource("b", new ResourceSample(1, 1, 1, 0, 0))
                .loaded(idle);
        Layer layer = Layer.of(
                "l", new Operator.Activation("Relu"), List.of(Tensor.float32("x", 1)), List.of(Tensor.float32("y", 1)));

        assertThat(now.compute(layer, DESCRIBED.devices().get(0))).isEqualTo(new Cost(8, 3));
        assertThat(now.compute(layer, DESCRIBED.devices().get(1)).seconds()).isCloseTo(40, Offset.offset(1e-9));
        assertThat(now.compute(layer, DESCRIBED.devices().get(2))).isEqualTo(new Cost(2, 3));
        assertThat(now.transfer(Tensor.ofBytes("t", 10), WIFI)).isEqualTo(idle.transfer(Tensor.ofBytes("t", 10), WIFI));
    }

    @Test
    void snapshot_unknownDevice_isRefused() {
        PlatformSnapshot snapshot = PlatformSnapshot.of(DESCRIBED);

        assertThatThrownBy(() -> snapshot.withResource("z", new ResourceSample(0, 0, 0, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'z'");
        assertThatThrownBy(() -> snapshot.withLink("a", "z", SLOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'z'");
        assertThatThrownBy(() -> snapshot.withLink("a", "a", SLOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("to itself");
    }
}
