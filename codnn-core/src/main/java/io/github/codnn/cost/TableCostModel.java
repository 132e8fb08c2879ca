package io.github.codnn.cost;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.internal.Checks;
import io.github.codnn.platform.Device;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measured times as given: seconds by name of layer and kind of device. A block costs the sum of its inner layers, unless
 * the table has an entry of its own for it. Energy is the device's active power times that time.
 *
 * <p>Immutable and thread-safe. One look-up takes O(1) time, for a block O(inner layers).
 */
public final class TableCostModel implements CostModel {

    private final Map<String, Map<String, Double>> secondsByLayer;

    private TableCostModel(Map<String, Map<String, Double>> secondsByLayer) {
        this.secondsByLayer = secondsByLayer;
    }

    /**
     * Makes a model from measured times.
     *
     * @param secondsByLayer for every layer's name the seconds by kind of device, each zero or greater and finite
     * @return the model
     */
    public static TableCostModel of(Map<String, Map<String, Double>> secondsByLayer) {
        Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
        secondsByLayer.forEach((layer, byKind) -> {
            byKind.forEach((kind, seconds) ->
                    Checks.nonNegativeFinite(seconds, "seconds of layer '" + layer + "' on '" + kind + "'"));
            copy.put(layer, Checks.copyInOrder(byKind));
        });
        return new TableCostModel(Checks.copyInOrder(copy));
    }

    @Override
    public Cost compute(Layer layer, Device device) {
        double seconds = seconds(layer, device);
        return new Cost(seconds, seconds * device.activeWatts());
    }

    private double seconds(Layer layer, Device device) {
        Map<String, Double> byKind = secondsByLayer.get(layer.name());
        Double seconds = byKind == null ? null : byKind.get(device.kind());
        if (seconds != null) {
            return seconds;
        }
        if (layer.operator() instanceof Operator.Block block) {
            double sum = 0;
            for (Layer inner : block.body().layers()) {
                sum += seconds(inner, device);
            }
            return sum;
        }
        throw new CodnnException("Layer '" + layer.name() + "' has no time for kind '" + device.kind() + "' of device '"
                + device.name() + "'. Maybe add it to the layer's seconds.");
    }
}
