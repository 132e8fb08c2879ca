package io.github.codnn.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockOffsetsTest {

    /** By how much the receiver's clock is ahead. */
    private static final long AHEAD = -5_000_000_000_000L;

    private static final long MILLI = 1_000_000;

    private final ClockOffsets clocks = new ClockOffsets();

    private static Arrival arrival(long readyMillis, long arrivedMillis) {
        return new Arrival("a", "b", 1_000, readyMillis * MILLI, AHEAD + arrivedMillis * MILLI);
    }

    @Test
    void sample_withoutARoundTrip_isUnknown() {
        assertThat(clocks.isDue("a", "b", 0)).isTrue();
        assertThat(clocks.sample(arrival(10, 20))).isEmpty();
    }

    @Test
    void sample_beginsWhenTheFrameIsReadyAndTheOneBeforeHasArrived() {
        clocks.add("a", "b", AHEAD, 0.001, 0);

        assertThat(clocks.sample(arrival(10, 20)).orElseThrow().nanos()).isEqualTo(10 * MILLI);
        assertThat(clocks.sample(arrival(12, 27)).orElseThrow().nanos()).isEqualTo(7 * MILLI);
        assertThat(clocks.sample(arrival(40, 44)).orElseThrow())
                .isEqualTo(new TransferSample("a", "b", 1, 1_000, 4 * MILLI));
        assertThat(clocks.sample(arrival(50, 44))).isEmpty();
    }

    @Test
    void add_roundTripThatTellsLess_isIgnoredUntilClocksMayHaveDrifted() {
        clocks.add("a", "b", AHEAD, 0.001, 0);
        clocks.add("a", "b", AHEAD + 9 * MILLI, 0.1, 10);
        assertThat(clocks.sample(arrival(10, 20)).orElseThrow().nanos()).isEqualTo(10 * MILLI);
        assertThat(clocks.isDue("a", "b", 10)).isFalse();
        assertThat(clocks.isDue("a", "b", 21)).isTrue();

        clocks.add("a", "b", AHEAD + 9 * MILLI, 0.002, 11);

        assertThat(clocks.sample(arrival(30, 50)).orElseThrow().nanos()).isEqualTo(11 * MILLI);
    }
}
