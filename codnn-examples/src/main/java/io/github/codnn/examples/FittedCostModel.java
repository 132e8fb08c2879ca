package io.github.codnn.examples;

import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.Device;
import io.github.codnn.predict.LayerRegression;
import io.github.codnn.predict.Measurement;
import io.github.codnn.predict.Measurements;
import io.github.codnn.predict.RegressionCostModel;
import io.github.codnn.predict.RegressionTrainer;
import io.github.codnn.problem.Objective;
import io.github.codnn.profile.SamplingPlan;
import io.github.codnn.scenario.Scenario;

/** Fits the time of layers to measurements and plans with the fitted model. */
public final class FittedCostModel {

    private FittedCostModel() {}

    /**
     * Fits a model for each device and prints what a plan with it promises.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Scenario scenario = Quickstart.scenario();
        // region fitted
        Device[] devices = scenario.platform().devices().toArray(Device[]::new);
        RegressionCostModel fitted = RegressionCostModel.of(devices[0].kind(), fit(devices[0]));
        for (Device device : devices) {
            fitted = fitted.with(device.kind(), fit(device));
        }
        Plan plan = Planner.withDefaults()
                .plan(scenario.withCostModel(fitted), Objective.PERIOD)
                .best()
                .orElseThrow();
        // endregion
        System.out.printf(
                "%d kinds of device, %.1f frames/s%n",
                fitted.regressions().size(), plan.metrics().throughputPerSecond());
    }

    // region fit
    /** Takes the times of the presets for measured ones; LayerProfiler measures on the machine that it runs on. */
    private static LayerRegression fit(Device device) {
        CostModel machine = RooflineCostModel.withPresets();
        Measurements measured = Measurements.of(SamplingPlan.withDefaults().layers(400, 42).stream()
                .filter(layer -> machine.compute(layer, device).seconds() > 0)
                .map(layer ->
                        Measurement.of(layer, machine.compute(layer, device).seconds()))
                .toList());
        return RegressionTrainer.withDefaults().fit(measured);
    }
    // endregion
}
