package io.github.codnn.adapt;

import static io.github.codnn.adapt.AdaptCases.PLATFORM;
import static io.github.codnn.adapt.AdaptCases.scenario;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.problem.Objective;
import io.github.codnn.testproblems.ProcessUse;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The adaptive planner over a day of Wi-Fi, in simulated time. */
@EnabledIfSystemProperty(named = "codnn.nightly", matches = "true")
class DayLongTraceTest {

    private static final int HOUR_SECONDS = 3_600;
    private static final int INTERVAL_SECONDS = 60; // between two observations
    private static final int HOURS = 24;
    private static final long MAX_GROWTH_BYTES = 2_000_000;

    @Test
    void observe_aDay_keepsNothingOfThePast(TestReporter reporter) {
        List<BandwidthTrace.State> states =
                TraceModel.WIFI.trace(PLATFORM, "wifi", HOURS * HOUR_SECONDS, 1).applyTo(PLATFORM);
        AdaptivePlanner planner = AdaptivePlanner.of(AdaptCases.plan(scenario(ModelZoo.GOOGLENET)), Objective.PERIOD);
        List<ProcessUse> use = new ArrayList<>();
        int moves = 0;
        for (int hour = 0; hour < HOURS; hour++) {
            for (int second = 0; second < HOUR_SECONDS; second += INTERVAL_SECONDS) {
                AdaptivePlanner.Decision decision =
                        planner.observe(states.get(hour * HOUR_SECONDS + second).platform());
                planner = decision.next();
                moves += decision.moves() ? 1 : 0;
            }
            use.add(ProcessUse.now());
        }

        reporter.publishEntry(moves + " moves", use.toString());
        ProcessUse first = use.get(0);
        ProcessUse last = use.get(HOURS - 1);
        assertThat(moves).isPositive();
        assertThat(last.heapBytes() - first.heapBytes())
                .as("growth of the heap")
                .isLessThan(MAX_GROWTH_BYTES);
        assertThat(last.threads()).as("threads").isLessThanOrEqualTo(first.threads());
    }
}
