package io.github.codnn.adapt;

import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.util.List;

/** The platform of the README and plans on it. */
final class AdaptCases {

    static final Platform PLATFORM = Platform.builder()
            .device("drone", DevicePresets.RASPBERRY_PI_3B_PLUS)
            .device("edge", DevicePresets.JETSON_NANO_GPU)
            .device("cloud", DevicePresets.TESLA_T4_FP32)
            .link("drone", LinkPresets.WIFI)
            .link("edge", "cloud", LinkPresets.WAN_100M)
            .build();

    static final Planner PLANNER = Planner.withDefaults()
            .withCollapser(ChainLinearizer.withDefaults())
            .withOptions(SearchOptions.withDefaults().withStopRule(StopRule.evaluations(2_000)))
            .withProof(false);

    private AdaptCases() {}

    static Scenario scenario(ModelZoo network) {
        return Scenario.of(
                "s",
                new Workload(List.of(Task.of("t", network.build(), "drone").withFrames(100))),
                PLATFORM,
                RooflineCostModel.withPresets());
    }

    static Plan plan(Scenario scenario) {
        return PLANNER.plan(scenario, Objective.PERIOD).best().orElseThrow();
    }

    static Platform wifi(double factor) {
        return PLATFORM.withMediumRate("wifi", factor * PLATFORM.media().get(0).bytesPerSecond());
    }

    static AdaptivePlanner watch(Scenario scenario) {
        return AdaptivePlanner.of(plan(scenario), Objective.PERIOD).withPlanner(PLANNER);
    }
}
