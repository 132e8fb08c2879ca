package io.github.codnn.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.adapt.BandwidthTrace;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.split.PipelineTransfer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkScheduleTest {

    private static final long ORIGIN = -7_000_000_000L;
    private static final Platform PLATFORM = Platform.builder()
            .device("a", DevicePresets.RASPBERRY_PI_3B_PLUS)
            .device("b", DevicePresets.RASPBERRY_PI_3B_PLUS)
            .link(Link.of("a", "b", 1e6, 0.01))
            .build();

    private static final PipelineTransfer TRANSFER =
            new PipelineTransfer("x", "s1", "s2", "a", "b", Optional.empty(), "a -> b", 0.5, 1e3, 100_000);

    private static LinkSchedule changing() {
        return LinkSchedule.of(
                PLATFORM,
                new BandwidthTrace(
                        List.of(new BandwidthTrace.Point(2, "a:b", 2.5e5), new BandwidthTrace.Point(4, "a:b", 1e6))));
    }

    @Test
    void holding_ofTwoTensors_followsTheScheduleAndNotThePlan() {
        Holding holding = changing().holding(List.of(TRANSFER, TRANSFER), ORIGIN);

        assertThat(holding.isHeld()).isTrue();
        assertThat(holding.nanos(ORIGIN - 1)).isEqualTo(220_000_000);
        assertThat(holding.nanos(ORIGIN + 1_999_999_999L)).isEqualTo(220_000_000);
        assertThat(holding.nanos(ORIGIN + 2_000_000_000L)).isEqualTo(820_000_000);
        assertThat(holding.nanos(ORIGIN + 4_000_000_000L)).isEqualTo(220_000_000);
    }

    @Test
    void holding_withoutASchedule_isThatOfThePlan() {
        assertThat(LinkSchedule.ofThePlan().holding(List.of(TRANSFER), ORIGIN)).isEqualTo(Holding.always(100.5));
        assertThat(Holding.none().isHeld()).isFalse();
    }

    @Test
    void link_atATime_isThatOfTheLatestState() {
        assertThat(changing().link("a", "b", 1.9).orElseThrow().bytesPerSecond())
                .isEqualTo(1e6);
        assertThat(changing().link("a", "b", 3).orElseThrow().bytesPerSecond()).isEqualTo(2.5e5);
        assertThat(changing().link("b", "a", 3)).isEmpty();
    }

    @Test
    void schedule_ofALinkThatIsNotThere_isRefused() {
        BandwidthTrace trace = new BandwidthTrace(List.of(new BandwidthTrace.Point(1, "b:a", 1)));

        assertThatThrownBy(() -> LinkSchedule.of(PLATFORM, trace)).isInstanceOf(CodnnException.class);
    }
}
