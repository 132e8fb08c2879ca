package io.github.codnn.examples;

import io.github.codnn.adapt.AdaptivePlanner;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;

/** Watches a running plan, and says when the Wi-Fi has been slow for so long that another plan is worth moving to. */
final class WatchRunningPlan {

    private static final int MOST_SECONDS = 120;

    private WatchRunningPlan() {}

    /**
     * Plans, and observes a medium at a quarter of its rate until the plan should be left.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Scenario described = Quickstart.scenario();
        Plan plan =
                Planner.withDefaults().plan(described, Objective.PERIOD).best().orElseThrow();
        Platform platform = described.platform();
        String wifi = platform.media().get(0).name();
        Platform observed =
                platform.withMediumRate(wifi, platform.media().get(0).bytesPerSecond() / 4);
        // region watch
        AdaptivePlanner watch = AdaptivePlanner.of(plan, Objective.PERIOD).withBudget(StopRule.evaluations(1_000));
        // endregion
        for (int second = 1; second <= MOST_SECONDS; second++) {
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
