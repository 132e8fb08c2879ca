package io.github.codnn.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimingTest {

    /** Work that takes given CPU times in turn; everything takes twice as long by the wall clock. */
    private static final class Script implements Timing.Clocks {
        private final long[] nanos;
        private int runs;
        private long cpu;

        Script(long... nanos) {
            this.nanos = nanos;
        }

        void run() {
            cpu += nanos[Math.min(runs++, nanos.length - 1)];
        }

        @Override
        public long cpuNanos() {
            return cpu;
        }

        @Override
        public long wallNanos() {
            return 2 * cpu;
        }
    }

    @Test
    void of_scriptedTimes_takesMediansAndSpreadWithoutWarmUp() {
        Script script = new Script(9000, 9000, 100, 300, 200, 400, 100, 600, 150, 250, 350);
        ProfilerSettings settings = new ProfilerSettings(2, 3, 1, 3, 3);

        Timing timing = Timing.of(script::run, settings, script);

        assertThat(timing.passes()).isEqualTo(9);
        assertThat(timing.median()).isCloseTo(250e-9, within(1e-15));
        assertThat(timing.least()).isCloseTo(100e-9, within(1e-15));
        assertThat(timing.leastWall()).isCloseTo(200e-9, within(1e-15));
        // Medians of the series: 200, 400, 250.
        assertThat(timing.spread()).isCloseTo(1.0, within(1e-12));
    }

    @Test
    void dividedBy_fourParts_dividesTimesAndKeepsThePassesAndTheNoise() {
        Timing timing = new Timing(8, 4, 6, 30, 0.1);

        assertThat(timing.dividedBy(4)).isEqualTo(new Timing(2, 1, 1.5, 30, 0.1));
    }

    @Test
    void of_slowWork_endsAtTheTimeLimitButRunsTheLeastNumber() {
        Script slow = new Script(600_000_000);

        Timing timing = Timing.of(slow::run, new ProfilerSettings(0, 2, 3, 1, 100), slow);
        Timing least = Timing.of(slow::run, new ProfilerSettings(0, 1, 0.1, 4, 100), slow);

        // 1.2 seconds each by the wall: the third pass of a series crosses 3 seconds.
        assertThat(timing.passes()).isEqualTo(6);
        assertThat(least.passes()).isEqualTo(4);
    }

    @Test
    void settings_impossible_areRefused() {
        assertThatThrownBy(() -> ProfilerSettings.withDefaults().withPasses(5, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxPasses must not be below minPasses 5, but is 4");
        assertThatThrownBy(() -> ProfilerSettings.withDefaults().withSeries(0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProfilerSettings.withDefaults().withSeries(1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
