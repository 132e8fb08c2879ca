package io.github.codnn.cost;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Quantities;
import io.github.codnn.platform.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A table of measured times: seconds by name of layer and kind of device. A block costs the sum of its inner layers,
 * unless the table has an entry for the block. Energy is the device's active power times that time, unless it was
 * measured too: {@link #withJoules}.
 *
 * <p>If two networks have layers with the same name and different times, use another operator kind for the layers of
 * one network and add their times under it: {@link #withOperator}.
 *
 * <p>Immutable, thread-safe and equal by content. One look-up takes O(1) time, for a block O(inner layers).
 */
public final class TableCostModel implements CostModel {

    private final Map<String, Map<String, Double>> secondsByLayer;
    private final Map<String, Map<String, Map<String, Double>>> secondsByOperator;
    private final Map<String, Map<String, Map<String, Double>>> joulesByOperator;
    private final Map<String, Map<String, Map<String, String>>> unknownByOperator;

    private TableCostModel(
            Map<String, Map<String, Double>> secondsByLayer,
            Map<String, Map<String, Map<String, Double>>> secondsByOperator,
            Map<String, Map<String, Map<String, Double>>> joulesByOperator,
            Map<String, Map<String, Map<String, String>>> unknownByOperator) {
        this.secondsByLayer = secondsByLayer;
        this.secondsByOperator = secondsByOperator;
        this.joulesByOperator = joulesByOperator;
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
        return new TableCostModel(copy(secondsByLayer, "seconds"), Map.of(), Map.of(), Map.of());
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
        changed.putAll(copy(more, "seconds"));
        return new TableCostModel(Checks.copyInOrder(changed), secondsByOperator, joulesByOperator, unknownByOperator);
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
        timesByKind.forEach((kind, times) -> changed.put(kind, copy(times, "seconds")));
        return new TableCostModel(secondsByLayer, Checks.copyInOrder(changed), joulesByOperator, unknownByOperator);
    }

    /**
     * Returns this model with measured energies, which replace the product of power and time. They count only where the
     * table has a time of the layer.
     *
     * @param joulesByKind for every {@link Operator#kind()} of layers and every such layer's name the energy of one
     *     pass by kind of device, in joules, idle power included, each zero or greater and finite; added to those that
     *     this model has
     * @return the changed model
     */
    public TableCostModel withJoules(Map<String, Map<String, Map<String, Double>>> joulesByKind) {
        Map<String, Map<String, Map<String, Double>>> changed = new LinkedHashMap<>(joulesByOperator);
        joulesByKind.forEach((kind, joules) -> {
            joules.values().forEach(byDevice -> byDevice.values().forEach(each -> Quantities.amount(each, "joules")));
            Map<String, Map<String, Double>> byLayer = new LinkedHashMap<>(changed.getOrDefault(kind, Map.of()));
            byLayer.putAll(copy(joules, "joules"));
            changed.put(kind, Checks.copyInOrder(byLayer));
        });
        return new TableCostModel(secondsByLayer, secondsByOperator, Checks.copyInOrder(changed), unknownByOperator);
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
        return withUnknownWork(Map.of(kind, reasons));
    }

    /**
     * Returns this model with uncertain times of layers of several operator kinds, in time in proportion to all of
     * them, however many kinds there are.
     *
     * @param reasonsByKind for every {@link Operator#kind()} the reasons that the method for one kind takes
     * @return the changed model
     */
    public TableCostModel withUnknownWork(Map<String, Map<String, Map<String, String>>> reasonsByKind) {
        Map<String, Map<String, Map<String, String>>> changed = new LinkedHashMap<>(unknownByOperator);
        reasonsByKind.forEach((kind, reasons) -> {
            Map<String, Map<String, String>> byLayer = new LinkedHashMap<>(changed.getOrDefault(kind, Map.of()));
            reasons.forEach((layer, byDevice) -> byLayer.put(layer, Checks.copyInOrder(byDevice)));
            changed.put(kind, Checks.copyInOrder(byLayer));
        });
        return new TableCostModel(secondsByLayer, secondsByOperator, joulesByOperator, Checks.copyInOrder(changed));
    }

    private static Map<String, Map<String, Double>> copy(Map<String, Map<String, Double>> byLayer, String what) {
        Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
        byLayer.forEach((layer, byKind) -> {
            byKind.forEach((kind, each) -> check(each, what + " of layer '" + layer + "' on '" + kind + "'"));
            copy.put(layer, Checks.copyInOrder(byKind));
        });
        return Checks.copyInOrder(copy);
    }

    private static void check(double value, String what) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(what + " must be zero or greater, but is " + value);
        }
    }

    @Override
    public Cost compute(Layer layer, Device device) {
        if (joulesByOperator.isEmpty()) {
            return Cost.atPower(seconds(layer, device), device.activeWatts());
        }
        if (layer.operator() instanceof Operator.Block block && !times(layer).containsKey(device.kind())) {
            Cost sum = Cost.ZERO;
            for (Layer inner : block.body().layers()) {
                sum = sum.plus(compute(inner, device));
            }
            return sum;
        }
        double seconds = seconds(layer, device);
        Double joules = joulesByOperator
                .getOrDefault(layer.operator().kind(), Map.of())
                .getOrDefault(layer.name(), Map.of())
                .get(device.kind());
        return joules == null ? Cost.atPower(seconds, device.activeWatts()) : new Cost(seconds, joules);
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
                && joulesByOperator.equals(table.joulesByOperator)
                && unknownByOperator.equals(table.unknownByOperator);
    }

    @Override
    public int hashCode() {
        return Objects.hash(secondsByLayer, secondsByOperator, joulesByOperator, unknownByOperator);
    }

    @Override
    public String toString() {
        return "TableCostModel[" + secondsByLayer.size() + " layers, " + secondsByOperator.size() + " operators]";
    }
}
