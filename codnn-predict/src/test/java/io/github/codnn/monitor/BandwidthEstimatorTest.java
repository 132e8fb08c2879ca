package io.github.codnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BandwidthEstimatorTest {

    @Test
    void estimate_withoutSamples_isEmpty() {
        assertThat(BandwidthEstimator.withDefaults().estimate()).isEmpty();
    }

    @Test
    void addProbe_twoSizes_findsBandwidthAndLatency() {
        BandwidthEstimator estimator = BandwidthEstimator.withDefaults();

        boolean taken = estimator.addProbe(1_000, 0.020 + 1_000 / 2e6, 1_000_000, 0.020 + 1_000_000 / 2e6);

        BandwidthEstimate estimate = estimator.estimate().orElseThrow();
        assertThat(taken).isTrue();
        assertThat(estimate.bytesPerSecond()).isCloseTo(2e6, within(1e-3));
        assertThat(estimate.latencySeconds()).isCloseTo(0.020, within(1e-9));
        assertThat(estimate.highBytesPerSecond()).isInfinite();
        assertThat(estimate.lowBytesPerSecond()).isZero();
    }

    @Test
    void addTransfer_afterProbe_takesLatencyOff() {
        BandwidthEstimator estimator = BandwidthEstimator.withDefaults();
        estimator.addProbe(1_000, 0.020 + 1_000 / 2e6, 1_000_000, 0.020 + 1_000_000 / 2e6);

        estimator.addTransfer(50_000, 0.020 + 50_000 / 2e6);

        BandwidthEstimate estimate = estimator.estimate().orElseThrow();
        assertThat(estimate.bytesPerSecond()).isCloseTo(2e6, within(1.0));
        assertThat(estimate.samples()).isBetween(1.9, 2.0);
        assertThat(estimate.highBytesPerSecond() - estimate.lowBytesPerSecond()).isLessThan(10);
        assertThat(estimator.addTransfer(1, 0.01)).isFalse();
        assertThat(estimator.addProbe(1_000, 0.5, 2_000, 0.5)).isFalse();
        assertThat(estimator.estimate()).contains(estimate);
    }

    @Test
    void estimate_bandwidthDrops_followsWithinTwoHalfLives() {
        BandwidthEstimator estimator = BandwidthEstimator.of(5, 0.95);
        for (int sample = 0; sample < 50; sample++) {
            estimator.addTransfer(1_000_000, 1);
        }
        for (int sample = 0; sample < 10; sample++) {
            estimator.addTransfer(200_000, 1);
        }

        // Half of a half of the old value is left.
        assertThat(estimator.estimate().orElseThrow().bytesPerSecond()).isCloseTo(400_000, within(2_000.0));
    }

    /**
     * 400 runs of 12 Gaussian samples without forgetting: coverage of a 95 % interval is binomial with a standard
     * deviation of 1.1 %; 91.5 % is more than three of them below, so that this fails by chance in less than one of 700
     * seeds.
     */
    @Test
    void estimate_gaussianSamples_intervalCoversAsOftenAsItSays() {
        Random random = new Random(17);
        int covered = 0;
        for (int run = 0; run < 400; run++) {
            BandwidthEstimator estimator = BandwidthEstimator.of(1e9, 0.95);
            for (int sample = 0; sample < 12; sample++) {
                double rate = 1e6 + 1e5 * random.nextGaussian();
                estimator.addTransfer(1_000_000, 1_000_000 / rate);
            }
            BandwidthEstimate estimate = estimator.estimate().orElseThrow();
            covered += estimate.lowBytesPerSecond() <= 1e6 && estimate.highBytesPerSecond() >= 1e6 ? 1 : 0;
        }

        assertThat(covered / 400.0).isBetween(0.915, 0.985);
    }

    @Test
    void addTransfer_fromManyThreads_losesNone() throws Exception {
        BandwidthEstimator estimator = BandwidthEstimator.of(1e12, 0.95);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> tasks = new ArrayList<>();
            for (int task = 0; task < 4; task++) {
                tasks.add(threads.submit(() -> {
                    for (int sample = 0; sample < 5_000; sample++) {
                        estimator.addTransfer(1_000, 0.001);
                    }
                }));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(estimator.estimate().orElseThrow().samples()).isCloseTo(20_000, within(0.01));
    }

    @Test
    void arguments_impossible_areRefused() {
        BandwidthEstimator estimator = BandwidthEstimator.withDefaults();

        assertThatThrownBy(() -> estimator.addTransfer(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> estimator.addTransfer(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> estimator.addProbe(5, 1, 5, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BandwidthEstimator.of(0, 0.9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BandwidthEstimator.of(10, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("confidence");
    }
}
