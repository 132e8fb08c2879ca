package io.github.codnn.adapt;

import static io.github.codnn.adapt.AdaptCases.PLATFORM;
import static io.github.codnn.adapt.AdaptCases.scenario;
import static io.github.codnn.adapt.AdaptCases.watch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.platform.Platform;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Adaptive plans against an oracle, for GoogLeNet on the platform of the README. */
class TraceComparisonTest {

    private static final double MOST_BEHIND = 0.05;

    private static TraceComparison compare(TraceModel model, int seconds, long seed) {
        List<BandwidthTrace.State> states =
                model.trace(PLATFORM, "wifi", seconds, seed).applyTo(PLATFORM);
        Platform first = states.get(0).platform();
        return TraceComparison.of(watch(scenario(ModelZoo.GOOGLENET).withPlatform(first)), states);
    }

    @ParameterizedTest
    @EnumSource(
            value = TraceModel.class,
            names = {"STEP", "OUTAGE"})
    void of_shortTrace_adaptiveIsNearTheOracleAndAheadOfStaying(TraceModel model) {
        TraceComparison comparison = compare(model, 120, 1);

        assertThat(comparison.behindOracle().orElseThrow()).isBetween(0.0, MOST_BEHIND);
        assertThat(comparison.adaptive().meanPeriodSeconds())
                .isLessThan(comparison.fixed().meanPeriodSeconds());
        assertThat(comparison.adaptive().moves()).isBetween(1, 4);
        assertThat(comparison.fixed().moves()).isZero();
        assertThat(comparison.fixed().stallSeconds()).isZero();
        assertThat(comparison.oracle().seconds()).isEqualTo(120);
        assertThat(comparison.oracle().framesPerSecond()).hasSize(120);
    }

    @ParameterizedTest
    @EnumSource(TraceModel.class)
    @EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
    void of_twentySeeds_adaptiveIsNearTheOracle(TraceModel model) {
        double[] behind = IntStream.rangeClosed(1, 20)
                .mapToObj(seed -> compare(model, 300, seed))
                .mapToDouble(comparison -> comparison.adaptive().meanPeriodSeconds()
                        / comparison.oracle().meanPeriodSeconds())
                .toArray();

        assertThat(IntStream.range(0, 20)
                        .mapToDouble(seed -> behind[seed])
                        .average()
                        .orElseThrow())
                .isBetween(1.0, 1 + MOST_BEHIND);
    }

    /** All sequences of the plans, one by one. */
    @Test
    void oracle_shortTrace_isTheBestOfAllSequences() {
        List<BandwidthTrace.State> states = new ArrayList<>();
        double[] factors = {1, 0.05, 0.3, 1, 0.1, 0.6};
        for (int state = 0; state < factors.length; state++) {
            states.add(new BandwidthTrace.State(4.0 * state, AdaptCases.wifi(factors[state])));
        }
        TraceRun run = new TraceRun(watch(scenario(ModelZoo.GOOGLENET)), states);
        TraceComparison comparison = run.compare();
        int plans = run.throughput[0].length;
        double most = 0;
        for (int code = 0; code < Math.pow(plans, factors.length); code++) {
            int[] sequence = new int[factors.length];
            for (int state = 0, rest = code; state < sequence.length; state++, rest /= plans) {
                sequence[state] = rest % plans;
            }
            most = Math.max(most, run.outcome(sequence).frames());
        }

        assertThat(plans).isBetween(3, 6);
        assertThat(comparison.oracle().frames()).isCloseTo(most, within(1e-9));
        assertThat(comparison.oracle().moves()).isPositive();
    }
}
