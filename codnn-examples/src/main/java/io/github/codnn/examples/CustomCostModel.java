package io.github.codnn.examples;

import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import java.util.Optional;

/** A custom cost model: tensors are sent as 8-bit integers, a quarter of their size. */
public final class CustomCostModel {

    private CustomCostModel() {}

    // region cost-model
    /** Layers cost what the presets say; tensors are quantised to 8 bits before they are sent. */
    record QuantisedTransfers(CostModel layers) implements CostModel {
        @Override
        public Cost compute(Layer layer, Device device) {
            return layers.compute(layer, device);
        }

        @Override
        public Cost transfer(Tensor tensor, Link link) {
            long bytes = tensor.shape().elements();
            return new Cost(link.seconds(bytes), link.joules(bytes));
        }

        @Override
        public Optional<String> unknownWork(Layer layer, Device device) {
            return layers.unknownWork(layer, device);
        }
    }
    // endregion

    /**
     * Plans with and without quantised transfers and prints both throughputs.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Scenario plain = Quickstart.scenario();
        Scenario quantised = Scenario.of(
                "quantised",
                plain.workload(),
                plain.platform(),
                new QuantisedTransfers(RooflineCostModel.withPresets()));
        System.out.printf(
                "%.1f frames/s, %.1f with quantised transfers%n",
                plan(plain).metrics().throughputPerSecond(),
                plan(quantised).metrics().throughputPerSecond());
    }

    private static Plan plan(Scenario scenario) {
        return Planner.withDefaults().plan(scenario, Objective.PERIOD).best().orElseThrow();
    }
}
