package io.github.codnn.cost;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import java.util.Map;
import java.util.Optional;

/** One model for each of some kinds of device, and one for the other kinds and the transfers. */
record KindCostModel(Map<String, CostModel> byKind, CostModel otherwise) implements CostModel {

    KindCostModel {
        byKind = Map.copyOf(byKind);
    }

    @Override
    public Cost compute(Layer layer, Device device) {
        return byKind.getOrDefault(device.kind(), otherwise).compute(layer, device);
    }

    @Override
    public Optional<String> unknownWork(Layer layer, Device device) {
        return byKind.getOrDefault(device.kind(), otherwise).unknownWork(layer, device);
    }

    @Override
    public Cost transfer(Tensor tensor, Link link) {
        return otherwise.transfer(tensor, link);
    }
}
