package io.github.codnn.replan;

import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import java.util.Optional;
import java.util.Set;

/**
 * The costs of a platform of which some devices only run layers, those for which a member stands.
 *
 * @param all the costs with all devices
 * @param devices the names of those that run layers
 */
record PresentDevices(CostModel all, Set<String> devices) implements CostModel {

    PresentDevices {
        devices = Set.copyOf(devices);
    }

    @Override
    public Cost compute(Layer layer, Device device) {
        return devices.contains(device.name()) && device.endpoint().isEmpty()
                ? all.compute(layer, device)
                : Cost.IMPOSSIBLE;
    }

    @Override
    public Optional<String> unknownWork(Layer layer, Device device) {
        return all.unknownWork(layer, device);
    }

    @Override
    public Cost transfer(Tensor tensor, Link link) {
        return all.transfer(tensor, link);
    }
}
