package io.github.codnn.examples;

import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.monitor.BandwidthEstimator;
import io.github.codnn.monitor.PlatformSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.swarm.LocalImprovement;

/** Improves a plan after the Wi-Fi of the drone has become slow, without a search from scratch. */
public final class ReplanAfterChange {

    private ReplanAfterChange() {}

    /**
     * Plans, observes a slow uplink, and plans again from the old plan.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        // region replan
        Scenario described = Quickstart.scenario();
        Plan old =
                Planner.withDefaults().plan(described, Objective.PERIOD).best().orElseThrow();

        BandwidthEstimator uplink = BandwidthEstimator.withDefaults();
        uplink.addTransfer(150_000, 1.0); // bytes and seconds of transfers that were observed
        uplink.addTransfer(300_000, 2.0);
        Scenario observed = described.withPlatform(PlatformSnapshot.of(described.platform())
                .withLink("drone", "edge", uplink.estimate().orElseThrow())
                .platform());

        PlanMetrics kept = PlanEvaluator.of(observed).evaluate(old.placement());
        Plan improved = Planner.withDefaults()
                .withCollapser(GraphCollapser.none()) // the old plan places single layers
                .withStrategy(LocalImprovement.of(old.placement()).withMoves(5_000))
                .plan(observed, Objective.PERIOD)
                .best()
                .orElseThrow();
        // endregion
        System.out.printf(
                "planned %.2f frames/s, old plan now %.2f, new plan %.2f%n",
                old.metrics().throughputPerSecond(),
                kept.throughputPerSecond(),
                improved.metrics().throughputPerSecond());
    }
}
