package io.github.codnn.cost;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.Checks;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import java.util.Objects;
import java.util.Optional;

/** Another model, in which one device is faster or slower. */
record SpeedCostModel(CostModel model, String name, double factor) implements CostModel {

    SpeedCostModel {
        Objects.requireNonNull(model, "model");
        Checks.positiveFinite(factor, "The factor of device '" + name + "'");
    }

    @Override
    public Cost compute(Layer layer, Device device) {
        Cost cost = model.compute(layer, device);
        return device.name().equals(name) && cost.isPossible()
                ? new Cost(cost.seconds() / factor, cost.joules() / factor)
                : cost;
    }

    @Override
    public Optional<String> unknownWork(Layer layer, Device device) {
        return model.unknownWork(layer, device);
    }

    @Override
    public Cost transfer(Tensor tensor, Link link) {
        return model.transfer(tensor, link);
    }
}
