package io.github.codnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResourceMonitorTest {

    @Test
    void sample_busyThread_showsInTheLoad() {
        ResourceMonitor monitor = ResourceMonitor.ofThisMachine();
        long end = System.nanoTime() + 300_000_000L;
        double sink = 0;
        while (System.nanoTime() < end) {
            sink += Math.sqrt((double) end);
        }

        ResourceSample sample = monitor.sample();

        assertThat(sink).isPositive();
        assertThat(sample.load()).isBetween(0.2 / Runtime.getRuntime().availableProcessors(), 1.0);
        assertThat(sample.totalMemoryBytes()).isGreaterThan(100_000_000);
        assertThat(sample.availableMemoryBytes()).isBetween(1L, sample.totalMemoryBytes());
    }

    @Test
    void start_onCallersScheduler_samplesUntilClosed() throws InterruptedException {
        ResourceMonitor monitor = ResourceMonitor.ofThisMachine();
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            CountDownLatch three = new CountDownLatch(3);
            ResourceMonitor.Sampling sampling =
                    monitor.start(scheduler, Duration.ofMillis(20), sample -> three.countDown());

            assertThat(three.await(20, TimeUnit.SECONDS)).isTrue();
            sampling.close();

            assertThat(scheduler.isShutdown()).isFalse();
            assertThatThrownBy(() -> monitor.start(scheduler, Duration.ZERO, sample -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        } finally {
            scheduler.shutdownNow();
        }
    }
}
