package io.github.codnn.monitor;

import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.Checks;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A platform as described, and its state as observed at one time.
 *
 * @param described the platform as it is described
 * @param resources the load of devices, by their names
 * @param links the speed of links
 */
public record PlatformSnapshot(Platform described, Map<String, ResourceSample> resources, List<ObservedLink> links) {

    /** Higher loads are assumed to be temporary. */
    private static final double MAX_LOAD = 0.95;

    /**
     * The observed speed of the link from one device to another.
     *
     * @param from the name of the sender
     * @param to the name of the receiver
     * @param estimate its bandwidth and latency
     */
    public record ObservedLink(String from, String to, BandwidthEstimate estimate) {

        /** Checks the components. */
        public ObservedLink {
            Checks.notBlank(from, "The sender of an observed link");
            Checks.notBlank(to, "The receiver of an observed link");
            Objects.requireNonNull(estimate, "estimate");
        }
    }

    /** Checks and copies the components. */
    public PlatformSnapshot {
        resources = Checks.copyInOrder(resources);
        links = List.copyOf(links);
        resources.keySet().forEach(described::indexOf);
        for (ObservedLink link : links) {
            if (described.indexOf(link.from()) == described.indexOf(link.to())) {
                throw new IllegalArgumentException(
                        "A link must join two devices, but '" + link.from() + "' was observed to send to itself");
            }
        }
    }

    /**
     * Makes a snapshot without observations.
     *
     * @param described the platform as it is described
     * @return the snapshot
     */
    public static PlatformSnapshot of(Platform described) {
        return new PlatformSnapshot(described, Map.of(), List.of());
    }

    /**
     * Returns this snapshot with an observed device added or replaced.
     *
     * @param device the name of the device
     * @param sample its load
     * @return the changed snapshot
     * @throws IllegalArgumentException if the platform has no such device
     */
    public PlatformSnapshot withResource(String device, ResourceSample sample) {
        Map<String, ResourceSample> changed = new LinkedHashMap<>(resources);
        changed.put(device, sample);
        return new PlatformSnapshot(described, changed, links);
    }

    /**
     * Returns this snapshot with an observed link added or replaced.
     *
     * @param from the name of the sender
     * @param to the name of the receiver
     * @param estimate its bandwidth and latency
     * @return the changed snapshot
     * @throws IllegalArgumentException if the platform has no such device, or both are one
     */
    public PlatformSnapshot withLink(String from, String to, BandwidthEstimate estimate) {
        List<ObservedLink> changed = new ArrayList<>(links);
        changed.removeIf(link -> link.from().equals(from) && link.to().equals(to));
        changed.add(new ObservedLink(from, to, estimate));
        return new PlatformSnapshot(described, resources, changed);
    }

    /**
     * Returns the platform as observed: links with the observed bandwidth and latency, their power and medium as
     * described; devices with at most the memory that is free. All other properties stay as described.
     *
     * @return the platform
     */
    public Platform platform() {
        List<Device> devices = new ArrayList<>();
        for (Device device : described.devices()) {
            ResourceSample sample = resources.get(device.name());
            devices.add(sample == null ? device : limited(device, sample));
        }
        List<Link> updated = new ArrayList<>(described.links());
        for (ObservedLink seen : links) {
            updated.removeIf(
                    link -> link.from().equals(seen.from()) && link.to().equals(seen.to()));
            updated.add(observed(seen));
        }
        return new Platform(devices, updated, media(updated));
    }

    /** Returns the media as described, but no slower than a link that was observed. */
    private List<Medium> media(List<Link> updated) {
        return described.media().stream()
                .map(medium -> new Medium(
                        medium.name(),
                        Math.max(
                                medium.bytesPerSecond(),
                                updated.stream()
                                        .filter(link -> link.medium()
                                                .filter(medium.name()::equals)
                                                .isPresent())
                                        .mapToDouble(Link::bytesPerSecond)
                                        .max()
                                        .orElse(0)),
                        medium.duplex()))
                .toList();
    }

    /**
     * Returns a cost model on which busy devices are slower: with a load of 0.75 a layer takes four times as long,
     * because a quarter of the processor is free. The energy does not change, because the work for the layer does not.
     *
     * @param model the costs of layers on idle devices
     * @return their costs under the observed load
     */
    public CostModel loaded(CostModel model) {
        Objects.requireNonNull(model, "model");
        Map<String, ResourceSample> samples = resources;
        return new CostModel() {
            @Override
            public Cost compute(Layer layer, Device device) {
                Cost idle = model.compute(layer, device);
                ResourceSample sample = samples.get(device.name());
                return sample == null
                        ? idle
                        : new Cost(idle.seconds() / (1 - Math.min(MAX_LOAD, sample.load())), idle.joules());
            }

            @Override
            public Cost transfer(Tensor tensor, Link link) {
                return model.transfer(tensor, link);
            }
        };
    }

    private static Device limited(Device device, ResourceSample sample) {
        long free = Math.max(1, sample.availableMemoryBytes());
        return free < device.memoryBytes() ? device.withMemoryBytes(free) : device;
    }

    private Link observed(ObservedLink seen) {
        Link now = Link.of(
                seen.from(),
                seen.to(),
                seen.estimate().bytesPerSecond(),
                seen.estimate().latencySeconds());
        return described
                .link(seen.from(), seen.to())
                .map(link -> link.medium().map(now::withMedium).orElse(now).withPower(link.transmit(), link.receive()))
                .orElse(now);
    }
}
