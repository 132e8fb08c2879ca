package io.github.codnn.adapt;

import io.github.codnn.graph.Layer;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which devices have the weights of which layers, so that none is sent twice. A device keeps what it has received as
 * long as all of it fits its memory, otherwise only what it runs. The device that the frames of a task come from has
 * the whole network, since plans are deployed from there. Immutable.
 */
final class HeldWeights {

    private final Map<String, BitSet> byDevice; // layers of all tasks, in the order of the workload

    private HeldWeights(Map<String, BitSet> byDevice) {
        this.byDevice = byDevice;
    }

    /** Returns what devices have while a placement runs that was the first to be deployed. */
    static HeldWeights of(Scenario scenario, Placement running) {
        return new HeldWeights(Map.of()).after(scenario, running);
    }

    /** Returns what devices have once a placement has been deployed. */
    HeldWeights after(Scenario scenario, Placement next) {
        Map<String, BitSet> held = new LinkedHashMap<>();
        byDevice.forEach((device, layers) -> held.put(device, (BitSet) layers.clone()));
        Map<String, BitSet> needed = needed(scenario, next);
        long[] bytes = bytes(scenario);
        needed.forEach((device, layers) ->
                held.computeIfAbsent(device, any -> new BitSet()).or(layers));
        for (Device device : scenario.platform().devices()) {
            BitSet layers = held.getOrDefault(device.name(), new BitSet());
            if (sum(layers, bytes) > device.memoryBytes()) {
                held.put(device.name(), needed.getOrDefault(device.name(), new BitSet()));
            }
        }
        addSources(scenario, held);
        return new HeldWeights(held);
    }

    private static void addSources(Scenario scenario, Map<String, BitSet> held) {
        int first = 0;
        for (Task task : scenario.workload().tasks()) {
            int end = first + task.graph().layers().size();
            if (task.source().isPresent()) {
                held.computeIfAbsent(task.source().get(), any -> new BitSet()).set(first, end);
            }
            first = end;
        }
    }

    private static Map<String, BitSet> needed(Scenario scenario, Placement placement) {
        Map<String, BitSet> needed = new LinkedHashMap<>();
        int index = 0;
        for (Task task : scenario.workload().tasks()) {
            Map<String, String> devices = placement.of(task.name());
            for (Layer layer : task.graph().layers()) {
                needed.computeIfAbsent(devices.getOrDefault(layer.name(), ""), any -> new BitSet())
                        .set(index++);
            }
        }
        return needed;
    }

    private static long[] bytes(Scenario scenario) {
        return scenario.workload().tasks().stream()
                .flatMap(task -> task.graph().layers().stream())
                .mapToLong(Layer::parameterBytes)
                .toArray();
    }

    /**
     * Returns the time until a placement can run: each weight that its device lacks comes over the fastest link from a
     * device that has it.
     *
     * @return the greatest sum of transfers over one link or medium, in seconds; infinite if no link leads there
     */
    double secondsToDeploy(Scenario scenario, Placement next) {
        Platform platform = scenario.platform();
        long[] bytes = bytes(scenario);
        Map<String, Double> busy = new HashMap<>();
        for (Map.Entry<String, BitSet> target : needed(scenario, next).entrySet()) {
            BitSet missing = (BitSet) target.getValue().clone();
            missing.andNot(byDevice.getOrDefault(target.getKey(), new BitSet()));
            for (String from : fastestFirst(platform, target.getKey())) {
                BitSet sent = (BitSet) missing.clone();
                sent.and(byDevice.getOrDefault(from, new BitSet()));
                missing.andNot(sent);
                addTransfer(busy, platform, List.of(from, target.getKey()), sum(sent, bytes));
            }
            if (sum(missing, bytes) > 0) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return busy.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private static void addTransfer(Map<String, Double> busy, Platform platform, List<String> ends, long bytes) {
        if (bytes > 0) {
            Link link = platform.link(ends.get(0), ends.get(1)).orElseThrow();
            String resource = platform.sharedResource(ends.get(0), ends.get(1)).orElse(String.join(" -> ", ends));
            // The factor of a link is that of tensors: weights are sent as they are.
            busy.merge(resource, link.withWireBytesPerByte(1).seconds(bytes), Double::sum);
        }
    }

    /** Returns the devices from which a link leads to a device. */
    private static List<String> fastestFirst(Platform platform, String to) {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (Device from : platform.devices()) {
            platform.link(from.name(), to).ifPresent(link -> rates.put(from.name(), link.bytesPerSecond()));
        }
        return rates.keySet().stream()
                .sorted(Comparator.comparingDouble((String from) -> -rates.getOrDefault(from, 0.0)))
                .toList();
    }

    private static long sum(BitSet layers, long[] bytes) {
        long sum = 0;
        for (int layer = layers.nextSetBit(0); layer >= 0; layer = layers.nextSetBit(layer + 1)) {
            sum = Math.addExact(sum, bytes[layer]);
        }
        return sum;
    }

    /** Tells whether every device has at least what it has according to others. */
    boolean includes(HeldWeights other) {
        return other.byDevice.entrySet().stream().allMatch(entry -> {
            BitSet less = (BitSet) entry.getValue().clone();
            less.andNot(byDevice.getOrDefault(entry.getKey(), new BitSet()));
            return less.isEmpty();
        });
    }
}
