package io.github.codnn.cost;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.internal.Checks;
import io.github.codnn.platform.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A table of measured times: seconds by name of layer and kind of device. A block costs the sum of its inner layers,
 * unless the table has an entry for the block. Energy is the device's active power times that time.
 *
 * <p>If two networks have layers with the same name and different times, use another operator kind for the layers of
 * one network and add their times under it: {@link #withOperator}.
 *
 * <p>Immutable, thread-safe and equal by content. One look-up takes O(1) time, for a block O(inner layers).
 */
public final class TableCostModel implements CostModel {

    private final Map<String, Map<String, Double>> secondsByLayer;
    private final Map<String, Map<String, Map<String, Double>>> secondsByOperator;
    private final Map<String, Map<String, Map<String, String>>> unknownByOperator;

    private TableCostModel(
            Map<String, Map<String, Double>> secondsByLayer,
            Map<String, Map<String, Map<String, Double>>> secondsByOperator,
            Map<String, Map<String, Map<String, String>>> unknownByOperator) {
        this.secondsByLayer = secondsByLayer;
        this.secondsByOperator = secondsByOperator;
        this.unknownByOperator = unknownByOperator;
    }

    /**
     * Makes a model from measured times.
     *
     * @param secondsByLayer for every layer's name the seconds by kind of device, each zero or greater, infinite
     *     where the layer cannot run
     * @return the model
     */
    public static TableCostModel of(Map<String, Map<String, Double>> secondsByLayer) {
        return new TableCostModel(copy(secondsByLayer), Map.of(), Map.of());
    }

    /**
     * Returns this model with the times of more layers, which replace existing times of the same names.
     *
     * @param more for every layer's name the seconds by kind of device, each zero or greater, infinite
     *     where the layer cannot run
     * @return the changed model
     */
    public TableCostModel withLayers(Map<String, Map<String, Double>> more) {
        Map<String, Map<String, Double>> changed = new LinkedHashMap<>(secondsByLayer);
        changed.putAll(copy(more));
        return new TableCostModel(Checks.copyInOrder(changed), secondsByOperator, unknownByOperator);
    }

    /**
     * Returns this model with times for layers of one operator kind only, which take precedence over the others.
     *
     * @param kind the {@link Operator#kind()} of the layers
     * @param times for every such layer's name the seconds by kind of device, each zero or greater, infinite
     *     where the layer cannot run
     * @return the changed model
     */
    public TableCostModel withOperator(String kind, Map<String, Map<String, Double>> times) {
        return withOperators(Map.of(kind, times));
    }

    /**
     * Returns this model with times for layers of several operator kinds, as {@link #withOperator} adds one. Takes time
     * in proportion to all times, however many kinds there are.
     *
     * @param timesByKind for every operator kind the times that {@link #withOperator} takes
     * @return the changed model
     */
    public TableCostModel withOperators(Map<String, Map<String, Map<String, Double>>> timesByKind) {
        Map<String, Map<String, Map<String, Double>>> changed = new LinkedHashMap<>(secondsByOperator);
        timesByKind.forEach((kind, times) -> changed.put(kind, copy(times)));
        return new TableCostModel(secondsByLayer, Checks.copyInOrder(changed), unknownByOperator);
    }

    /**
     * Returns this model with times that are uncertain, because they were not measured but predicted by a model that
     * does not know the layer; see {@link CostModel#unknownWork}. All other times are taken as known.
     *
     * @param kind the {@link Operator#kind()} of the layers
     * @param reasons for every such layer's name the reason by kind of device; added to those that this model has
     * @return the changed model
     */
    public TableCostModel withUnknownWork(String kind, Map<String, Map<String, String>> reasons) {
        Map<String, Map<String, Map<String, String>>> changed = new LinkedHashMap<>(unknownByOperator);
        Map<String, Map<String, String>> byLayer = new LinkedHashMap<>(changed.getOrDefault(kind, Map.of()));
        reasons.forEach((layer, byKind) -> byLayer.put(layer, Checks.copyInOrder(byKind)));
        changed.put(kind, Checks.copyInOrder(byLayer));
        return new TableCostModel(secondsByLayer, secondsByOperator, Checks.copyInOrder(changed));
    }

    private static Map<String, Map<String, Double>> copy(Map<String, Map<String, Double>> secondsByLayer) {
        Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
        secondsByLayer.forEach((layer, byKind) -> {
            byKind.forEach((kind, seconds) -> check(seconds, "seconds of layer '" + layer + "' on '" + kind + "'"));
            copy.put(layer, Checks.copyInOrder(byKind));
        });
        return Checks.copyInOrder(copy);
    }

    private static void check(double seconds, String what) {
        if (!(seconds >= 0)) {
            throw new IllegalArgumentException(what + " must be zero or greater, but is " + seconds);
        }
    }

    @Override
    public Cost compute(Layer layer, Device device) {
        double seconds = seconds(layer, device);
        return Cost.atPower(seconds, device.activeWatts());
    }

    @Override
    public Optional<String> unknownWork(Layer layer, Device device) {
        if (times(layer).containsKey(device.kind())) {
            return Optional.ofNullable(unknownByOperator
                    .getOrDefault(layer.operator().kind(), Map.of())
                    .getOrDefault(layer.name(), Map.of())
                    .get(device.kind()));
        }
        return CostModel.super.unknownWork(layer, device);
    }

    private double seconds(Layer layer, Device device) {
        Double seconds = times(layer).get(device.kind());
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
        if (!times(layer).isEmpty()) {
            return Double.POSITIVE_INFINITY; // measured on other devices only: it cannot run here
        }
        throw new CodnnException("Layer '" + layer.name() + "' has no time for kind '" + device.kind() + "' of device '"
                + device.name() + "'. Maybe add it to the layer's seconds.");
    }

    private Map<String, Double> times(Layer layer) {
        Map<String, Double> own = secondsByOperator
                .getOrDefault(layer.operator().kind(), Map.of())
                .get(layer.name());
        return own != null ? own : secondsByLayer.getOrDefault(layer.name(), Map.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableCostModel table
                && secondsByLayer.equals(table.secondsByLayer)
                && secondsByOperator.equals(table.secondsByOperator)
                && unknownByOperator.equals(table.unknownByOperator);
    }

    @Override
    public int hashCode() {
        return Objects.hash(secondsByLayer, secondsByOperator, unknownByOperator);
    }

    @Override
    public String toString() {
        return "TableCostModel[" + secondsByLayer.size() + " layers, " + secondsByOperator.size() + " operators]";
    }
}
