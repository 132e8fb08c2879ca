package io.github.codnn.plan;

import io.github.codnn.cost.CostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.internal.Checks;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The layers of a placement whose cost is not fully known, and their share of the computing time. The true time of
 * these layers may be greater, or less where a model guesses, so that every figure, bound and proof that includes them
 * holds for the stated costs only.
 *
 * @param share the predicted time of these layers over that of all layers, each on its device, over all frames; from 0
 *     to 1. An unknown operator can have a small predicted time and a large true one.
 * @param layers the layers, task by task in topological order
 */
public record UnknownWork(double share, List<Part> layers) {

    /**
     * One layer whose cost is not fully known.
     *
     * @param task the name of its task
     * @param layer its name
     * @param reason why, as of {@link CostModel#unknownWork}
     */
    public record Part(String task, String layer, String reason) {

        /** Checks the components. */
        public Part {
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(layer, "layer");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Checks and copies the components. */
    public UnknownWork {
        Checks.inRange(share, 0, 1, "The share of unknown work");
        layers = List.copyOf(layers);
    }

    /**
     * Tells whether the cost of every layer is known.
     *
     * @return whether there is no layer of unknown work
     */
    public boolean isEmpty() {
        return layers.isEmpty();
    }

    static UnknownWork of(Scenario scenario, Placement placement) {
        Platform platform = scenario.platform();
        Map<String, Device> byName = new HashMap<>();
        platform.devices().forEach(device -> byName.put(device.name(), device));
        CostModel model = scenario.costModel();
        List<Part> parts = new ArrayList<>();
        double unknown = 0;
        double total = 0;
        for (Task task : scenario.workload().tasks()) {
            Map<String, String> devices = placement.of(task.name());
            for (Layer layer : task.graph().layers()) {
                String name = devices.getOrDefault(layer.name(), "");
                Device device = byName.computeIfAbsent(
                        name, missing -> platform.devices().get(platform.indexOf(missing)));
                double seconds = task.frames() * model.compute(layer, device).seconds();
                total += seconds;
                var reason = model.unknownWork(layer, device);
                if (reason.isPresent()) {
                    unknown += seconds;
                    parts.add(new Part(task.name(), layer.name(), reason.get()));
                }
            }
        }
        return new UnknownWork(share(unknown, total, parts), parts);
    }

    private static double share(double unknown, double total, List<Part> parts) {
        if (total > 0 && total < Double.POSITIVE_INFINITY) {
            return Math.min(1, unknown / total);
        }
        return parts.isEmpty() ? 0 : 1;
    }
}
