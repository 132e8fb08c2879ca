package io.github.codnn.examples;

import io.github.codnn.adapt.AdaptivePlanner;
import io.github.codnn.monitor.BandwidthEstimator;
import io.github.codnn.monitor.PlatformSnapshot;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;

/**
 * Watches a running plan by the times of its transfers, and says when the Wi-Fi has been slow for so long that another
 * plan is worth moving to.
 */
final class WatchRunningPlan {

    private static final int MOST_SECONDS = 120;
    private static final long FRAME_BYTES = 300_000;

    private WatchRunningPlan() {}

    private static Platform observed(Platform platform, BandwidthEstimator wifi, long bytes, double seconds) {
        // region estimate
        wifi.addTransfer(bytes, seconds); // of a frame that has just arrived
        PlatformSnapshot snapshot = PlatformSnapshot.of(platform);
        for (String receiver : new String[] {"edge", "cloud"}) { // both behind one access point
            snapshot = snapshot.withLink("drone", receiver, wifi.estimate().orElseThrow());
        }
        Platform observed = snapshot.platform();
        // endregion
        return observed;
    }

    /**
     * Plans, and observes transfers at a quarter of the rate until the plan should be left.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Scenario described = Quickstart.scenario();
        Plan plan =
                Planner.withDefaults().plan(described, Objective.PERIOD).best().orElseThrow();
        Platform platform = described.platform();
        double rate = platform.link("drone", "edge").orElseThrow().bytesPerSecond() / 4;
        // region watch
        AdaptivePlanner watch = AdaptivePlanner.of(plan, Objective.PERIOD).withBudget(StopRule.evaluations(1_000));
        // endregion
        BandwidthEstimator wifi = BandwidthEstimator.withDefaults();
        wifi.addProbe(1_000, 0.002 + 1_000 / rate, 100_000, 0.002 + 100_000 / rate);
        for (int second = 1; second <= MOST_SECONDS; second++) {
            Platform observed = observed(platform, wifi, FRAME_BYTES, 0.002 + FRAME_BYTES / rate);
            // region watch
            AdaptivePlanner.Decision decision = watch.observe(observed); // every second, say
            watch = decision.next();
            // endregion
            if (decision.moves()) {
                System.out.printf(
                        "after %d s: %.2f frames/s, %s%n",
                        second, decision.plan().metrics().throughputPerSecond(), decision.reason());
                return;
            }
        }
        System.out.printf("the plan stays for %d s%n", MOST_SECONDS);
    }
}
