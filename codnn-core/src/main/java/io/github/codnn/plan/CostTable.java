package io.github.codnn.plan;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The costs that a cost model returned when a scenario was compiled, which {@link ScenarioBytes} can send.
 * Immutable and thread-safe.
 *
 * @param layers the costs of every layer by device
 * @param unknown why the cost of a layer on a device is uncertain, for those where it is
 * @param transfers the costs of every kind of tensor by link; empty if they follow from the links
 */
record CostTable(
        Map<Layer, Map<Device, Cost>> layers,
        Map<Layer, Map<Device, String>> unknown,
        Map<TensorKind, Map<Link, Cost>> transfers)
        implements CostModel {

    /**
     * The properties of a tensor on which the cost of a transfer may depend.
     *
     * @param shape the dimensions
     * @param type of an element
     * @param transferBytes what is sent
     */
    record TensorKind(TensorShape shape, ElementType type, long transferBytes) {
        static TensorKind of(Tensor tensor) {
            return new TensorKind(tensor.shape(), tensor.type(), tensor.transferBytes());
        }
    }

    CostTable {
        layers = copy(layers);
        unknown = copy(unknown);
        transfers = copy(transfers);
    }

    private static <K, L, V> Map<K, Map<L, V>> copy(Map<K, Map<L, V>> table) {
        Map<K, Map<L, V>> copy = new LinkedHashMap<>();
        table.forEach((key, row) -> copy.put(key, new LinkedHashMap<>(row)));
        return copy;
    }

    /** Records all costs that compiling a scenario reads. */
    static CostTable of(Scenario scenario) {
        Recorder recorder = new Recorder(scenario.costModel());
        CompiledScenario.of(scenario.withCostModel(recorder));
        return new CostTable(recorder.layers, recorder.unknown, recorder.asLinksSay ? Map.of() : recorder.transfers);
    }

    @Override
    public Cost compute(Layer layer, Device device) {
        Cost cost = layers.getOrDefault(layer, Map.of()).get(device);
        if (cost == null) {
            throw unknown("layer '" + layer.name() + "' on device '" + device.name() + "'");
        }
        return cost;
    }

    @Override
    public Optional<String> unknownWork(Layer layer, Device device) {
        return Optional.ofNullable(unknown.getOrDefault(layer, Map.of()).get(device));
    }

    @Override
    public Cost transfer(Tensor tensor, Link link) {
        if (transfers.isEmpty()) {
            return CostModel.super.transfer(tensor, link);
        }
        Cost cost = transfers.getOrDefault(TensorKind.of(tensor), Map.of()).get(link);
        if (cost == null) {
            throw unknown("tensor '" + tensor.name() + "' over link " + link.from() + " -> " + link.to());
        }
        return cost;
    }

    private static CodnnException unknown(String what) {
        return new CodnnException("There is no cost of " + what
                + ": only the costs of a scenario's own layers and tensors, on its own devices and links, "
                + "are tabulated");
    }

    /** Records the costs of a model, and whether its transfers follow from the links. Used by one thread. */
    private static final class Recorder implements CostModel {

        private final CostModel model;
        private final Map<Layer, Map<Device, Cost>> layers = new LinkedHashMap<>();
        private final Map<Layer, Map<Device, String>> unknown = new LinkedHashMap<>();
        private final Map<TensorKind, Map<Link, Cost>> transfers = new LinkedHashMap<>();
        private boolean asLinksSay = true;

        Recorder(CostModel model) {
            this.model = model;
        }

        @Override
        public Cost compute(Layer layer, Device device) {
            Cost cost = model.compute(layer, device);
            layers.computeIfAbsent(layer, any -> new LinkedHashMap<>()).put(device, cost);
            model.unknownWork(layer, device)
                    .ifPresent(reason -> unknown.computeIfAbsent(layer, any -> new LinkedHashMap<>())
                            .put(device, reason));
            return cost;
        }

        @Override
        public Cost transfer(Tensor tensor, Link link) {
            Cost cost = model.transfer(tensor, link);
            transfers
                    .computeIfAbsent(TensorKind.of(tensor), any -> new LinkedHashMap<>())
                    .put(link, cost);
            asLinksSay &= cost.equals(CostModel.super.transfer(tensor, link));
            return cost;
        }
    }
}
